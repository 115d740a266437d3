using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Sends reminders of the council's own duties automatically, so that nobody has to remember, for example, an order to amend a plan.
/// </summary>
internal static class DutyChasing
{
    /// <summary>
    /// Whether reminders are sent for a time limit. Reminders are sent for limits that the council or the ICB meets by a notice or another
    /// action, except for limits that appear only in the work lists.
    /// </summary>
    internal static bool IsChased(Limit limit, ChaseLadder ladder) =>
        limit is { ReplacedOn: null, Due: not null, Rule.Binding: not Binding.Planning, Rule.MetBy: { By: Party.Council or Party.IntegratedCareBoard, Kind: MetByKind.Notice or MetByKind.Act } }
        && !ladder.IsShownOnlyInLists(limit.RuleKey);

    internal static void TakeDueSteps(Deciding d, IReadOnlyList<Limit> limits)
    {
        if (d.State.ChasingPausedUntil >= d.Today)
        {
            return;
        }

        foreach (var limit in limits)
        {
            if (!IsChased(limit, d.Rules.Chase) || !IsOwed(limit, d.State, d.Today))
            {
                continue;
            }

            // The check runs in every turn, although a step of the chase ladder is rarely due.
            if (HasDueStep(d, limit))
            {
                Take(d, limit);
            }
        }
    }

    private static bool HasDueStep(Deciding d, Limit limit)
    {
        var steps = d.Rules.Chase.DutySteps;
        for (var n = 0; n < steps.Count; n++)
        {
            if (IsDue(d, limit, steps[n]))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsDue(Deciding d, Limit limit, ChaseStep step) => step.DayFor(limit.Due!.Value) is var day && day <= d.Today && !IsBefore(d.State, day) && !IsTaken(d.State, limit, step);

    private static void Take(Deciding d, Limit limit)
    {
        var due = d.Rules.Chase.DutySteps.Where(step => IsDue(d, limit, step)).ToList();
        for (var n = 0; n < due.Count; n++)
        {
            // If several steps are due at once, after an outage or because a time limit began late, each role is notified only of the last
            // step.
            var told = !due.Skip(n + 1).Any(later => later.To == due[n].To);
            d.Happened(new DutyChased(Limits.MissedKey(limit), due[n].Key, limit.Due!.Value, due[n].To, told));
            if (told)
            {
                d.AddEffect(new RemindOfDuty(Limits.MissedKey(limit), due[n].Key, due[n].To));
            }
        }
    }

    /// <summary>The first day on which a step of the chase ladder is due, or null if there are no more steps.</summary>
    internal static DateOnly? NextDay(AssessmentState state, DateOnly today, IReadOnlyList<Limit> limits, Rules rules)
    {
        DateOnly? next = null;
        foreach (var limit in limits)
        {
            if (!IsChased(limit, rules.Chase) || !IsOwed(limit, state, today))
            {
                continue;
            }

            foreach (var step in rules.Chase.DutySteps)
            {
                if (step.DayFor(limit.Due!.Value) is var day && !(next <= day) && !IsBefore(state, day) && !IsTaken(state, limit, step))
                {
                    next = day;
                }
            }
        }

        return next <= state.ChasingPausedUntil ? state.ChasingPausedUntil?.AddDays(1) : next;
    }

    /// <summary>The name under which a step of the chase ladder for a time limit is recorded.</summary>
    internal static string Taken(string limit, string step) => $"{limit}/{step}";

    // Time limits that had expired before the plan was taken over are shown in the lists as overdue, but nobody is sent a reminder of them.
    private static bool IsOwed(Limit limit, AssessmentState state, DateOnly today) =>
        !(limit.Due < (state.TakenOver?.On ?? state.TakenUnderWay?.On)) && Limits.Progress(limit, state, today).Standing is LimitStatus.Open or LimitStatus.Missed;

    // Steps that fell due before an assessment was taken over were the responsibility of the earlier system.
    private static bool IsBefore(AssessmentState state, DateOnly day) => day <= state.TakenUnderWay?.On;

    private static bool IsTaken(AssessmentState state, Limit limit, ChaseStep step) =>
        state.ChasedDuties.Count > 0 && state.ChasedDuties.Contains(Taken(Limits.MissedKey(limit), step.Key));
}
