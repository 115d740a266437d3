using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.PersonalData.Retention;

/// <summary>One case that a rule, or a decision on a person's request, would erase.</summary>
/// <param name="Case">The case.</param>
/// <param name="Version">The number of its events: anything that happens in it makes it a different row.</param>
/// <param name="Rule">The rule.</param>
/// <param name="Due">First day on which the rule erases it.</param>
/// <param name="HeldBy">What holds it, in words; empty where nothing does.</param>
public sealed record RetentionRow(AssessmentId Case, long Version, string Rule, DateOnly Due, IReadOnlyList<string> HeldBy);

/// <summary>What would be erased and what holds it. Nothing is erased until a person confirms exactly this list.</summary>
/// <param name="Council">The council.</param>
/// <param name="Rows">The rows, in order of the cases.</param>
public sealed record RetentionList(LocalAuthorityCode Council, IReadOnlyList<RetentionRow> Rows)
{
    /// <summary>The rule of a case that is erased because a person asked for it and the council agreed (UK GDPR art 17).</summary>
    public const string OnRequest = "on-request";

    /// <summary>The rows that nothing holds.</summary>
    public IReadOnlyList<RetentionRow> Free => [.. Rows.Where(row => row.HeldBy.Count == 0)];

    /// <summary>Fingerprint of what would be erased: a different list has a different one.</summary>
    public string Fingerprint => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Free.Select(row =>
        FormattableString.Invariant($"{row.Case} {row.Version} {row.Rule} {row.Due:yyyy-MM-dd}"))))))[..16];

    /// <summary>The row of a case by the rules of its council; null where no rule erases it yet.</summary>
    /// <param name="state">The case.</param>
    /// <param name="retention">The council's rules.</param>
    /// <param name="rules">The law, for the time to appeal.</param>
    /// <param name="hold">Why somebody holds it.</param>
    /// <param name="today">Today.</param>
    public static RetentionRow? RowOf(AssessmentState state, CouncilRetention retention, Rules rules, string? hold, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(retention);
        if (state.Facts is not { } facts || retention.Rules.FirstOrDefault(rule => rule.Cases == KindOf(state)) is not { } rule)
        {
            return null;
        }

        // An open case is listed too once the age alone is reached, with what holds it: somebody may have forgotten to end it.
        var due = rule.From(facts.Child.DateOfBirth, EndedOn(state) ?? facts.ReceivedOn);
        return due <= today ? new RetentionRow(state.Id, state.Version, rule.Key, due, Holds(state, rules, hold, today)) : null;
    }

    /// <summary>The row of a case whose child asked for erasure, or for whom it was asked.</summary>
    public static RetentionRow Requested(AssessmentState state, Rules rules, string? hold, DateOnly today) =>
        new(state.Id, state.Version, OnRequest, today, Holds(state, rules, hold, today));

    /// <summary>The day on which nothing more is done in a case; null while it is open or its plan is maintained.</summary>
    public static DateOnly? EndedOn(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return !state.Stage.HasEnded() || MaintainedPlan.IsHere(state) ? null
            : state.Stage == Stage.PlanIssued ? state.Ceasing?.CeasedOn ?? MaintainedPlan.HandedOn(state)
            : state.EndedOn;
    }

    private static RetainedCases KindOf(AssessmentState state) => state.Plans.Count > 0 || state.TakenOver is not null ? RetainedCases.WithPlan : RetainedCases.WithoutPlan;

    private static IReadOnlyList<string> Holds(AssessmentState state, Rules rules, string? hold, DateOnly today)
    {
        var held = new List<string>();
        if (hold is not null)
        {
            held.Add($"held: {hold}");
        }

        if (EndedOn(state) is null)
        {
            held.Add(state.Stage == Stage.PlanIssued ? "the plan is maintained" : "the case is open");
        }

        if (state.Appeal is [.., { Step: AppealStep.Registered }])
        {
            held.Add("an appeal is not decided");
        }

        if (Limits.Of(state, today, rules).Any(one => one.Limit.Rule is { Starts: StartEvent.AppealableNoticeSent, TribunalTime: true } && one.Limit.Due >= today))
        {
            held.Add("the time to appeal has not ended");
        }

        if (state.MovingTo is not null && MaintainedPlan.HandedOn(state) is null && state.Stage == Stage.PlanIssued)
        {
            held.Add("the plan has not been handed on");
        }

        return held;
    }
}
