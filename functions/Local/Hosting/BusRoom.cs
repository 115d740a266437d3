using Azure.Core;
using Azure.Identity;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Local.Bus;
using IntegrationHub.Local.Bus.Access;

namespace IntegrationHub.Local.Hosting;

/// <summary>The embedded bus of one hub. Section <c>Bus:Embedded</c>.</summary>
public sealed class EmbeddedBusOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Bus:Embedded";

    /// <summary>Whether it is started. Where null: when an agency is listed as reached over the bus and no other broker is configured.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Port on the loopback addresses; 0 takes one that is free. SDKs with <c>UseDevelopmentEmulator=true</c> know 5672 only.</summary>
    public int Port { get; set; } = BusOptions.SdkPort;
}

/// <summary>How a hub on one machine takes part in a bus: the embedded one, another broker, or none.</summary>
internal static class BusRoom
{
    /// <summary>Name of the embedded bus's folder in the data directory.</summary>
    internal const string Folder = "bus";

    /// <summary>Adds the bus and what receives from it. Without any, messages to agencies on it are put before a person.</summary>
    internal static void Add(IServiceCollection services, IConfiguration configuration, AgencyDirectory agencies, string data, EmbeddedBusOptions? given)
    {
        services.AddBusReceiver();
        var broker = new BrokerOptions();
        configuration.GetSection(BrokerOptions.Section).Bind(broker);
        var embedded = given ?? new EmbeddedBusOptions();
        if (given is null)
        {
            configuration.GetSection(EmbeddedBusOptions.Section).Bind(embedded);
        }

        if (embedded.Enabled ?? (broker.Address is null && agencies.Entries.Any(entry => entry.Reach == Reach.Bus)))
        {
            AddEmbedded(services, embedded, agencies, data);
        }
        else if (broker.Address is not null)
        {
            services.AddSingleton(broker);
        }
        else
        {
            services.AddSingleton<IBusSender, NoBroker>();
            return;
        }

        services.AddSingleton(s => Connect(s, s.GetRequiredService<BrokerOptions>()));
        services.AddSingleton<IBusSender, BrokerSender>();
        services.AddHostedService<BrokerReceiving>();
        services.AddHostedService<HeldSweeping>();
    }

    private static void AddEmbedded(IServiceCollection services, EmbeddedBusOptions embedded, AgencyDirectory agencies, string data)
    {
        var onTheBus = agencies.Entries.Where(entry => entry.Reach == Reach.Bus).Select(entry => entry.Id).ToList();
        var keys = BusKeyFile.Open(data, onTheBus);
        services.AddSingleton(keys);
        services.AddSingleton(s =>
        {
            var bus = new EmbeddedBus(
                new BusOptions
                {
                    DataFolder = Path.Combine(data, Folder),
                    RootSecret = keys.Root,
                    Port = embedded.Port,
                    Agencies = [.. onTheBus.Select(agency => new BusAgency(agency, keys.Of(agency).Secret))],
                },
                s.GetRequiredService<TimeProvider>(),
                s.GetRequiredService<ILogger<EmbeddedBus>>());

            // It answers at once: opening a file and a port, nothing waits.
            bus.StartAsync().GetAwaiter().GetResult();
            return bus;
        });

        services.AddSingleton<IDeadLetters, EmbeddedDeadLetters>();

        // PLAIN, not a token: a token would end whenever a virtual clock jumps, and the line never leaves this process.
        services.AddSingleton(s => new BrokerOptions
        {
            Address = new Uri(FormattableString.Invariant($"amqp://localhost:{s.GetRequiredService<EmbeddedBus>().Port}")),
            Login = BrokerLogin.Plain,
            KeyName = BusKey.RootName,
            Key = keys.Root,
        });
    }

    private static BrokerConnection Connect(IServiceProvider services, BrokerOptions options)
    {
        var time = services.GetRequiredService<TimeProvider>();
        IBrokerTokens? tokens = options.Login switch
        {
            BrokerLogin.SharedAccess => new SharedAccessTokens(options.KeyName, options.Key, time),
            BrokerLogin.Entra => new EntraTokens(services.GetService<TokenCredential>() ?? new DefaultAzureCredential()),
            _ => null,
        };
        return new BrokerConnection(options, tokens, time, services.GetRequiredService<ILogger<BrokerConnection>>());
    }
}
