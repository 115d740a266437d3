using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Ask the family by letter which institution it prefers after the phase transfer.</summary>
/// <param name="AnswerBy">Last day for the answer.</param>
public sealed record AskTransferPreference(DateOnly AnswerBy) : AssessmentInput, IStep<AskTransferPreference>
{
    public static StepDefinition<AskTransferPreference> Definition { get; } = new("ask-transfer-preference", "Ask the family which institution it prefers")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 ss19, 38; SEND Regs 2014 reg 18",
        Example = """{ "answerBy": "2026-10-16" }""",
        Days = x => [x.Planned("AnswerBy", "The last day for the answer", i => i.AnswerBy, (s, _) => DatedFacts.PlanSent(s))],
    };

    internal override void Decide(Deciding d)
    {
        if (MaintainedPlan.Require(d, "Asking for a preference")
            && Detentions.RequireNotDetained(d, "Asking for a preference")
            && d.Require(PhaseTransfers.Awaited(d.State) is not null, "no-transfer", "No phase transfer is on record. Record the transfer first.")
            && d.Require(PhaseTransfers.SentOn(d.State) is null, "plan-sent", "The plan that names the place has already been sent.")
            && d.Require(AnswerBy > d.Today, "no-time-to-answer", "The family needs time to answer. Choose a last day in the future.")
            && d.Require(d.State.Notices.All(n => n.Kind != NoticeKind.PreferenceAsked || n.SentOn is not null), "not-sent", "The previous letter has not been sent to everybody yet."))
        {
            d.Happened(new TransferPreferenceAsked(WorkingLetters.Next(d, NoticeKind.PreferenceAsked, RecipientRole.Family).Occasion!.Value, AnswerBy));
            WorkingLetters.AskFamily(d, NoticeKind.PreferenceAsked, null, AnswerBy, null);
        }
    }
}

/// <summary>A letter asks the family which institution it prefers after the phase transfer.</summary>
/// <param name="Letter">Number of the letter among the letters that asked the family for its preference.</param>
/// <param name="AnswerBy">Last day for the answer.</param>
public sealed record TransferPreferenceAsked(int Letter, DateOnly AnswerBy) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("transferPreferenceAsked", "A letter asks the family which institution it prefers after the phase transfer.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { PhaseTransfers = [.. state.PhaseTransfers.SkipLast(1), state.PhaseTransfers[^1] with { Letter = Letter }] };

    public override string Describe(TimelineContext context) => $"The family is asked by letter which institution it prefers. The last day for the answer is {Day(AnswerBy)}.";
}
