using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Agencies.Sending;
using IntegrationHub.Functions.Contributing.Routes;
using IntegrationHub.Functions.Contributing.SigningIn;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.EventsFeed;
using IntegrationHub.Functions.Families.Routes;
using IntegrationHub.Functions.Families.SigningIn;
using IntegrationHub.Functions.Figures;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Intake;
using IntegrationHub.Functions.LocalOffer;
using IntegrationHub.Functions.Monitoring.Routes;
using IntegrationHub.Functions.Monitoring.Telemetry;
using IntegrationHub.Functions.Nhs;
using IntegrationHub.Functions.Nhs.Push;
using IntegrationHub.Functions.Nhs.Setup;
using IntegrationHub.Functions.Notices.Notify;
using IntegrationHub.Functions.Notices.Setup;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Functions.Publishing;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Functions.Visiting.Routes;
using IntegrationHub.Functions.Workspace.Routes;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Hosting;

/// <summary>The composition root, which makes the hub the same on one machine and on Azure.</summary>
public static class HubSetup
{
    /// <summary>
    /// Adds the services of the hub. The host adds its <see cref="IAssessmentStore"/>, <see cref="TimeProvider"/>, driver, bus, and its own
    /// implementations of parts of the hub; a service that the host registers later replaces one registered here.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">All settings; docs/settings.md lists them.</param>
    /// <param name="parts">The parts that differ between hosts.</param>
    /// <exception cref="RefusedStartException">A setting cannot be read, or would give access to somebody without permission.</exception>
    public static IServiceCollection AddHub(this IServiceCollection services, IConfiguration configuration, HubParts parts)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(parts);
        services.AddSingleton(parts.Rules);
        services.AddSingleton(parts.Agencies);
        AddSettings(services, configuration);
        services.AddHubAccess(parts.Access, parts.DevelopmentTokens).AddCouncil(parts.Take).AddApiDocument();

        var (feed, figures) = (SettingsReader.Read<EventsFeedOptions>(configuration), SettingsReader.Read<FiguresOptions>(configuration));
        RefuseUnserved("EventsFeed:Councils", feed.Codes, parts.Rules);
        RefuseUnserved("Figures:Public", figures.Codes, parts.Rules);
        RefuseUnserved("Notices:Notify:Councils", SettingsReader.Read<NotifyOptions>(configuration).Councils.Keys, parts.Rules);
        RefuseUnserved("Access:Bindings", parts.Access.Bindings.Values.Select(binding => binding.Council).OfType<string>(), parts.Rules);
        var keeping = SettingsReader.Read<KeepingRules>(configuration);
        services.AddSingleton(s => parts.Documents(s, keeping));
        services.AddPlanReading(keeping).AddInstitutions().AddLocalOffers().AddIntake(configuration).AddPublishing(figures);
        services.AddEventsFeed(feed, parts.Address);
        services.AddNhsBodies(parts.Fhir, Pushed(parts));
        services.AddBusReceiver();
        services.AddSingleton<IAgencyChannel, PortalChannel>();
        services.AddSingleton<IAgencyChannel, BusChannel>();
        services.AddSingleton<AgencyEffects>();

        // The handlers for notices must be registered before the agencies' own handler: the first handler of an effect is used, and those
        // for notices also notify people.
        services.AddNotices<AgencyEffects>(configuration, parts.SettingsFolder, parts.Address);
        services.AddSingleton<IEffectHandler>(s => s.GetRequiredService<AgencyEffects>());
        services.AddSingleton<IEffectHandler, PlanKeeping>();
        services.AddSingleton<IEffectHandler, StatusPublisher>();
        if (parts.AccessLog is { } log)
        {
            services.AddSingleton(log);
            var issuers = new ContributorIssuers(SettingsReader.ReadEach<ContributorIssuer>(configuration));
            services.AddVisiting().AddContributing(issuers, parts.Agencies, parts.Monitor.DevelopmentSignIn)
                .AddFamilies(SettingsReader.Read<FamilySignInOptions>(configuration), parts.Monitor.DevelopmentSignIn);
        }

        return services.AddMonitoring(parts.Monitor).AddWorkspace(parts.Workspace).AddHubTelemetry(configuration);
    }

    /// <summary>A mistyped code would leave a council without what was set up for it, and nobody would be told.</summary>
    private static void RefuseUnserved(string setting, IEnumerable<string> codes, RuleBook rules)
    {
        if (codes.FirstOrDefault(code => rules.Councils.All(council => council.Code.Value != code)) is { } code)
        {
            throw new RefusedStartException($"{setting} names {code}, but councils.json lists only {string.Join(", ", rules.Councils.Select(council => council.Code))}.", null);
        }
    }

    /// <summary>Adds the settings that every host reads in the same way.</summary>
    private static void AddSettings(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(SettingsReader.Read<HoldingOptions>(configuration));
        services.AddSingleton(SettingsReader.Read<FhirEndpointOptions>(configuration));
        services.AddSingleton(SettingsReader.Read<PushRetryOptions>(configuration));
    }

    private static IReadOnlyCollection<PushEndpoint> Pushed(HubParts parts)
    {
        var (pushed, problem) = PushConfiguration.Read(parts.Agencies, parts.SettingsFolder);
        return problem is null ? pushed : throw new RefusedStartException($"agencies.json: {problem}", null);
    }
}
