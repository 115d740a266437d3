using Azure;
using Azure.Core;
using Azure.Messaging.ServiceBus;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.Startup;

namespace IntegrationHub.Functions.ServiceBus;

/// <summary>Microsoft's client for the Service Bus named in the settings under <c>Bus</c>. All calls share one connection, which is opened
/// when it is needed.</summary>
public static class ServiceBusConnection
{
    /// <summary>Creates the client without opening a connection.</summary>
    /// <param name="options">The address of Service Bus and how the hub logs in.</param>
    /// <param name="credential">Provides the hub's own identity; used only if the login is <see cref="BrokerLogin.Entra"/>.</param>
    /// <exception cref="RefusedStartException">Service Bus does not support this login, or a key would be sent over a network
    /// unencrypted.</exception>
    public static ServiceBusClient Open(BrokerOptions options, Func<TokenCredential> credential)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(credential);
        var address = options.Address ?? throw new RefusedStartException($"{BrokerOptions.Section}:Address is missing.", null);

        // The client tries once more over a new connection. If the second attempt fails too, the outbox or the receiving loop tries again
        // after a pause.
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
                $"{BrokerOptions.Section}:Login {options.Login} is for other brokers ({BrokerOptions.Section}:ServiceBus=false). For Service Bus set SharedAccess or Entra.", null),
        };
    }

    /// <summary>Without TLS the client connects only to an emulator, such as another hub's embedded bus.</summary>
    private static string OnThisMachine(BrokerOptions options, Uri address) => address.IsLoopback && options.Login == BrokerLogin.SharedAccess
        ? $"Endpoint=sb://{address.Authority};SharedAccessKeyName={options.KeyName};SharedAccessKey={options.Key};UseDevelopmentEmulator=true;"
        : throw new RefusedStartException($"{BrokerOptions.Section}:Address must be amqps. Without TLS the bus must be on this machine, with the login SharedAccess.", null);
}
