using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The final plan has been sent to the family, the institution and the ICB; the last of the three was sent the plan on this
/// day.</summary>
public sealed record FinalPlanSent(int Version, DateOnly On) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("finalPlanSent", "The final plan has been sent to the family, the institution and the ICB; the last of the three was sent the plan on this day.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Stage = Stage.PlanIssued, FinalPlanSentOn = On };

    public override string Describe(TimelineContext context) => FormattableString.Invariant($"The final plan (version {Version}) has been sent to everybody who must have it. The last copy was sent on {Day(On)}.");

    /// <summary>Whether the final plan was ever sent to anybody in the family, even if it did not arrive.</summary>
    internal static bool WasSentToFamily(AssessmentState state) => state.Notices.Concat(state.EndedNotices).Any(n =>
        n is { Kind: NoticeKind.FinalPlan, To: RecipientRole.Family } && (n.SentOn is not null || n.NotArrived is not null || n.Setbacks is { Count: > 0 }));

    /// <summary>Records that the final plan was sent to everybody. The 20 weeks are met by sending the final plan to the family, the
    /// institution and the ICB (ss39(8), 40(5); reg 13(2)), not by finalising it.</summary>
    internal static void NoteWhenAllAreSent(Deciding d)
    {
        var notices = d.State.Notices.Where(n => n.Kind == NoticeKind.FinalPlan).ToList();
        if (d.State.Stage == Stage.Finalising && notices.TrueForAll(n => n.SentOn is not null))
        {
            d.Happened(new FinalPlanSent(d.State.NewestPlan!.Version, notices.Max(n => n.SentOn!.Value)));
            d.AddEffect(new PublishStatus(d.State.Stage));
        }
    }
}
