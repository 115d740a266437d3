using Amqp;
using Amqp.Sasl;
using IntegrationHub.Functions.Startup;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>
/// A shared connection to a broker other than Service Bus. The connection is opened when it is needed and opened again if it is lost.
/// </summary>
public sealed class BrokerConnection : IAsyncDisposable
{
    private const int MaxSessions = 1024;

    private readonly BrokerOptions options;
    private readonly ILogger log;
    private readonly SemaphoreSlim opening = new(1, 1);
    private Connection? connection;

    /// <summary>Creates the connection object; the connection is not opened yet.</summary>
    /// <param name="options">The settings of the broker; the address is required.</param>
    /// <param name="log">The log, which gets a line for every connection.</param>
    /// <exception cref="RefusedStartException">The settings have no address, or they name a login that only Service Bus
    /// supports.</exception>
    public BrokerConnection(BrokerOptions options, ILogger<BrokerConnection> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Address is null || options.Login is not (BrokerLogin.Plain or BrokerLogin.Anonymous))
        {
            throw new RefusedStartException(
                $"A broker that is not Service Bus ({BrokerOptions.Section}:ServiceBus=false) needs {BrokerOptions.Section}:Address, and {BrokerOptions.Section}:Login must be Plain or Anonymous.", null);
        }

        (this.options, this.log) = (options, log);
    }

    /// <summary>Describes how the hub reaches the broker.</summary>
    internal BrokerOptions Options => options;

    /// <summary>An AMQP session on the connection.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="AmqpException">The broker refused the session.</exception>
    internal async Task<Session> SessionAsync(CancellationToken cancellationToken) => new(await OpenAsync(cancellationToken));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (connection is { IsClosed: false } open)
        {
            try
            {
                await open.CloseAsync(TimeSpan.FromSeconds(5), null);
            }
            catch (Exception fault) when (BrokerFaults.Is(fault))
            {
                // The broker has already closed the connection.
            }
        }
    }

    private async Task<Connection> OpenAsync(CancellationToken cancellationToken)
    {
        if (connection is { IsClosed: false } there)
        {
            return there;
        }

        await opening.WaitAsync(cancellationToken);
        try
        {
            if (connection is { IsClosed: false } meanwhile)
            {
                return meanwhile;
            }

            var factory = new ConnectionFactory();
            factory.AMQP.MaxSessionsPerConnection = MaxSessions;
            factory.AMQP.ContainerId = $"integrationhub-{Guid.NewGuid():N}";
            factory.TCP.NoDelay = true;
            var address = options.Address!;
            if (options.Login != BrokerLogin.Plain)
            {
                factory.SASL.Profile = SaslProfile.Anonymous;
            }

            var (user, password) = options.Login == BrokerLogin.Plain ? (options.KeyName, options.Key) : (null, null);
            var isTls = address.Scheme.Equals("amqps", StringComparison.OrdinalIgnoreCase);
            var opened = await factory.CreateAsync(
                new Address(address.Host, address.IsDefaultPort || address.Port <= 0 ? (isTls ? 5671 : 5672) : address.Port, user, password, "/", isTls ? "amqps" : "amqp"),
                cancellationToken);
            connection = opened;
            BrokerLog.Connected(log, address.Host);
            return opened;
        }
        finally
        {
            opening.Release();
        }
    }
}
