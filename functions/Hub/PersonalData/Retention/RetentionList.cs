using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.PersonalData.Retention;

/// <summary>One case that would be erased under a rule, or after a decision on a person's request.</summary>
/// <param name="Case">The case.</param>
/// <param name="Version">How many events the case has, so that a new event changes the row.</param>
/// <param name="Rule">The rule under which the case would be erased.</param>
/// <param name="Due">The first day on which the rule erases the case.</param>
/// <param name="HeldBy">The reasons why the case must be kept, or empty if there are none.</param>
public sealed record RetentionRow(AssessmentId Case, long Version, string Rule, DateOnly Due, IReadOnlyList<string> HeldBy);

/// <summary>The list of cases due to be erased, with any reasons to keep them. Nothing is erased until an officer confirms exactly this
/// list.</summary>
/// <param name="Council">The council.</param>
/// <param name="Rows">The rows, ordered by case.</param>
public sealed record RetentionList(LocalAuthorityCode Council, IReadOnlyList<RetentionRow> Rows)
{
    /// <summary>The rule for a case that is erased because a person requested this and the council agreed (UK GDPR art 17).</summary>
    public const string OnRequest = "on-request";

    /// <summary>The rows of the cases that there is no reason to keep.</summary>
    public IReadOnlyList<RetentionRow> Erasable => [.. Rows.Where(row => row.HeldBy.Count == 0)];

    /// <summary>Fingerprint of the cases that would be erased. A different list has a different fingerprint.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Erasable.Select(row =>
        FormattableString.Invariant($"{row.Case} {row.Version} {row.Rule} {row.Due:yyyy-MM-dd}"))))))[..16];

    /// <summary>The row for a case under the rules of its council, or null if no rule erases the case yet.</summary>
    /// <param name="state">The case.</param>
    /// <param name="retention">The council's rules.</param>
    /// <param name="rules">The statutory rules, for the time allowed to appeal.</param>
    /// <param name="hold">The reason for a hold on the case, or null if there is none.</param>
    /// <param name="today">Today's date.</param>
    public static RetentionRow? RowOf(AssessmentState state, CouncilRetention retention, Rules rules, string? hold, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(retention);
        if (state.Facts is not { } facts || retention.Rules.FirstOrDefault(rule => rule.Cases == KindOf(state)) is not { } rule)
        {
            return null;
        }

        // An open case is also listed when the child reaches the age in the rule. The list says that the case is open, because somebody may
        // have forgotten to end it.
        var due = rule.From(facts.Child.DateOfBirth, EndedOn(state) ?? facts.ReceivedOn);
        return due <= today ? new RetentionRow(state.Id, state.Version, rule.Key, due, Holds(state, rules, hold, today)) : null;
    }

    /// <summary>The row for a case whose erasure was requested by the child or on the child's behalf.</summary>
    public static RetentionRow Requested(AssessmentState state, Rules rules, string? hold, DateOnly today) =>
        new(state.Id, state.Version, OnRequest, today, Holds(state, rules, hold, today));

    /// <summary>The day on which a case ended, or null while the case is open or its plan is maintained.</summary>
    public static DateOnly? EndedOn(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return !state.Stage.HasEnded() || MaintainedPlan.IsMaintainedHere(state) ? null
            : state.Stage == Stage.PlanIssued ? state.Ceasing?.CeasedOn ?? MaintainedPlan.HandoverDay(state)
            : state.EndedOn;
    }

    private static RetainedCases KindOf(AssessmentState state) => state.Plans.Count > 0 || state.TakenOver is not null ? RetainedCases.WithPlan : RetainedCases.WithoutPlan;

    private static IReadOnlyList<string> Holds(AssessmentState state, Rules rules, string? hold, DateOnly today)
    {
        var held = new List<string>();
        if (hold is not null)
        {
            held.Add($"on hold ({hold})");
        }

        if (EndedOn(state) is null)
        {
            held.Add(state.Stage == Stage.PlanIssued ? "the plan is maintained" : "the case is open");
        }

        if (Appeals.AreUnderWay(state))
        {
            held.Add("an appeal has not been decided");
        }

        if (Limits.Of(state, today, rules).Any(one => one.Limit.Rule is { Starts: StartEvent.AppealableNoticeSent, TribunalTime: true } && one.Limit.Due >= today))
        {
            held.Add("the time to appeal has not ended");
        }

        if (state.MovingTo is not null && MaintainedPlan.HandoverDay(state) is null && state.Stage == Stage.PlanIssued)
        {
            held.Add("the plan has not been transferred to the new council");
        }

        return held;
    }
}
