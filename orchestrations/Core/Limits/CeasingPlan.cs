using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>How long a plan that is to cease must still be maintained (CFA 2014 s45(4)).</summary>
public static class CeasingPlan
{
    /// <summary>
    /// The earliest day on which the duty to maintain the plan can end, as far as is known, or null if the family has not been sent the
    /// notice or an appeal has not been decided.
    /// </summary>
    public static DateOnly? MaintainedUntil(AssessmentState state, Rules rules) => Ceasings.DecidedOn(state) is not { } decided || !IsSent(state, decided) || Ceasings.AppealIsPending(state)
        ? null
        : Appeals.LetStand(state, decided) is { } determined
            ? determined.On
            : Limits.All(state, rules).FirstOrDefault(l => l.Rule.Starts == StartEvent.AppealableNoticeSent && l.Rule.TribunalTime)?.Due;

    /// <summary>Describes a plan that is to cease, has ceased or was transferred; null for any other plan.</summary>
    public static string? InWords(AssessmentState state, Rules rules) => state.Ceasing?.CeasedOn is { } ceased
        ? $"The plan has not been maintained since {Words.Day(ceased, true)}."
        : MaintainedPlan.HandoverDay(state) is { } handedOn ? $"The plan was transferred on {Words.Day(handedOn, true)}. Another council maintains the plan now."
        : Ceasings.DecidedOn(state) is null ? null
        : Ceasings.AppealIsPending(state) ? "The council decided to cease the plan. The plan is maintained, with all the help in it, until the appeal is decided."
        : MaintainedUntil(state, rules) is { } last ? $"The council decided to cease the plan. The plan is maintained, with all the help in it, until at least the end of {Words.Day(last, true)}, and until any appeal is decided."
        : "The council decided to cease the plan. The plan is maintained, with all the help in it, because the family has not been sent the notice.";

    /// <summary>Id of the task that asks an officer whether the plan has ceased.</summary>
    internal static string AttentionId => "plan-may-have-ceased";

    /// <summary>Asks an officer whether the plan has ceased, once it seems that the plan no longer has to be maintained, because only an
    /// officer can find out whether an appeal has been made.</summary>
    internal static void AskWhenTimeEnded(Deciding d)
    {
        if (IsOpen(d.State) && MaintainedUntil(d.State, d.Rules) is { } last && last < d.Today && d.State.Attention.All(a => a.Id != AttentionId))
        {
            d.AskAttention(AttentionId, $"The time to appeal against ceasing the plan ended on {Words.Day(last, true)}. Ask the Tribunal whether an appeal has been made. If not, record that the plan has ceased.");
        }
    }

    /// <summary>The day on which an officer will be asked whether the plan has ceased, or null if there is nothing to ask.</summary>
    internal static DateOnly? NextDay(AssessmentState state, DateOnly today, Rules rules) =>
        IsOpen(state) && MaintainedUntil(state, rules) is { } last && last >= today ? last.AddDays(1) : null;

    private static bool IsOpen(AssessmentState state) => MaintainedPlan.IsMaintainedHere(state) && Detentions.Current(state) is null && state.Reviews.Count + (state.Ceasing is null ? 0 : 1) > 0 && Ceasings.DecidedOn(state) is not null;

    private static bool IsSent(AssessmentState state, DateOnly decided) =>
        state.Notices.Any(n => n is { Kind: NoticeKind.PlanCeases, To: RecipientRole.Family } && n.SentOn >= decided)
        && state.Notices.All(n => n is not { Kind: NoticeKind.PlanCeases, To: RecipientRole.Family, SentOn: null });
}
