using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Open a case for an assessment that is under way in the council's earlier system, with what has already been done. Nothing is sent. A case
/// in which the plan has been decided is finished in the earlier system.
/// </summary>
/// <param name="Facts">What is known about the case, with the true day of receipt.</param>
/// <param name="Source">Where these facts come from, such as the earlier system and its number for the case.</param>
/// <param name="ConsultedOn">Day on which the family was consulted on the request; empty if it was not, or the day is not known.</param>
/// <param name="Summary">What the family said.</param>
/// <param name="PartnersToldOn">Day on which the last partner was told of the request (reg 4(2)); empty if not known.</param>
/// <param name="DecidedOn">Day of the decision to assess; empty if nothing has been decided.</param>
/// <param name="Reasons">Reasons for the decision.</param>
/// <param name="FamilyToldOn">Day on which the family was sent the decision; empty if not known.</param>
/// <param name="Requests">The requests for advice that were made, answered or not.</param>
public sealed record TakeOverAssessment(
    OpeningFacts Facts,
    string Source,
    DateOnly? ConsultedOn = null,
    string? Summary = null,
    DateOnly? PartnersToldOn = null,
    DateOnly? DecidedOn = null,
    string? Reasons = null,
    DateOnly? FamilyToldOn = null,
    IReadOnlyList<RequestUnderWay>? Requests = null) : AssessmentInput, IOpensCase, IStep<TakeOverAssessment>
{
    public static StepDefinition<TakeOverAssessment> Definition { get; } = new("take-over-assessment", "Take over an assessment that is under way")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s36; SEND Regs 2014 regs 4 to 8",
        Example = """
            {
              "facts": {
                "route": "parent",
                "receivedOn": "2026-05-04",
                "child": { "givenName": "Alex", "familyName": "Example", "dateOfBirth": "2016-03-14" },
                "family": { "name": "Sam Example", "relationship": "mother" },
                "settingKind": "school",
                "setting": { "id": "urn:100001", "name": "Example Primary School" },
                "icb": { "id": "ods:QHL", "name": "Example Integrated Care Board" }
              },
              "source": "Earlier system, case 4711",
              "consultedOn": "2026-05-11",
              "decidedOn": "2026-05-20",
              "familyToldOn": "2026-05-21",
              "requests": [{ "kind": "medical", "askedOn": "2026-05-21", "agency": { "id": "ods:RX1", "name": "Example Community NHS Trust" } }]
            }
            """,
        Days = x => UnderWayDays.Of(x),
    };

    internal override void Decide(Deciding d)
    {
        if (!d.Require(d.State.Facts is null, "already-open", "This assessment is already open.")
            || !d.Require(Facts.TakenOver is null, "plan-taken-over", "To take over a plan that was issued, open a case (open-assessment). Leave takenOver out.")
            || !OpeningChecks.AreLawful(d, Facts)
            || !OpeningChecks.AdvisersCanBeAsked(d, Facts)
            || !UnderWay.IsLawful(d, this))
        {
            return;
        }

        d.Happened(new AssessmentOpened(d.State.Id, Facts));
        d.Happened(new AssessmentTakenOver(new TakenUnderWay(d.Today, Source, DecidedOn is not null)));
        UnderWay.Take(d, this);
    }
}

/// <summary>A request for advice that the earlier system made.</summary>
/// <param name="Kind">The kind of advice.</param>
/// <param name="AskedOn">Day on which the advice was asked for.</param>
/// <param name="Agency">The agency that was asked; empty for a person, and for the family's views.</param>
/// <param name="Person">The person who was asked, if that person works for no organisation.</param>
/// <param name="ArrivedOn">Day on which the request reached the adviser; empty if not known.</param>
/// <param name="CameOn">Day on which the advice came. Enter the advice afterwards (submit-advice).</param>
public sealed record RequestUnderWay(
    AdviceKind Kind, DateOnly AskedOn, Agency? Agency = null, PersonAsked? Person = null, DateOnly? ArrivedOn = null, DateOnly? CameOn = null);

/// <summary>An assessment that was under way in the council's earlier system was taken over.</summary>
/// <param name="Taken">The takeover.</param>
public sealed record AssessmentTakenOver(TakenUnderWay Taken) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("assessmentTakenOver", "An assessment that was under way in the council's earlier system was taken over.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { TakenUnderWay = Taken };

    public override string Describe(TimelineContext context) => $"The assessment was taken over on {Day(Taken.On)} from the council's earlier system. What happened before is recorded with its own day.";

    public override string? Note() => Taken.Source;

    public override void Introduce(TimelineContext context) => context.IsTakenUnderWay = true;
}
