using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Council;

/// <summary>One time limit and its status today.</summary>
public sealed record LimitView
{
    /// <summary>Name of the limit within the assessment, for instance <c>finalPlan</c> or <c>advice:medical-1</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The work that must be done within the time limit.</summary>
    public required string Title { get; init; }

    /// <summary>Day from which the limit runs.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day, before any exception; absent for "as soon as practicable".</summary>
    public DateOnly? Due { get; init; }

    /// <summary>The status of the limit today.</summary>
    public required LimitStatus Standing { get; init; }

    /// <summary>Day on which the limit was met.</summary>
    public DateOnly? MetOn { get; init; }

    /// <summary>Who or what the work is waiting for.</summary>
    public required IReadOnlyList<string> Awaits { get; init; }

    /// <summary>Grounds on which the limit need not be met.</summary>
    public required IReadOnlyList<string> RelievedBy { get; init; }

    /// <summary>Whether the limit is set by statute, by the Code or by planning.</summary>
    public required Binding Binding { get; init; }

    /// <summary>Citation of the rule.</summary>
    public required string Citation { get; init; }

    /// <summary>False while part of the rule has not yet been checked against the text of the law.</summary>
    public required bool Verified { get; init; }

    internal static IReadOnlyList<LimitView> Of(AssessmentState state, DateOnly today, Rules rules) =>
        [.. Limits.Of(state, today, rules).Select(Of)];

    /// <summary>The time limits that people who only run the hub are shown.</summary>
    internal static IReadOnlyList<LimitView> ForOperations(AssessmentState state, DateOnly today, Rules rules) =>
        [.. OperationsSight.Of(state).LimitsOf(state, today, rules).Select(Of)];

    private static LimitView Of(LimitProgress progress) => new()
    {
        Key = progress.Limit.Key,
        Title = progress.Limit.Title,
        From = progress.Limit.From,
        Due = progress.Limit.Due,
        Standing = progress.Standing,
        MetOn = progress.MetOn,
        Awaits = progress.Awaits,
        RelievedBy = [.. progress.Limit.RelievedBy.Select(Grounds.Name)],
        Binding = progress.Limit.Binding,
        Citation = progress.Limit.Citation,
        Verified = progress.Limit.Verified,
    };
}
