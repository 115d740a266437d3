using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record when a plan that was taken over was last reviewed, or that it never was. The time for the next review runs from that
/// day.</summary>
/// <param name="CompletedOn">Day of the notice of the decision after the review, or null if the plan was never reviewed.</param>
/// <param name="Source">The source of this information.</param>
public sealed record RecordPastReview(DateOnly? CompletedOn, string Source) : AssessmentInput, IStep<RecordPastReview>
{
    public static StepDefinition<RecordPastReview> Definition { get; } = new("record-past-review", "Record when a plan that was taken over was last reviewed")
    {
        Corrects = true,
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s44; SEND Regs 2014 reg 15(5)",
        Example = """{ "completedOn": "2025-11-04", "source": "The council's letter." }""",
        Days = x => [x.Past("CompletedOn", "The day of the last review", i => i.CompletedOn, [(s, _) => DatedFacts.PlanSent(s)], [(s, _) => DatedFacts.TakenOver(s)])],
    };

    internal override void Decide(Deciding d)
    {
        if (InputChecks.At(d, "Recording a past review", Stage.PlanIssued)
            && d.Require(d.State.TakenOver is not null, "not-taken-over", "The plan was issued here, so its reviews are on record.")
            && d.Require(d.State.TakenOver!.Plan is not { LastReviewedOn: null, NeverReviewed: false } and { } plan ? plan.LastReviewedOn != CompletedOn : true, "already-recorded", "This review is already on record.")
            && InputChecks.Text(d, Source, "The source of this information"))
        {
            d.Happened(new PastReviewRecorded(CompletedOn, Source));
            TakingOver.RecordPassedLimits(d);
            TakingOver.Settle(d);
        }
    }
}

/// <summary>The council learned when a plan that was taken over was last reviewed.</summary>
/// <param name="CompletedOn">Day of the last review, or null if the plan was never reviewed.</param>
/// <param name="Source">The source of this information.</param>
public sealed record PastReviewRecorded(DateOnly? CompletedOn, string Source) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("pastReviewRecorded", "The council learned when a plan that was taken over was last reviewed.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        TakenOver = state.TakenOver! with { Plan = state.TakenOver.Plan with { LastReviewedOn = CompletedOn, NeverReviewed = CompletedOn is null } },
    };

    public override string Describe(TimelineContext context) => CompletedOn is { } day
        ? $"Before the plan was taken over, its last review was decided on {Day(day)}."
        : "Before the plan was taken over, it had never been reviewed.";

    public override string? Note() => Source;
}
