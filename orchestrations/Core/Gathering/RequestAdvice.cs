using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Ask an additional adviser, or a replacement for an adviser who declined or is not available (reg 6(1)(b)(ii)).
/// </summary>
/// <param name="Kind">The kind of advice.</param>
/// <param name="Agency">The agency to be asked.</param>
/// <param name="Reason">Why, for example "the council thinks it appropriate" (f), or why the first adviser was not available.</param>
/// <param name="InPlaceOf">The id of the request that this request replaces, if any.</param>
public sealed record RequestAdvice(AdviceKind Kind, Agency Agency, string Reason, string? InPlaceOf = null) : AssessmentInput, IStep<RequestAdvice>
{
    public static StepDefinition<RequestAdvice> Definition { get; } = new("request-advice", "Ask another adviser for advice")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 reg 6(1)",
        Example = """
            {
              "kind": "other",
              "agency": { "id": "ods:RY2", "name": "Example speech and language service" },
              "reason": "The child is known to the service."
            }
            """,
    };

    internal override void Decide(Deciding d) => Decide(d, null);

    /// <param name="d">The turn in which the request is made.</param>
    /// <param name="person">The person who is asked, if <see cref="Agency"/> is somebody who works for no organisation.</param>
    internal void Decide(Deciding d, PersonAsked? person)
    {
        var replaced = InPlaceOf is { } id ? d.State.Requests.FirstOrDefault(r => r.Id == id) : null;
        var round = ReassessmentRound.Open(d.State);
        if (!Asking.May(d, "Asking for advice", Asking.WhileAsking)
            || !InputChecks.Text(d, Reason, "The reason")
            || !InputChecks.Text(d, Agency.Name, "The adviser's name")
            || !d.Require(
                person is not null || Agency.Id.Scheme != AgencyScheme.Person, "no-address", "To ask somebody who works for no organisation, give the person's name and e-mail address.")
            || !d.Require(Kind != AdviceKind.FamilyViews, "family-is-asked", "Only the family can be asked for its own views.")
            || !d.Require(InPlaceOf is null || replaced is not null, "unknown-request", "The request to be replaced is not in this assessment.")
            || !d.Require(replaced is null || (replaced.Review is null && replaced.Reassessment == round), "of-another-round", "The request to be replaced was made for another assessment or for a review.")
            || !d.Require(replaced is null || replaced.Status != RequestStatus.Received, "already-received", "The request to be replaced has already been answered.")
            || !d.Require(
                !d.State.Requests.Any(r => r.IsOpen && r.Review is null && r.Kind == Kind && r.Agency?.Id == Agency.Id), "already-asked", "This adviser has already been asked and has not answered yet.")
            || !d.Require(
                !d.State.Existing.Any(x => x.ReliedOn && x.Reassessment == round && x.Kind == Kind && x.Agency.Id == Agency.Id),
                "relied-on",
                "Existing advice by this author is relied on. All three parties were satisfied that the advice is sufficient, so it must not be asked for again (reg 6(4))."))
        {
            return;
        }

        if (replaced is { IsOpen: true })
        {
            Asking.Settle(d, replaced, RequestStatus.Withdrawn, $"Another adviser is asked instead: {Reason}");
        }

        var basis = Kind switch
        {
            AdviceKind.Educational when replaced is not null => "reg 6(1)(b)(ii)",
            AdviceKind.Other => "reg 6(1)(f)",
            _ => Asking.Required(d).FirstOrDefault(r => r.Kind == Kind)?.LegalBasis ?? "reg 6(1)(f)",
        };
        Asking.Ask(d, Kind, Agency, basis, null, Reason, InPlaceOf, person);
    }
}
