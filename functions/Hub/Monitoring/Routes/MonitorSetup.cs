using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Monitoring.DeadLetters;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.SignIn;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace IntegrationHub.Functions.Monitoring.Routes;

/// <summary>Adds the monitor and the family's page to a host that provides the council's API.</summary>
public static class MonitorSetup
{
    /// <summary>Adds the services that the pages need.</summary>
    public static IServiceCollection AddMonitoring(this IServiceCollection services, MonitorOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(new UnreadableFormAnswer("/monitor", (http, fault) => MonitorPages.Page<Pages.UnreadableFormPage>(http, fault.Status, ("Fault", fault))));
        services.AddSingleton<CaseBoard>();
        services.AddSingleton<BoardUsage>();
        services.AddSingleton(s => new QueueMonitor(s.GetService<IDeadLetters>()));
        services.AddSingleton<WorkMonitor>();
        services.AddSingleton(s => new ReaderLinks(s.GetRequiredService<FamilyTokens>().KeysFor("reader-links"), s.GetRequiredService<NoticeOptions>().BaseAddress!));
        services.AddSingleton<LetterLinkResolver>();
        services.AddSingleton<SecondStep>();
        services.AddSingleton<LetterLinkEndpoints>();
        services.AddBackgroundWork();
        services.AddHostedService<BoardKeeper>();
        services.TryAddSingleton<KnownChildren>();
        services.AddHostedService<ExtractKeeper>();
        services.AddSingleton<PageWarmUp>();
        services.AddSingleton<IWarmStart>(s => s.GetRequiredService<PageWarmUp>());
        services.AddHostedService(s => s.GetRequiredService<PageWarmUp>());
        services.AddRazorComponents();
        services.AddAntiforgery(forgery =>
        {
            forgery.Cookie.Name = "hub-forgery";
            forgery.Cookie.SameSite = SameSiteMode.Strict;
            forgery.Cookie.SecurePolicy = options.DevelopmentSignIn ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            forgery.SuppressXFrameOptionsHeader = true;
        });
        var keys = services.AddDataProtection().SetApplicationName("IntegrationHub");
        if (options.KeyDirectory is { } directory)
        {
            keys.PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(directory, "cookie-keys")));
            services.AddSingleton(_ => FamilyTokens.Open(directory));
            services.AddSingleton<IOperatorJournal>(_ => JournalFile.Open(directory));
        }

        return services.AddPageSignIn(MonitorSignIn.Setting(options), ProblemPage.WriteTypedAsync);
    }

    /// <summary>Maps the pages.</summary>
    public static void MapMonitoring(this IEndpointRouteBuilder routes)
    {
        var options = routes.ServiceProvider.GetRequiredService<MonitorOptions>();
        FamilyEndpoints.Map(routes);
        LetterLinkEndpoints.Map(routes);
        AnsweringEndpoints.Map(routes);
        MapStatic(routes, "/family/style.css", "style.css", "text/css");
        if (!options.IsEnabled)
        {
            return;
        }

        MonitorSignIn.Map(routes, options);
        CaseEndpoints.Map(routes);
        ActionEndpoints.Map(routes);
        DeadLetterEndpoints.Map(routes);
        PushedEndpoints.Map(routes);
        ClockEndpoints.Map(routes);
        routes.MapGet("/monitor/not-allowed", (HttpContext http) => MonitorPages.Page<Pages.NotAllowedPage>(http, StatusCodes.Status403Forbidden)).AllowAnonymous().ExcludeFromDescription();
        MapStatic(routes, "/monitor/style.css", "style.css", "text/css");
        MapStatic(routes, "/monitor/refresh.js", "refresh.js", "text/javascript");
    }

    private static void MapStatic(IEndpointRouteBuilder routes, string address, string name, string type) =>
        routes.MapGet(address, (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "max-age=600";
            return Results.Stream(
                typeof(MonitorSetup).Assembly.GetManifestResourceStream($"IntegrationHub.Functions.Monitoring.{name}")
                    ?? throw new InvalidDataException($"{name} is missing from the assembly."),
                $"{type}; charset=utf-8");
        }).AllowAnonymous().ExcludeFromDescription();
}
