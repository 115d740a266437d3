using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Contributing.Opening;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Visiting.Opening;
using IntegrationHub.Functions.Visiting.Routes;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Contributing.Routes;

/// <summary>The pages behind a contributor's link.</summary>
public sealed class ContributorVisits(
    ContributorLinkResolver resolver, PageCode code, IAntiforgery forgery, IAccessLog log, MonitorOptions options, TakeInput take, TimeProvider time)
    : PageVisits<OpenedRequest>(code, forgery, log, options, time)
{
    private readonly TimeProvider time = time;

    /// <inheritdoc/>
    protected override string Gone =>
        "It has expired, was replaced by another one, or was not copied whole; or the council no longer asks for this advice. Ask the council for a new link.";

    /// <inheritdoc/>
    protected override Task<OpenedRequest?> FindAsync(HttpContext http, CancellationToken cancellationToken) =>
        resolver.OpenAsync(http.Request.RouteValues["id"]?.ToString() ?? "", http.Request.RouteValues["code"]?.ToString() ?? "", cancellationToken);

    /// <summary>Sends a step in the name of the agency that was asked, in the same way as every other interface.</summary>
    /// <returns>The refusal; null where the step was accepted.</returns>
    internal async Task<Refusal?> SendAsync(Visit<OpenedRequest> visit, AssessmentInput input, string once, CancellationToken cancellationToken)
    {
        var (opened, actor) = (visit.Opened, visit.Opened.Actor);
        if (StepCatalogue.Of(input).FaultOfAgency(input, AgencyStanding.Of(opened.State, actor.Agency!.Value)) is { } fault)
        {
            return new Refusal("not-yours-to-say", fault.Reason ?? "This request was made to somebody else.");
        }

        var submission = await take(Deliveries.Of(opened.State.Id, $"contribute/{opened.Request.Id}/{once}", actor, input, time), null, cancellationToken);
        return submission.Outcome?.Refusal;
    }
}
