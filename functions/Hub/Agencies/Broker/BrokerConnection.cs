using Amqp;
using Amqp.Sasl;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>One connection that everybody shares, opened when it is needed and opened again when it was lost. A connection carries many sessions.</summary>
public sealed class BrokerConnection : IAsyncDisposable
{
    private const int MostSessions = 1024;

    private readonly BrokerOptions options;
    private readonly IBrokerTokens? tokens;
    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly SemaphoreSlim opening = new(1, 1);
    private Connection? connection;
    private BrokerClaims? claims;

    /// <summary>Makes it; nothing is opened yet.</summary>
    /// <param name="options">Where the broker is; the address must be there.</param>
    /// <param name="tokens">Where tokens come from, where the broker wants them.</param>
    /// <param name="time">Time.</param>
    /// <param name="log">Told of every connection.</param>
    /// <exception cref="ArgumentException">There is no address, or no source of tokens although the broker wants them.</exception>
    public BrokerConnection(BrokerOptions options, IBrokerTokens? tokens, TimeProvider time, ILogger<BrokerConnection> log)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Address is null || (options.UsesClaims && tokens is null))
        {
            throw new ArgumentException("A broker needs its address, and a source of tokens where it wants them.", nameof(options));
        }

        (this.options, this.tokens, this.time, this.log) = (options, tokens, time, log);
    }

    /// <summary>How the broker is reached.</summary>
    internal BrokerOptions Options => options;

    /// <summary>A session on the connection, with the right to the path proven.</summary>
    /// <param name="path">The queue or topic; null where no right is needed yet.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <exception cref="AmqpException">The broker refused.</exception>
    internal async Task<Session> SessionAsync(string path, CancellationToken cancellation)
    {
        var (open, provable) = await OpenAsync(cancellation);
        if (provable is not null)
        {
            await provable.ProveAsync(path, cancellation);
        }

        return new Session(open);
    }

    /// <summary>Proves the right to a path again on the connection as it is now.</summary>
    internal async Task ProveAsync(string path, CancellationToken cancellation)
    {
        if ((await OpenAsync(cancellation)).Claims is { } provable)
        {
            await provable.ProveAsync(path, cancellation);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        claims?.Dispose();
        if (connection is { IsClosed: false } open)
        {
            try
            {
                await open.CloseAsync(TimeSpan.FromSeconds(5), null);
            }
            catch (Exception fault) when (BrokerFaults.Is(fault))
            {
                // The other side has gone already.
            }
        }
    }

    private async Task<(Connection Open, BrokerClaims? Claims)> OpenAsync(CancellationToken cancellation)
    {
        if (connection is { IsClosed: false } there)
        {
            return (there, claims);
        }

        await opening.WaitAsync(cancellation);
        try
        {
            if (connection is { IsClosed: false } meanwhile)
            {
                return (meanwhile, claims);
            }

            claims?.Dispose();
            var factory = new ConnectionFactory();
            factory.AMQP.MaxSessionsPerConnection = MostSessions;
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
                cancellation);
            claims = tokens is not null && options.UsesClaims ? new BrokerClaims(opened, tokens, options, time) : null;
            connection = opened;
            BrokerLog.Connected(log, address.Host);
            return (opened, claims);
        }
        finally
        {
            opening.Release();
        }
    }
}
