using IntegrationHub.Contracts.Api;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Monitoring.Routes;

/// <summary>The family's page, opened with the family's link; and, for officers, the address of a link that was issued.</summary>
internal static class FamilyEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/family/{token}", PageAsync).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/family", (HttpContext http) => MonitorPages.Page<Pages.FamilyPage>(http, ("WithoutLink", true))).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet($"{ApiAddress.Cases}/{{id}}/family-links/{{link}}", AddressAsync).Allow(CallerRole.CouncilOfficer).ExcludeFromDescription();
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, string token, FamilyTokens tokens, IAssessmentStore store, RuleBook rules, MonitorOptions options, INoticeChannel notices,
        LetterLinkResolver resolver, ReaderLinks links, TimeProvider time, CancellationToken cancellationToken)
    {
        // The link is secret, so it must not be cached or passed on to other sites.
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (tokens.Read(token) is not { } named || !rules.Serves(named.Assessment.Council))
        {
            return MonitorPages.Page<Pages.FamilyPage>(http, StatusCodes.Status404NotFound);
        }

        var state = (await store.LoadAsync(named.Assessment, cancellationToken)).State;
        var today = LondonDate.Of(time.GetUtcNow());
        var link = state.FamilyLinks.FirstOrDefault(l => l.Id == named.LinkId);
        if (link is null || link.Revoked || link.ExpiresOn < today)
        {
            return MonitorPages.Page<Pages.FamilyPage>(http, StatusCodes.Status404NotFound);
        }

        IReadOnlyList<LetterLine> sent = [.. LetterView.Lines(state, LetterLinkResolver.ReaderId(link.Person), resolver, links)];
        return MonitorPages.Page<Pages.FamilyPage>(http, ("View", Family.FamilyView.Of(state, link, today, rules.For(state.Id), options.FamilyContact, sent, notices.Sends)),
            ("Case", link.Person is null || state.People.Any(p => p.Id == link.Person && (p.ParentalResponsibility || p.Role == Orchestrations.Assessments.PersonRole.YoungPerson)) ? $"/family/{token}/case" : null));
    }

    private static async Task<IResult> AddressAsync(HttpContext http, string id, string link, FamilyTokens tokens, IAssessmentStore store, CancellationToken cancellationToken)
    {
        if (!AssessmentId.TryParse(id, out var assessment, out _))
        {
            return Results.NotFound();
        }

        var state = (await store.LoadAsync(assessment, cancellationToken)).State;
        return CaseVisibilities.Of(http.Caller(), state) == CaseVisibility.Council && state.FamilyLinks.Any(l => l.Id == link && !l.Revoked)
            ? Results.Json(new Dictionary<string, string> { ["address"] = $"{http.Request.Scheme}://{http.Request.Host}/family/{tokens.Sign(assessment, link)}" })
            : Results.NotFound();
    }
}
