using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Sending;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Functions.Nhs.Setup;
using IntegrationHub.Functions.Notices.Setup;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Local.Fhir;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Local.Hosting;

/// <summary>What carries out effects on one machine: the agencies' channels, the plans' folder, the notices.</summary>
internal static class Rooms
{
    /// <summary>Name of the folder of plans and documents in the data directory.</summary>
    internal const string Documents = "documents";

    internal static void Add(IServiceCollection services, IConfiguration configuration, AgencyDirectory agencies, string data, LocalHubOptions options)
    {
        var documents = Directory.CreateDirectory(Path.Combine(data, Documents)).FullName;
        var keeping = new KeepingRules();
        services.AddSingleton<IDocumentStore>(s => new FolderDocuments(documents, keeping, s.GetRequiredService<TimeProvider>()));
        services.AddPlanReading(keeping);
        services.AddSingleton(agencies);
        AddNhs(services, agencies, data);
        BusRoom.Add(services, configuration, agencies, data, options.Bus);
        services.AddSingleton<IAgencyChannel, PortalChannel>();
        services.AddSingleton<IAgencyChannel, BusChannel>();
        services.AddSingleton<AgencyEffects>();

        // Before the agencies' own handler: of those that carry out an effect the first is asked, and these tell people too.
        services.AddNotices<AgencyEffects>(configuration, data, options.Url);
        services.AddSingleton<IEffectHandler>(s => s.GetRequiredService<AgencyEffects>());
        services.AddSingleton<IEffectHandler, PlanKeeping>();

        // Before the portal's: of those that carry out an effect the first is asked.
        services.AddSingleton<IEffectHandler, StatusPublishing>();
        services.AddSingleton<IEffectHandler, PortalNotices>();
    }

    private static void AddNhs(IServiceCollection services, AgencyDirectory agencies, string data)
    {
        var (pushed, problem) = PushConfiguration.Read(agencies, data);
        if (problem is not null)
        {
            throw new AgenciesFileException($"{AgenciesFile.Name}: {problem}", null);
        }

        services.AddNhsBodies(_ => new SqliteFhirStore(Path.Combine(data, "fhir.db")), pushed);
    }
}
