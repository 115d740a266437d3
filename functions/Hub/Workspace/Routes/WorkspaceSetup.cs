using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Monitoring.Routes;
using IntegrationHub.Functions.Returns.Stored;
using IntegrationHub.Functions.SignIn;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Mail;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Panel;
using IntegrationHub.Functions.Workspace.Returns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>Adds the officers' workspace to a host that has the council's API and the monitor's board.</summary>
public static class WorkspaceSetup
{
    /// <summary>Adds the services that the workspace's pages need.</summary>
    /// <exception cref="RefusedStartException">The settings map one of the issuer's roles to a workspace role that does not
    /// exist.</exception>
    public static IServiceCollection AddWorkspace(this IServiceCollection services, WorkspaceOptions options)
    {
        if (options.Roles.FirstOrDefault(role => OfficerRoles.Find(role.Value) is null) is { Key: { } wrong })
        {
            throw new RefusedStartException($"{WorkspaceOptions.Section}: Roles:{wrong} is not mapped to a role of the workspace.", null);
        }

        services.AddSingleton(options);
        services.AddSingleton(new UnreadableFormAnswer("/workspace", (http, fault) => MonitorPages.Page<Pages.UnreadableFormPage>(http, fault.Status, ("Fault", fault))));
        services.AddSingleton<CaseReader>();
        services.AddSingleton<AgencyList>();
        services.AddSingleton<WorkList>();
        services.AddSingleton<CaseSearch>();
        services.AddSingleton<StepSending>();
        services.AddSingleton<UploadedFiles>();
        services.AddSingleton<DocumentList>();
        services.AddSingleton<PlanEditorViews>();
        services.AddSingleton<WordExchange>();
        services.AddSingleton<RelatedCases>();
        services.AddSingleton<Agenda>();
        services.AddSingleton<TransferList>();
        services.AddSingleton<PanelMeetings>();
        services.AddSingleton<PanelPapers>();
        services.AddSingleton<ReturnStore>();
        services.AddSingleton<ReturnService>().AddSingleton<FigureService>();
        services.AddSingleton<MailService>();
        services.AddSingleton<MailFiling>();
        return services.AddPageSignIn(SignInEndpoints.Setting(options), ProblemPage.WriteTypedAsync);
    }

    /// <summary>Maps the workspace's pages. Nobody can open a page unless <see cref="PageRules"/> gives them access.</summary>
    /// <exception cref="InvalidOperationException">The host has no access log, so nobody is allowed to read a case here.</exception>
    public static void MapWorkspace(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<IAccessLog>() is null)
        {
            throw new InvalidOperationException("The workspace needs an access log.");
        }

        // The search is created now, so that it receives the cases as soon as the board is first read.
        _ = routes.ServiceProvider.GetRequiredService<CaseSearch>();
        SignInEndpoints.Map(routes);
        WorkEndpoints.Map(routes);
        AgencyEndpoints.Map(routes);
        InstitutionEndpoints.Map(routes);
        TransferEndpoints.Map(routes);
        SchoolListEndpoints.Map(routes);
        CostEndpoints.Map(routes);
        LocalOfferEndpoints.Map(routes);
        BulkEndpoints.Map(routes);
        CasePageEndpoints.Map(routes);
        PlanPageEndpoints.Map(routes);
        WordEndpoints.Map(routes);
        DocumentEndpoints.Map(routes);
        PanelEndpoints.Map(routes);
        PanelPapersEndpoints.Map(routes);
        ReturnEndpoints.Map(routes);
        FigureEndpoints.Map(routes);
        MailEndpoints.Map(routes);
        StepEndpoints.Map(routes);
        MapStyles(routes, "/workspace");
    }

    /// <summary>Serves the styles of the workspace's forms at an address below the given one, for pages that need no sign-in.</summary>
    internal static void MapStyles(IEndpointRouteBuilder routes, string below)
    {
        MapStyle(routes, $"{below}/base.css", typeof(MonitorSetup), "IntegrationHub.Functions.Monitoring.style.css");
        MapStyle(routes, $"{below}/style.css", typeof(WorkspaceSetup), "IntegrationHub.Functions.Workspace.style.css");
    }

    private static void MapStyle(IEndpointRouteBuilder routes, string address, Type of, string name) =>
        routes.MapGet(address, (HttpContext http) =>
        {
            http.Response.Headers.CacheControl = "max-age=600";
            return Results.Stream(of.Assembly.GetManifestResourceStream(name) ?? throw new InvalidDataException($"{name} is missing from the assembly."), "text/css; charset=utf-8");
        }).AllowAnonymous().ExcludeFromDescription();
}
