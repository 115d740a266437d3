using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Ask an organisation that is invited to a review for its written advice. The request, the answer, reminders and corrections work as in an
/// assessment.
/// </summary>
/// <param name="Kind">Kind of advice.</param>
/// <param name="Agency">Who advises.</param>
/// <param name="Reason">Why the advice is requested, for the council's own record.</param>
public sealed record RequestReviewAdvice(AdviceKind Kind, Agency Agency, string? Reason = null) : AssessmentInput, IStep<RequestReviewAdvice>
{
    public static StepDefinition<RequestReviewAdvice> Definition { get; } = new("request-review-advice", "Ask for advice for a review")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 regs 20(4), 21(4)",
        Example = """
            { "kind": "medical", "agency": { "id": "ods:RX1", "name": "Example community trust" } }
            """,
    };

    internal override void Decide(Deciding d)
    {
        if (ReviewSteps.UnderWay(d, "Asking for advice for a review") is { } review
            && d.Require(review.HeldOn is null && review.MeetingOn > d.Today, "meeting-held", "The review meeting was held, or the day of the meeting has come.")
            && InputChecks.Text(d, Agency.Name, "The adviser's name")
            && d.Require(Agency.Id.Scheme != AgencyScheme.Person, "no-address", "Advice for a review can be requested only from an organisation.")
            && d.Require(Kind != AdviceKind.FamilyViews, "family-is-asked", "The family's views cannot be requested from an organisation. Ask the family for its views.")
            && (Reason is null || InputChecks.Text(d, Reason, "The reason"))
            && d.Require(!d.State.Requests.Any(r => r.Review == review.Number && IsThis(r)), "already-asked", "This adviser has already been asked for this advice for the review."))
        {
            // A request gives only the numbers of the regulations and not their title, so the citation of the time limit is shortened to
            // "regs 20(4), 21(4)".
            var citation = d.Rules.CitationFor(d.State, ReviewAdvice.PapersLimit);
            Asking.Ask(d, Kind, Agency, citation[citation.IndexOf("reg", StringComparison.Ordinal)..], null, Reason, null, review: review.Number);
        }
    }

    private bool IsThis(AdviceRequest request) =>
        request.Kind == Kind && request.Agency?.Id == Agency.Id && request.Status is not (RequestStatus.Withdrawn or RequestStatus.Declined);
}
