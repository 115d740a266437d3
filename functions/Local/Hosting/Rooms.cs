using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Local.Hosting;

/// <summary>What carries out effects on one machine: the agencies' channels, the plans' folder, the notices.</summary>
internal static class Rooms
{
    /// <summary>Name of the folder of plans and documents in the data directory.</summary>
    internal const string Documents = "documents";

    internal static void Add(IServiceCollection services, IConfiguration configuration, string data, string address)
    {
        var documents = Directory.CreateDirectory(Path.Combine(data, Documents)).FullName;
        services.AddSingleton<IDocumentStore>(s => new FolderDocuments(documents, new KeepingRules(), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PlanStore>();
        services.AddSingleton(AgenciesFile.Read(data));
        services.AddSingleton<IAgencyChannel, PortalChannel>();
        services.AddSingleton<AgencyEffects>();

        // Before the agencies' own handler: of those that carry out an effect the first is asked, and these tell people too.
        services.AddNotices<AgencyEffects>(configuration, data, address);
        services.AddSingleton<IEffectHandler>(s => s.GetRequiredService<AgencyEffects>());
        services.AddSingleton<IEffectHandler, PlanKeeping>();
        services.AddSingleton<IEffectHandler, PortalNotices>();
    }
}
