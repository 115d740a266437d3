using IntegrationHub.Functions.LocalOffer;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>The Local Offer, shown next to the provision in a plan. A search changes nothing, and is sent in the body of the request.</summary>
internal static class LocalOfferEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/workspace/cases/{id}/local-offer").ExcludeFromDescription();
        page.MapGet("", (HttpContext http, string id, CaseReader reader, CouncilOffers offers, CancellationToken cancellationToken) =>
            ShowAsync(http, id, null, reader, offers, cancellationToken)).RequireAuthorization(OfficerSignIn.For(Page.Plan));
        page.MapPost("", async (HttpContext http, string id, CaseReader reader, CouncilOffers offers, CancellationToken cancellationToken) =>
            await ShowAsync(http, id, FormValues.Of(await http.Request.ReadFormAsync(cancellationToken)), reader, offers, cancellationToken)).RequireAuthorization(OfficerSignIn.For(Page.Plan));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string id, FormValues? typed, CaseReader reader, CouncilOffers offers, CancellationToken cancellationToken)
    {
        if (await reader.OpenAsync(http.Officer(), id, "Local Offer for the plan", cancellationToken) is not { } file)
        {
            return WorkspacePages.Absent(http, http.Officer());
        }

        var offer = await offers.OfAsync(file.State.Id.Council, cancellationToken);
        var (search, found) = (typed is null ? OfferSearch.For(file.State, file.Today) : new OfferSearch(typed)).In(offer);
        return WorkspacePages.Show<LocalOfferPage>(
            http, http.Officer(), search.Wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, ("File", file), ("Search", search), ("Offer", offer), ("Found", found));
    }
}
