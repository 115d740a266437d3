using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The detentions of a child or young person, which determine the rule set that applies.</summary>
public static class Detentions
{
    /// <summary>The id of the task to arrange the provision during the detention (CFA 2014 s74(4)).</summary>
    internal const string ProvisionTask = "kept-provision";

    /// <summary>The id of the task to hold a monitoring meeting, if a review was overdue when the detention began.</summary>
    internal const string MonitoringTask = "monitoring-meeting";

    /// <summary>The id of the task to review the plan after the release (CFA 2014 s48).</summary>
    internal const string ReviewTask = "review-after-release";

    /// <summary>The current detention, or null if the child or young person is not detained.</summary>
    public static Detention? Current(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Detentions.Count > 0 && state.Detentions[^1] is { ReleasedOn: null } current ? current : null;
    }

    /// <summary>Whether the rules for detained people applied on a day: from the first day of a detention until the day before the release.</summary>
    internal static bool Covers(AssessmentState state, DateOnly day)
    {
        for (var n = 0; n < state.Detentions.Count; n++)
        {
            if (state.Detentions[n].From <= day && !(state.Detentions[n].ReleasedOn <= day))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether, on the given day, a plan was being kept for a detained person.</summary>
    internal static bool WasKeptOn(AssessmentState state, DateOnly day) => state.FinalPlanSentOn <= day && Covers(state, day);

    /// <summary>The recipients who are notified because the child or young person is detained; empty if nobody is detained.</summary>
    internal static IReadOnlyList<(RecipientRole To, Agency Agency)> Recipients(AssessmentState state) => Current(state) is not { } current
        ? []
        :
        [
            (RecipientRole.PersonInCharge, current.Accommodation),
            (RecipientRole.HealthServicesCommissioner, current.HealthServicesCommissioner),
            (RecipientRole.YouthOffendingTeam, current.YouthOffendingTeam),
        ];

    /// <summary>What the statutory clock must know about the last detention, or null if no plan was kept during it.</summary>
    /// <param name="state">The case.</param>
    /// <param name="planIssued">The day on which the family was sent the final plan.</param>
    /// <param name="lastReviewed">The day on which the last review was completed.</param>
    internal static DetentionFact? Fact(AssessmentState state, DateOnly? planIssued, DateOnly? lastReviewed)
    {
        if (state.Detentions.Count == 0 || (planIssued ?? state.TakenOver?.Plan.IssuedOn) is not { } made)
        {
            return null;
        }

        var last = state.Detentions[^1];
        var monitored = lastReviewed ?? state.TakenOver?.Plan.LastReviewedOn ?? made;
        for (var n = 0; n < state.Acts.Count; n++)
        {
            monitored = state.Acts[n] is { Act: Act.MonitoringMeetingHeld, On: var on } && on > monitored ? on : monitored;
        }

        return new DetentionFact(last.HadPlan ? last.AwareOn : null, made > last.From ? made : last.From, monitored, last.ReleasedOn);
    }

    /// <summary>Refuses a step that is not possible while the child or young person is detained, because the plan is then kept unchanged
    /// (CFA 2014 ss70(1), 74).</summary>
    internal static bool RequireNotDetained(Deciding d, string whatFor) => d.Require(
        Current(d.State) is null,
        "detained",
        $"{whatFor} is not possible now: the child or young person is detained, and the plan is kept unchanged until the release. If there has been a release, record it with record-release.");
}
