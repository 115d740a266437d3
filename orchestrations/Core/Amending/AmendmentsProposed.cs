using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Amendments to the plan were proposed. What the family said about an earlier draft is not an answer to these
/// amendments.</summary>
/// <param name="Amendment">The amendments.</param>
public sealed record AmendmentsProposed(PlanAmendment Amendment) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("amendmentsProposed", "Amendments to the plan were proposed, line by line.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Amendments =
        [
            .. Amendments.Open(state) is { } open ? Change(state.Amendments, a => a.Number == open.Number, a => a with { Outcome = AmendmentOutcome.ProposedAgain, OutcomeOn = Amendment.ProposedOn }) : state.Amendments,
            Amendment,
        ],
        MeetingAskedOn = null,
        MeetingHeldOn = null,
        IcbAnswer = Amendments.Open(state) is null ? null : state.IcbAnswer,
    };

    public override string Describe(TimelineContext context) =>
        $"The council proposed on {Day(Amendment.ProposedOn)} to amend the plan: {(Amendment.Changes.Count switch { 0 => "no line", 1 => "1 line", var n => FormattableString.Invariant($"{n} lines") })} would change.";

    public override string? Note() => Amendment.Proposal;
}

/// <summary>The proposal to amend the plan has ended: the plan was amended, or was left as it is.</summary>
/// <param name="Number">Number of the amendment.</param>
/// <param name="On">Day on which the proposal ended.</param>
/// <param name="Outcome">How the proposal ended.</param>
/// <param name="Reasons">Why the plan is not amended.</param>
public sealed record AmendmentEnded(int Number, DateOnly On, AmendmentOutcome Outcome, string? Reasons = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("amendmentEnded", "A proposal to amend the plan has ended: the plan was amended, or was left as it is.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => (Outcome == AmendmentOutcome.NotAmended ? Amendments.WithoutPendingEdits(state) : state) with
    {
        Amendments = Change(state.Amendments, a => a.Number == Number, a => a with { Outcome = Outcome, OutcomeOn = On, OutcomeReasons = Reasons }),
    };

    public override string Describe(TimelineContext context) => Outcome == AmendmentOutcome.NotAmended
        ? $"The council decided on {Day(On)} not to amend the plan after all."
        : $"The plan was amended on {Day(On)}.";

    public override string? Note() => Reasons;
}

/// <summary>The hub writes a notice that waited for an officer and sends it with a version of the plan.</summary>
/// <param name="NoticeId">The notice.</param>
/// <param name="Version">The version.</param>
public sealed record NoticePlanSet(string NoticeId, int Version) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("noticePlanSet", "The hub writes a notice that waited for an officer and sends it with a version of the plan.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Notices = Change(state.Notices, n => n.Id == NoticeId, n => n with { PlanVersion = Version }) };

    public override string Describe(TimelineContext context) => FormattableString.Invariant($"{context.OfNotice(NoticeId)} is sent with version {Version} of the plan.");
}
