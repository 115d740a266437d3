using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Monitoring.Routes;

/// <summary>
/// The page that an agency opens with the link in its message: the request and how to answer. The link works while the request waits for an
/// answer.
/// </summary>
internal static class AnsweringEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/answering/{id}/{code}", PageAsync).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> PageAsync(
        HttpContext http, string id, string code, ReaderLinks links, IAssessmentStore store, AgencyDirectory agencies, RuleBook rules, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (!AssessmentId.TryParse(id, out var assessment, out _) || !rules.Serves(assessment.Council))
        {
            return NotFound(http);
        }

        var state = (await store.LoadAsync(assessment, cancellationToken)).State;
        var request = state.Requests.FirstOrDefault(r =>
            AnsweringView.Waits(r) && r.Agency is { } agency && links.Opens(code, assessment, r.Id, agency.Id.Value));
        return request is null
            ? NotFound(http)
            : MonitorPages.Page<AnsweringPage>(http, ("View", AnsweringView.Of(state, request, agencies.For(request.Agency!.Id).Reach, rules.For(assessment))));
    }

    private static IResult NotFound(HttpContext http) => MonitorPages.Page<AnsweringPage>(http, StatusCodes.Status404NotFound);
}
