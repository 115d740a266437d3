using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Tell the family by letter that this council now maintains the other council's plan, whether there will be an assessment, and
/// when the plan is reviewed.</summary>
/// <param name="WillAssess">Whether the council will assess.</param>
/// <param name="ReviewBy">The day by which the council will review the plan.</param>
public sealed record NotifyOfTransfer(bool WillAssess, DateOnly ReviewBy) : AssessmentInput, IStep<NotifyOfTransfer>
{
    /// <summary>Id of the task to agree to re-assess, if the family is told of an assessment.</summary>
    internal const string AssessTask = "assess-after-transfer";

    public static StepDefinition<NotifyOfTransfer> Definition { get; } = new("tell-of-transfer", "Tell the family what follows the transfer from another council")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "SEND Regs 2014 reg 15(4)",
        Example = """{ "willAssess": false, "reviewBy": "2027-05-28" }""",
        Days = x => [x.Planned("ReviewBy", "The day by which the plan is reviewed", i => i.ReviewBy, (s, _) => DatedFacts.TakenOver(s))],
    };

    internal override void Decide(Deciding d)
    {
        var due = Limits.All(d.State, d.Rules).FirstOrDefault(l => l.RuleKey == "transferReview")?.Due;
        if (MaintainedPlan.Require(d, "Telling the family about the transfer")
            && d.Require(d.State.TakenOver is { Plan.TransferredOn: not null }, "not-transferred", "No other council transferred this plan.")
            && d.Require(ReviewBy > d.Today, "day-passed", "The day of the review is in the past. Give a day after today.")
            && d.Require(!(ReviewBy > due) || due < d.Today, "review-too-late", $"The law requires the review by {(due is { } last ? Words.Day(last, true) : "")}. Give that day or an earlier day.")
            && d.Require(d.State.Notices.All(n => n.Kind != NoticeKind.TransferTold || n.SentOn is not null), "not-sent", "The previous letter has not been sent to everybody yet."))
        {
            d.Happened(new SettledAfterTransfer(d.Today, WillAssess, ReviewBy));
            WorkingLetters.AskFamily(d, NoticeKind.TransferTold, null, ReviewBy, null);
            if (WillAssess && !Reassessments.IsUnderWay(d.State))
            {
                d.AskAttention(AssessTask, "The family is told that there will be an assessment after the transfer. Agree to re-assess (agree-reassessment). The time for the assessment runs from then.");
            }
        }
    }
}

/// <summary>The council decided what follows the transfer of the plan from another council.</summary>
/// <param name="On">Day of the decision.</param>
/// <param name="WillAssess">Whether the council will assess.</param>
/// <param name="ReviewBy">The day by which the council will review the plan.</param>
public sealed record SettledAfterTransfer(DateOnly On, bool WillAssess, DateOnly ReviewBy) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("settledAfterTransfer", "The council decided what follows the transfer of the plan from another council.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { TakenOver = state.TakenOver! with { After = new AfterTransfer(On, WillAssess, ReviewBy) } };

    public override string Describe(TimelineContext context) => $"The council decided on {Day(On)} that there will {(WillAssess ? "be an" : "be no")} assessment after the transfer, and that the plan will be reviewed by {Day(ReviewBy)}.";
}
