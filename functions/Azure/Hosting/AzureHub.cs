using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;
using IntegrationHub.Azure.Bus;
using IntegrationHub.Azure.Monitoring;
using IntegrationHub.Azure.Notices;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Agencies.Sending;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Functions.Monitoring.Routes;
using IntegrationHub.Functions.Monitoring.Telemetry;
using IntegrationHub.Functions.Nhs.Journal;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Functions.Nhs.Setup;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Notices.Setup;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Functions.Routing;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.AzureStorage;
using IntegrationHub.Orchestrations.Durable;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Azure.Hosting;

/// <summary>The hub's parts on Azure: the same as on one machine, over tables, blobs, Service Bus and Durable Task.</summary>
internal static class AzureHub
{
    /// <summary>Adds them.</summary>
    /// <exception cref="InvalidOperationException">A setting is missing; the message names it.</exception>
    internal static async Task AddAsync(IServiceCollection services, IConfiguration configuration, CancellationToken cancellation)
    {
        var options = new AzureHubOptions();
        configuration.GetSection(AzureHubOptions.Section).Bind(options);
        var access = new AccessOptions();
        configuration.GetSection(AccessOptions.Section).Bind(access);

        // One credential for everything: the app's own identity on Azure, the developer's sign-in elsewhere. There is no key to leak.
        TokenCredential credential = options.IdentityClientId.Length > 0
            ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(options.IdentityClientId))
            : new DefaultAzureCredential();
        var blobs = new BlobServiceClient(options.Blobs ?? throw Missing(nameof(options.Blobs)), credential);
        var tables = new TableServiceClient(options.Tables ?? throw Missing(nameof(options.Tables)), credential);
        var settings = new SettingsBlobs(blobs.GetBlobContainerClient(options.Settings));

        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(new RuleBook(
            await settings.CouncilsAsync(cancellation), RuleSet.England2014, Enum.Parse<CountingPractice>(options.Counting), ChaseLadder.Default));
        services.AddHubAccess(access, null)
            .AddCouncil(s => s.GetRequiredService<DurableEngine>().SubmitAsync)
            .AddApiDocument();
        services.AddSingleton<HubPipeline>();

        services.AddSingleton<IAssessmentStore>(new AzureAssessmentStore(tables, blobs));
        AddDriver(services);
        var agencies = await settings.AgenciesAsync(cancellation);
        var folder = await settings.FolderAsync(cancellation);
        await new VaultFiles(new SecretClient(options.Vault ?? throw Missing(nameof(options.Vault)), credential)).WriteAsync(agencies, folder, cancellation);
        AddRooms(services, blobs.GetBlobContainerClient(options.Documents), agencies);
        AddNhs(services, new TableJournal(tables.GetTableClient(options.Fhir), blobs.GetBlobContainerClient(options.FhirBodies)), agencies, folder);
        services.AddNotices<AgencyEffects>(configuration, folder, options.Address);

        // After AddNotices, whose book is a file: the last one registered is taken, and many hosts need one in common.
        services.AddSingleton<INoticeBook>(new NoticeTable(tables.GetTableClient(options.Notices)));
        AddHandlers(services);
        await AddMonitorAsync(services, configuration, new KeyBlobs(blobs.GetBlobContainerClient(options.Settings)), cancellation);
        services.AddSingleton(new ServiceBusClient(options.ServiceBus.Length > 0 ? options.ServiceBus : throw Missing(nameof(options.ServiceBus)), credential));
        services.AddSingleton<IBusSender, ServiceBusSending>();
        services.AddSingleton<IDeadLetters, ServiceBusDeadLetters>();
        services.AddSingleton<IOperatorJournal>(new JournalTable(tables.GetTableClient(options.Notices)));

        // The export itself is the hub's, where a collector is named.
        services.AddHubTelemetry(configuration).AddOpenTelemetry().UseFunctionsWorkerDefaults();
    }

    private static void AddNhs(IServiceCollection services, TableJournal journal, AgencyDirectory agencies, string folder)
    {
        var (pushed, problem) = PushConfiguration.Read(agencies, folder);
        if (problem is not null)
        {
            throw new InvalidOperationException($"agencies.json: {problem}");
        }

        services.AddNhsBodies(_ => new JournalFhirStore(journal), pushed);
    }

    private static async Task AddMonitorAsync(IServiceCollection services, IConfiguration configuration, KeyBlobs keys, CancellationToken cancellation)
    {
        var monitor = new MonitorOptions();
        configuration.GetSection(MonitorOptions.Section).Bind(monitor);
        services.AddMonitoring(monitor);
        services.Configure<KeyManagementOptions>(management => management.XmlRepository = keys);
        services.AddSingleton(new FamilyTokens(await keys.FamilyLinkKeyAsync(cancellation)));
    }

    private static void AddDriver(IServiceCollection services)
    {
        services.AddSingleton<TurnTaker>();
        services.AddSingleton<ClientAtHand>();
        services.AddSingleton<Poker>();
        services.AddSingleton<DurableEngine>();
        services.AddSingleton<TurnActivity>();
        services.AddSingleton<EffectActivity>();
        services.AddSingleton<Sweeper>();
        services.AddSingleton<HistoryPurge>();
    }

    private static void AddRooms(IServiceCollection services, BlobContainerClient documents, AgencyDirectory agencies)
    {
        var keeping = new KeepingRules();
        services.AddSingleton<IDocumentStore>(s => new BlobDocuments(documents, keeping, s.GetRequiredService<TimeProvider>()));
        services.AddPlanReading(keeping);
        services.AddSingleton(agencies);
        services.AddBusReceiver();
        services.AddSingleton<IAgencyChannel, PortalChannel>();
        services.AddSingleton<IAgencyChannel, BusChannel>();
        services.AddSingleton<AgencyEffects>();
    }

    /// <summary>After the notices' handlers: of those that carry out an effect the first is asked, and those tell people too.</summary>
    private static void AddHandlers(IServiceCollection services)
    {
        services.AddSingleton<IEffectHandler>(s => s.GetRequiredService<AgencyEffects>());
        services.AddSingleton<IEffectHandler, PlanKeeping>();

        // Before the portal's: of those that carry out an effect the first is asked.
        services.AddSingleton<IEffectHandler, StatusPublishing>();
        services.AddSingleton<IEffectHandler, PortalNotices>();
    }

    private static InvalidOperationException Missing(string setting) => new($"The setting {AzureHubOptions.Section}:{setting} is missing.");
}
