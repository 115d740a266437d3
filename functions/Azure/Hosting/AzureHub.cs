using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using IntegrationHub.Azure.Clock;
using IntegrationHub.Azure.Monitoring;
using IntegrationHub.Azure.Notices;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Hosting;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Functions.Nhs.Journal;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Outgoing;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Routing;
using IntegrationHub.Functions.ServiceBus;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Functions.Workspace;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.AzureStorage;
using IntegrationHub.Orchestrations.Durable;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Azure.Hosting;

/// <summary>Sets up the hub on Azure with the same parts as on one machine, which here use tables, blobs, Service Bus and Durable
/// Task.</summary>
internal static class AzureHub
{
    private const long LargestBody = 1024 * 1024;

    /// <summary>Adds the services of every part of the hub to the given services.</summary>
    /// <exception cref="RefusedStartException">A setting or a secret of the key vault is missing; the exception's message names
    /// it.</exception>
    internal static async Task AddAsync(IServiceCollection services, IConfiguration configuration, CancellationToken cancellationToken)
    {
        var options = SettingsReader.Read<AzureHubOptions>(configuration);
        var outgoing = SettingsReader.Read<OutgoingOptions>(configuration);
        outgoing.Check(hasIssuer: true);
        services.AddSingleton(outgoing);
        var (access, monitor, proxy) = (
            SettingsReader.Read<AccessOptions>(configuration), SettingsReader.Read<MonitorOptions>(configuration), SettingsReader.Read<ProxyOptions>(configuration));
        var workspace = SettingsReader.Read<WorkspaceOptions>(configuration);
        RefuseUnsafe(access, proxy);
        services.AddSingleton(proxy);

        // One credential is used for everything: the app's own identity on Azure, the developer's sign-in elsewhere. The hub
        // uses no access keys, so none can leak.
        TokenCredential credential = options.IdentityClientId.Length > 0
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(options.IdentityClientId))
            : new DefaultAzureCredential();
        var blobs = new BlobServiceClient(options.Blobs ?? throw Missing(nameof(options.Blobs)), credential);
        var tables = new TableServiceClient(options.Tables ?? throw Missing(nameof(options.Tables)), credential);
        var settings = new SettingsBlobs(blobs.GetBlobContainerClient(options.Settings));

        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<HubPipeline>();

        // The maximum size of a request is set to the same value as on one machine; by default the worker's server would accept 30 MB.
        services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);

        services.AddSingleton<IAssessmentStore>(new AzureAssessmentStore(tables, blobs));
        services.AddSingleton<IDriverRecord>(new TableDriverRecord(tables.GetTableClient(options.Drivers)));
        AddDriver(services);
        AddFleet(services, SettingsReader.Read<ClockOptions>(configuration), blobs.GetBlobContainerClient(options.Shared));
        var agencies = await settings.AgenciesAsync(cancellationToken);
        var folder = await settings.FolderAsync(cancellationToken);
        var vault = new VaultSecrets(new SecretClient(options.Vault ?? throw Missing(nameof(options.Vault)), credential));
        await new VaultFiles(vault).WriteAsync(agencies, folder, cancellationToken);
        var journal = new TableJournal(tables.GetTableClient(options.Fhir), blobs.GetBlobContainerClient(options.FhirBodies));
        var documents = blobs.GetBlobContainerClient(options.Documents);
        services.AddHub(configuration, new HubParts
        {
            Access = access,
            Monitor = monitor,
            Workspace = workspace,
            AccessLog = _ => new AccessLogTable(tables.GetTableClient(options.AccessLog)),
            Rules = new RuleBook(
                await settings.CouncilsAsync(cancellationToken), RuleSet.England2014, Enum.Parse<CountingPractice>(options.Counting), ChaseLadder.Default),
            Agencies = agencies,
            SettingsFolder = folder,
            Address = options.Address,
            Take = s => s.GetRequiredService<DurableEngine>().SubmitAsync,
            Documents = (s, keeping) => new BlobDocuments(documents, keeping, s.GetRequiredService<TimeProvider>()),
            Fhir = _ => new JournalFhirStore(journal),
        });

        // This registration must come after AddHub, which registers a store of notices in a file. The last store registered is the one
        // used, and all hosts must share one store of notices.
        services.AddSingleton<INoticeStore>(new NoticeTable(tables.GetTableClient(options.Notices), new NoticeText(blobs.GetBlobContainerClient(options.NoticeBodies))));
        await AddKeysAsync(services, new KeyBlobs(blobs.GetBlobContainerClient(options.Shared)), options.KeysInBlobs ? null : vault, cancellationToken);
        services.AddSingleton(new ServiceBusClient(options.ServiceBus.Length > 0 ? options.ServiceBus : throw Missing(nameof(options.ServiceBus)), credential));
        services.AddSingleton<IBusSender, ServiceBusSending>();
        services.AddSingleton<IDeadLetters, ServiceBusDeadLetters>();
        services.AddSingleton<IExpiredMessages, ServiceBusExpiredMessages>();
        services.AddSingleton<IOperatorJournal>(new JournalTable(tables.GetTableClient(options.Notices)));

        // Telemetry goes to a collector if the settings name one (see AddHub), and to Application Insights.
        services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
        if (options.Insights.Length > 0)
        {
            InsightsExport.Add(services, options.Insights, credential);
        }
    }

    /// <summary>Refuses unsafe settings by the same rules as on one machine. The worker itself listens only on its host's loopback
    /// address.</summary>
    private static void RefuseUnsafe(AccessOptions access, ProxyOptions proxy)
    {
        var refusal = HostRules.Refusal(new HostSecurity
        {
            Development = access.Development,
            Authority = access.Authority,
            RequireHttpsMetadata = access.RequireHttpsMetadata,
            Url = "http://localhost",
            Proxy = proxy,
        });
        if (refusal is not null || access.Development)
        {
            throw new RefusedStartException(refusal ?? $"{AccessOptions.Section}:Development is only for a hub on one machine. Remove the setting from this app.", null);
        }
    }

    /// <summary>Adds what the hosts share: a trusted clock, one leading host, and a check that the timers still run.</summary>
    private static void AddFleet(IServiceCollection services, ClockOptions clock, BlobContainerClient shared)
    {
        var record = new BlobClockRecord(shared.GetBlobClient("clock.json"));
        record.Read();
        services.AddSingleton(s => new ClockMonitor(s.GetRequiredService<TimeProvider>(), clock, record, record.ServiceTime));
        services.AddSingleton<IClockTrust>(s => s.GetRequiredService<ClockMonitor>());
        services.AddHostedService<ClockCheckLoop>();
        services.AddSingleton(s => new LeaderLease(shared.GetBlobClient("lead"), s.GetRequiredService<BackgroundWork>(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IFleetRole>(s => s.GetRequiredService<LeaderLease>());
        services.AddHostedService(s => s.GetRequiredService<LeaderLease>());
        services.AddSingleton<TimerWatch>();
        services.AddSingleton<IReadinessNote>(s => s.GetRequiredService<TimerWatch>());
        services.AddHostedService(s => s.GetRequiredService<TimerWatch>());
    }

    private static async Task AddKeysAsync(IServiceCollection services, KeyBlobs keys, VaultSecrets? vault, CancellationToken cancellationToken)
    {
        services.Configure<KeyManagementOptions>(management => management.XmlRepository = keys);
        if (vault is not null)
        {
            await VaultKeys.AddAsync(services, vault, cancellationToken);
            return;
        }

        services.AddSingleton(new FamilyTokens(await keys.FamilyLinkKeyAsync(cancellationToken)));
    }

    private static void AddDriver(IServiceCollection services)
    {
        services.AddSingleton<TurnTaker>();
        services.AddSingleton<CurrentDurableClient>();
        services.AddSingleton<InstanceWaker>();
        services.AddSingleton<DurableEngine>();
        services.AddSingleton<TurnActivity>();
        services.AddSingleton<EffectActivity>();
        services.AddSingleton<Sweeper>();
        services.AddSingleton<HistoryPurge>();
    }

    private static RefusedStartException Missing(string setting) => new($"The setting {AzureHubOptions.Section}:{setting} is missing.", null);
}
