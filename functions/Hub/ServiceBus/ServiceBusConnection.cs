using Azure;
using Azure.Core;
using Azure.Messaging.ServiceBus;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.Startup;

namespace IntegrationHub.Functions.ServiceBus;

/// <summary>Microsoft's client for the Service Bus that the section <c>Bus</c> names. One shared connection, opened when it is needed.</summary>
public static class ServiceBusConnection
{
    /// <summary>Makes the client; nothing is opened yet.</summary>
    /// <param name="options">The address of Service Bus and how the hub logs in.</param>
    /// <param name="credential">The hub's own identity, asked for where the login is <see cref="BrokerLogin.Entra"/>.</param>
    /// <exception cref="RefusedStartException">Service Bus does not support this login, or a key would cross a network in the clear.</exception>
    public static ServiceBusClient Open(BrokerOptions options, Func<TokenCredential> credential)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(credential);
        var address = options.Address ?? throw new RefusedStartException($"{BrokerOptions.Section}:Address is missing.", null);

        // Once more over a new connection. If that fails too, the outbox or the receiving loop tries again after a pause.
        var settings = new ServiceBusClientOptions { RetryOptions = new ServiceBusRetryOptions { TryTimeout = options.Patience, MaxRetries = 1, Delay = TimeSpan.FromMilliseconds(200) } };
        if (!address.Scheme.Equals("amqps", StringComparison.OrdinalIgnoreCase))
        {
            return new ServiceBusClient(OnThisMachine(options, address), settings);
        }

        if (!address.IsDefaultPort && address.Port > 0)
        {
            settings.CustomEndpointAddress = address;
        }

        return options.Login switch
        {
            BrokerLogin.SharedAccess => new ServiceBusClient(address.Host, new AzureNamedKeyCredential(options.KeyName, options.Key), settings),
            BrokerLogin.Entra => new ServiceBusClient(address.Host, credential(), settings),
            _ => throw new RefusedStartException(
                $"{BrokerOptions.Section}:Login {options.Login} is for other brokers ({BrokerOptions.Section}:ServiceBus=false): Service Bus takes SharedAccess or Entra.", null),
        };
    }

    /// <summary>Without TLS the client connects only to an emulator, such as another hub's embedded bus.</summary>
    private static string OnThisMachine(BrokerOptions options, Uri address) => address.IsLoopback && options.Login == BrokerLogin.SharedAccess
        ? $"Endpoint=sb://{address.Authority};SharedAccessKeyName={options.KeyName};SharedAccessKey={options.Key};UseDevelopmentEmulator=true;"
        : throw new RefusedStartException($"{BrokerOptions.Section}:Address must be amqps: without TLS a bus is reached only on this machine, with the login SharedAccess.", null);
}
