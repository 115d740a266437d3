using IntegrationHub.Functions.Letters.Setup;
using IntegrationHub.Functions.Letters.Templates;
using IntegrationHub.Functions.Notices.Graph;
using IntegrationHub.Functions.Notices.Notify;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Notices.Setup;

/// <summary>Adds notices to a host.</summary>
public static class NoticesSetup
{
    /// <summary>Name of the file with contacts, in the data directory.</summary>
    public const string DirectoryFile = "notice-directory.json";

    /// <summary>The warning in the log at start-up and on every page while no channel is set up.</summary>
    public const string NothingIsSent = "No channel for letters is set up, so the hub does not send or serve any notices. Each notice is stored until an officer sends it and records the day. Until then the duty is not met.";

    /// <summary>
    /// Adds the effect handlers of notices. These handlers must be registered before other handlers of the same effects.
    /// <typeparamref name="TAgencies"/>, which sends reminders and escalations to the agencies' own systems, must be registered separately.
    /// </summary>
    /// <param name="services">The services, which must include <see cref="IAssessmentStore"/>, <c>RuleBook</c> and
    /// <see cref="TimeProvider"/>.</param>
    /// <param name="configuration">The configuration with the sections <c>Notices</c> and <c>Notices:Graph</c>.</param>
    /// <param name="dataDirectory">The directory with the notice store and the contacts.</param>
    /// <param name="baseAddress">The address at which people reach the hub, if the configuration names none.</param>
    public static IServiceCollection AddNotices<TAgencies>(
        this IServiceCollection services, IConfiguration configuration, string dataDirectory, string baseAddress)
        where TAgencies : class, IEffectHandler
    {
        var graph = SettingsReader.Read<GraphOptions>(configuration);
        var options = SettingsReader.Read<NoticeOptions>(configuration);
        services.AddSingleton(options with { BaseAddress = (options.BaseAddress ?? baseAddress).TrimEnd('/') });
        services.AddLetters(LetterTemplates.Read(Path.Combine(dataDirectory, LettersSetup.Folder)));
        services.AddPrintRun();
        services.AddSingleton(NoticeDirectory.Read(Path.Combine(dataDirectory, DirectoryFile)));
        services.AddSingleton<INoticeStore>(s => NoticeFile.Open(Path.Combine(dataDirectory, "notices"), s.GetRequiredService<TimeProvider>()));
        var notify = SettingsReader.Read<NotifyOptions>(configuration);
        if (notify.Councils.Count > 0)
        {
            services.AddNotify(notify);
        }

        services.AddSingleton(s => Channel(s, graph));
        services.AddSingleton<NoticeDispatcher>();
        services.AddHostedService<NoticeStart>();
        services.AddSingleton<IEffectHandler>(s => ActivatorUtilities.CreateInstance<ChaseNotices>(s, s.GetRequiredService<TAgencies>()));
        services.AddSingleton<IEffectHandler, DutyNotices>();
        services.AddSingleton<IEffectHandler, AssessmentNotices>();
        return services;
    }

    /// <summary>The channel for notices: GOV.UK Notify for councils that have a service there, Microsoft 365 for other councils, or
    /// none.</summary>
    private static INoticeChannel Channel(IServiceProvider services, GraphOptions graph)
    {
        List<INoticeChannel> channels = [];
        if (services.GetService<NotifyChannel>() is { } notify)
        {
            channels.Add(notify);
        }

        if (graph.TenantId is not null)
        {
            channels.Add(GraphConnection.Connect(graph, services.GetRequiredService<TimeProvider>()));
        }

        return channels switch { [] => new RecordOnlyChannel(), [var one] => one, _ => new CombinedChannel(channels) };
    }
}
