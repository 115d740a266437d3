using Azure;
using Azure.Core;
using Azure.Messaging.ServiceBus;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.Startup;

namespace IntegrationHub.Functions.ServiceBus;

/// <summary>Microsoft's client for the Service Bus that the section <c>Bus</c> names. One connection for everybody, opened when it is needed.</summary>
public static class ServiceBusConnection
{
    /// <summary>Makes the client; nothing is opened yet.</summary>
    /// <param name="options">Where Service Bus is and how the hub proves who it is.</param>
    /// <param name="credential">The hub's own identity, asked for where the login is <see cref="BrokerLogin.Entra"/>.</param>
    /// <exception cref="RefusedStartException">Service Bus knows no such login, or a key would cross a network in the clear.</exception>
    public static ServiceBusClient Open(BrokerOptions options, Func<TokenCredential> credential)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(credential);
        var address = options.Address ?? throw new RefusedStartException($"{BrokerOptions.Section}:Address is missing.", null);

        // Once more over a fresh line. What fails then goes back to the outbox or the receiving loop, which have pauses of their own.
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

    /// <summary>Without TLS the client speaks to an emulator alone, such as another hub's embedded bus.</summary>
    private static string OnThisMachine(BrokerOptions options, Uri address) => address.IsLoopback && options.Login == BrokerLogin.SharedAccess
        ? $"Endpoint=sb://{address.Authority};SharedAccessKeyName={options.KeyName};SharedAccessKey={options.Key};UseDevelopmentEmulator=true;"
        : throw new RefusedStartException($"{BrokerOptions.Section}:Address must be amqps: without TLS a bus is reached on this machine alone, with the login SharedAccess.", null);
}
