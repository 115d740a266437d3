using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>
/// The council's own duties after a decision are chased: the officer two weeks and three days before and the day after, the head of service
/// three working days after. The practice is written down here a second time.
/// </summary>
internal sealed class DutyCheck(AssessmentId id, Retelling story, LimitCheck limits, Verdict verdict, TimeSpan lateness)
{
    private static readonly TimeOnly Morning = new(6, 0);

    private static readonly (string Key, int Days, bool Working, string To)[] Steps =
    [
        ("duty-remind-2-weeks-before", -14, false, "case officer"),
        ("duty-remind-3-days-before", -3, false, "case officer"),
        ("duty-overdue-officer", 1, false, "case officer"),
        ("duty-overdue-head-of-service", 3, true, "head of service"),
    ];

    // Of the first twenty weeks the lists tell every morning; what others must do is not the council's to be reminded of.
    private static readonly HashSet<string> Alone = new(StringComparer.Ordinal)
    {
        "firstReview", "reversalNoPlan", "reversalFinalPlan", "appealResponse", "passHealthIssuesToIcb", "arrangeMediation", "arrangeHealthMediation",
        "reviewInvite", "reviewPapers", "reviewReport", "reviewDecision", "annualReview", "amendedFinal", "amendedFinalOutside", "phaseTransferPost16", "phaseTransferOther", "post16Move", "transferPlan", "transferInform", "icbChange", "icbChangeWithoutMove", "icbCannot", "dpReview", "dpReviewAtReview", "dpReviewAtReassessment", "reassessDecision", "reassessFinalPlan",
         "transferReview", "boardReportsAgreement", "carryOutMediationAgreement", "recommendationAnswer",
    };

    /// <summary>A step is taken: it must be due, and be told unless the same role hears a later one with it.</summary>
    internal void Taken(DutyChased taken, DateTimeOffset at)
    {
        var today = Calendar.Day(at);
        var limit = LimitsByHand.Of(story).Find(l => LimitCheck.Name(l) == taken.Limit);
        var step = Array.Find(Steps, s => s.Key == taken.Step);
        verdict.Holds(
            Invariant.LateRequestsAreChased,
            limit is not null && IsOwed(limit) && limit.Due == taken.Due && step.To == taken.ToRole && Day(step, limit) <= today && !IsTaken(limit, step.Key) && !(story.PausedUntil >= today),
            id,
            $"{taken.Limit} was chased by {taken.Step} on {today:yyyy-MM-dd}, which was not due");
        var later = limit is not null && Steps.Any(s => s.To == step.To && Day(s, limit) > Day(step, limit) && Day(s, limit) <= today && !IsTaken(limit, s.Key));
        verdict.Holds(Invariant.LateRequestsAreChased, taken.Told != later, id, $"{taken.Limit}: {taken.Step} was {(taken.Told ? "" : "not ")}told on {today:yyyy-MM-dd}");
    }

    /// <summary>After all that happened at one instant: every step due by now was taken, and the next one will be before the next instant.</summary>
    internal void After(DateTimeOffset at, DateTimeOffset next)
    {
        foreach (var limit in limits.Now)
        {
            if (!IsChased(limit.Key) || !IsOwed(limit))
            {
                continue;
            }

            foreach (var step in Steps)
            {
                if (IsTaken(limit, step.Key))
                {
                    continue;
                }

                var day = Day(step, limit);
                day = story.PausedUntil is { } paused && day <= paused ? paused.AddDays(1) : day;
                var by = day <= Calendar.Day(at) ? at : new DateTimeOffset(day.ToDateTime(Morning), TimeSpan.Zero);
                verdict.Holds(Invariant.LateRequestsAreChased, by + lateness >= next, id, $"{LimitCheck.Name(limit)} lacks {step.Key}, due {day:yyyy-MM-dd}");
            }
        }
    }

    private static bool IsChased(string key) => Alone.Contains(key.Split(':')[0])
        || key.StartsWith("order", StringComparison.Ordinal) || key.StartsWith("concession", StringComparison.Ordinal) || key.StartsWith("agreement", StringComparison.Ordinal);

    private static DateOnly Day((string Key, int Days, bool Working, string To) step, HandLimit limit) =>
        step.Working ? Calendar.WorkingDaysAfter(limit.Due, step.Days) : limit.Due.AddDays(step.Days);

    /// <summary>Nobody is chased for what another council had not done before it handed the plan on.</summary>
    private bool IsOwed(HandLimit limit) => !(limit.Due < story.Life.TakenOn) && IsChased(limit.Key) && limit.ReplacedOn is null && limits.Standing(limit).Open;

    private bool IsTaken(HandLimit limit, string step) => story.Dispute.Chased.Contains($"{LimitCheck.Name(limit)}/{step}");
}
