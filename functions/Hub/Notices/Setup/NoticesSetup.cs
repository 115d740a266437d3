using IntegrationHub.Functions.Notices.Graph;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Notices.Setup;

/// <summary>Adds notices to a host.</summary>
public static class NoticesSetup
{
    /// <summary>Name of the file with contacts, in the data directory.</summary>
    public const string DirectoryFile = "notice-directory.json";

    /// <summary>
    /// Adds the effect handlers of notices. They must come before other handlers of the same effects; <typeparamref name="TAgencies"/>
    /// tells the agencies' own systems of reminders and escalations, and must be registered itself.
    /// </summary>
    /// <param name="services">The services, with <see cref="IAssessmentStore"/>, <c>RuleBook</c> and <see cref="TimeProvider"/>.</param>
    /// <param name="configuration">Sections <c>Notices</c> and <c>Notices:Graph</c>.</param>
    /// <param name="dataDirectory">Where the book and the contacts are.</param>
    /// <param name="baseAddress">Address of the hub as people reach it, where the configuration names none.</param>
    public static IServiceCollection AddNotices<TAgencies>(
        this IServiceCollection services, IConfiguration configuration, string dataDirectory, string baseAddress)
        where TAgencies : class, IEffectHandler
    {
        var graph = configuration.GetSection(GraphSettings.Section).Get<GraphSettings>() ?? new GraphSettings();
        services.AddSingleton(new NoticeSettings
        {
            BaseAddress = configuration["Notices:BaseAddress"]?.TrimEnd('/') ?? baseAddress.TrimEnd('/'),
            Gather = configuration.GetValue<TimeSpan?>("Notices:Gather") ?? new NoticeSettings().Gather,
        });
        services.AddSingleton(NoticeDirectory.Read(Path.Combine(dataDirectory, DirectoryFile)));
        services.AddSingleton<INoticeBook>(s => NoticeFile.Open(Path.Combine(dataDirectory, "notices"), s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<INoticeChannel>(s => graph.TenantId is null ? new KeptHere() : GraphConnection.Connect(graph, s.GetRequiredService<TimeProvider>()));
        services.AddSingleton<NoticeDispatcher>();
        services.AddSingleton<IEffectHandler>(s => ActivatorUtilities.CreateInstance<ChaseNotices>(s, s.GetRequiredService<TAgencies>()));
        services.AddSingleton<IEffectHandler, AssessmentNotices>();
        return services;
    }
}
