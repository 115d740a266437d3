using System.ComponentModel.DataAnnotations;
using Azure.Core;
using Azure.Identity;
using IntegrationHub.EmbeddedBus;
using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.EmbeddedBus.Store;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Functions.ServiceBus;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Local.Hosting;

/// <summary>Settings of the embedded bus of one hub, in the section <c>Bus:Embedded</c>.</summary>
public sealed class EmbeddedBusOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Bus:Embedded";

    /// <summary>Whether the embedded bus is started. If this setting is null, the bus is started when an agency is listed as reached over
    /// the bus and no other broker is configured.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Port on the loopback addresses, or 0 for any free port. SDKs with <c>UseDevelopmentEmulator=true</c> support only port
    /// 5672.</summary>
    [Range(0, 65_535)]
    public int Port { get; set; } = BusOptions.SdkPort;

    /// <summary>Greatest number of unsettled messages from one queue that the hub is allowed to hold at once.</summary>
    [Range(1, 100_000)]
    public int Messages { get; set; } = 128;

    /// <summary>Number of assessments whose answers are processed at the same time.</summary>
    [Range(1, 100_000)]
    public int Sessions { get; set; } = 256;

    /// <summary>Greatest number of messages from one agency that the bus stores, including dead letters. Further messages from the agency
    /// are refused until some are settled.</summary>
    [Range(1, int.MaxValue)]
    public int MaxMessagesPerSender { get; set; } = 100_000;

    /// <summary>Greatest number of megabytes from one agency that the bus stores, including dead letters.</summary>
    [Range(1, int.MaxValue)]
    public int MaxMegabytesPerSender { get; set; } = 1024;
}

/// <summary>Sets up the bus of a hub on one machine: the embedded bus, another broker, or none.</summary>
internal static class LocalBusSetup
{
    /// <summary>Name of the embedded bus's folder in the data directory.</summary>
    internal const string Folder = "bus";

    /// <summary>Adds the bus and the services that receive from it. Without a bus, messages to agencies that use it are passed to an officer.</summary>
    internal static void Add(IServiceCollection services, IConfiguration configuration, AgencyDirectory agencies, string data, EmbeddedBusOptions? given)
    {
        var broker = SettingsReader.Read<BrokerOptions>(configuration);
        var embedded = given ?? SettingsReader.Read<EmbeddedBusOptions>(configuration);
        if (embedded.Enabled ?? (broker.Address is null && agencies.Entries.Any(entry => entry.Reach == Reach.Bus)))
        {
            AddEmbedded(services, embedded, agencies, data);
        }
        else if (broker.Address is not null)
        {
            services.AddSingleton(broker);
            AddExternal(services, broker);
        }
        else
        {
            services.AddSingleton<IBusSender, NoBroker>();
            return;
        }

        services.AddHostedService<BusReceiving>();
        services.AddHostedService<HeldSweepLoop>();
    }

    private static void AddEmbedded(IServiceCollection services, EmbeddedBusOptions embedded, AgencyDirectory agencies, string data)
    {
        var onTheBus = agencies.Entries.Where(entry => entry.Reach == Reach.Bus).Select(entry => entry.Id).ToList();
        var keys = BusKeyFile.Open(data, onTheBus);
        services.AddSingleton(keys);
        services.AddSingleton(s =>
        {
            var bus = new BusServer(
                new BusOptions
                {
                    DataFolder = Path.Combine(data, Folder),
                    RootSecret = keys.RootSecret,
                    Port = embedded.Port,
                    SenderLimits = new SenderLimits(embedded.MaxMessagesPerSender, (long)embedded.MaxMegabytesPerSender << 20),
                    Agencies = [.. onTheBus.Select(agency => new BusAgency(agency, keys.Of(agency).Secret))],
                },
                s.GetRequiredService<TimeProvider>(),
                s.GetRequiredService<ILogger<BusServer>>(),
                trust: s.GetService<ClockMonitor>());

            // StartAsync returns immediately, because it only opens a file and a port.
            bus.StartAsync().GetAwaiter().GetResult();
            return bus;
        });

        services.AddSingleton<IWriteProbe>(new FileProbe(data, StoreFiles.Bus));
        services.AddSingleton<IDeadLetters, EmbeddedDeadLetters>();

        // The hub's bus runs in the hub's own process, so the hub's messages do not use a connection that could break.
        services.AddSingleton(s => s.GetRequiredService<BusServer>().Sender());
        services.AddSingleton(s => s.GetRequiredService<BusServer>().ExpiredMessages());
        services.AddSingleton(s => s.GetRequiredService<BusServer>().Source(embedded.Messages, embedded.Sessions));
    }

    private static void AddExternal(IServiceCollection services, BrokerOptions options)
    {
        if (options.ServiceBus)
        {
            services.AddSingleton(s => ServiceBusConnection.Open(options, () => s.GetService<TokenCredential>() ?? new DefaultAzureCredential()));
            services.AddSingleton<IBusSender, ServiceBusSending>();
            services.AddSingleton<IBusSource, ServiceBusSource>();
            services.AddSingleton<IDeadLetters, ServiceBusDeadLetters>();
            services.AddSingleton<IExpiredMessages, ServiceBusExpiredMessages>();
            return;
        }

        services.AddSingleton(s => new BrokerConnection(options, s.GetRequiredService<ILogger<BrokerConnection>>()));
        services.AddSingleton<IBusSender, BrokerSender>();
        services.AddSingleton<IBusSource, BrokerSource>();
    }
}
