using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Contributing.Opening;
using IntegrationHub.Functions.Contributing.Routes;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.EventsFeed;
using IntegrationHub.Functions.Families.Routes;
using IntegrationHub.Functions.Letters.Reading;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Monitoring.Routes;
using IntegrationHub.Functions.Nhs.Rest;
using IntegrationHub.Functions.Nhs.Store;
using IntegrationHub.Functions.Notices.Notify;
using IntegrationHub.Functions.Notices.Printing;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Functions.Publishing;
using IntegrationHub.Functions.Visiting.Routes;
using IntegrationHub.Functions.Workspace;
using IntegrationHub.Functions.Workspace.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Routing;

/// <summary>All addresses of the hub, in one list. Every host maps exactly these addresses.</summary>
public static class HubRoutes
{
    /// <summary>Maps all addresses of the hub.</summary>
    public static void MapHub(this IEndpointRouteBuilder routes)
    {
        routes.MapHealth();
        routes.MapApiDocument();
        routes.MapCouncil();
        routes.MapEventsFeed();
        routes.MapPlans();
        routes.MapLetters();
        routes.MapPrintRun();
        if (routes.ServiceProvider.GetService<NotifyReceiving>() is not null)
        {
            // The Notify endpoint authenticates callers itself, because each council's service on GOV.UK Notify has its own token.
            routes.MapNotify();
        }

        routes.MapPushedAssessments();
        if (routes.ServiceProvider.GetService<IFhirResourceStore>() is not null)
        {
            // These addresses are mapped only if the host stores FHIR resources. The FHIR endpoint authenticates callers itself, so that a
            // refusal is an OperationOutcome. Only the CapabilityStatement of the FHIR endpoint can be read without signing in.
            routes.MapFhir("/fhir").AllowAnonymous();
        }

        if (routes.ServiceProvider.GetService<MonitorOptions>() is not null)
        {
            routes.MapMonitoring();
        }

        if (routes.ServiceProvider.GetService<ContributorLinkResolver>() is not null)
        {
            // Pages on which people read cases are mapped only if there is an access log, because without it nobody is allowed to read a
            // case.
            routes.MapVisiting();
            routes.MapContributing();
            routes.MapFamilies();
            routes.MapPublishing();
        }

        if (routes.ServiceProvider.GetService<WorkspaceOptions>() is { IsEnabled: true })
        {
            routes.MapWorkspace();
        }
    }
}
