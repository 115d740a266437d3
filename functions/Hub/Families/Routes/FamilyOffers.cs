using IntegrationHub.Functions.Families.Pages;
using IntegrationHub.Functions.LocalOffer;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Forms;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Families.Routes;

/// <summary>Shows a family the Local Offer. A search changes nothing; its text is sent in the body of the request.</summary>
public sealed class FamilyOffers(FamilyVisits visits, CouncilOffers offers)
{
    internal Task<IResult> ShowAsync(HttpContext http, CancellationToken cancellationToken) => visits.AnswerAsync(http, "Local Offer", async visit =>
    {
        var state = visit.Opened.State;
        var offer = await offers.OfAsync(state.Id.Council, cancellationToken);
        var (search, found) = (visit.Form is null ? OfferSearch.For(state, visit.Opened.Today) : new OfferSearch(FormValues.Of(visit.Form))).In(offer);
        return visits.Page<FamilyOfferPage>(
            visit, search.Wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, ("Search", search), ("Offer", offer), ("Found", found));
    }, null, cancellationToken);
}
