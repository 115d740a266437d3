using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Api;

/// <summary>One time limit and its state.</summary>
public sealed record Limit
{
    /// <summary>Name of the limit, for instance <c>finalPlan</c> or <c>advice:medical-1</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The task.</summary>
    public required string Title { get; init; }

    /// <summary>Day from which the limit runs.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day; absent for "as soon as practicable". Exceptions do not change the last day.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>State of the limit.</summary>
    public required LimitStatus Standing { get; init; }

    /// <summary>Day on which the limit was met.</summary>
    public DateOnly? MetOn { get; init; }

    /// <summary>Who or what the limit is waiting for.</summary>
    public required IReadOnlyList<string> Awaits { get; init; }

    /// <summary>Grounds for not meeting the limit.</summary>
    public required IReadOnlyList<string> RelievedBy { get; init; }

    /// <summary>Statute, Code or planning.</summary>
    public required Binding Binding { get; init; }

    /// <summary>Citation of the law.</summary>
    public required string Citation { get; init; }

    /// <summary>Whether the rule was checked against the text of the law.</summary>
    public required bool Verified { get; init; }
}

/// <summary>A matter that an officer must deal with.</summary>
public sealed record Attention
{
    /// <summary>Unique within the assessment.</summary>
    public required string Id { get; init; }

    /// <summary>What the officer must do, without personal data.</summary>
    public required string Text { get; init; }

    /// <summary>Day on which the matter arose.</summary>
    public required DateOnly Since { get; init; }
}

/// <summary>An effect that failed permanently.</summary>
public sealed record FailedEffect
{
    /// <summary>Id of the effect.</summary>
    public required string EffectId { get; init; }

    /// <summary>The effect.</summary>
    public required JsonElement Effect { get; init; }

    /// <summary>How the effect ended.</summary>
    public required EffectOutcome End { get; init; }

    /// <summary>What went wrong, without personal data.</summary>
    public string? Detail { get; init; }

    /// <summary>Day of the failure.</summary>
    public required DateOnly On { get; init; }
}

/// <summary>One effect and its state.</summary>
public sealed record CaseEffect
{
    /// <summary>Id of the effect.</summary>
    public required string Id { get; init; }

    /// <summary>The effect (references, not content).</summary>
    public required JsonElement Effect { get; init; }

    /// <summary>Time of the decision, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Number of attempts so far.</summary>
    public required int Attempts { get; init; }

    /// <summary>How the effect ended; absent while open.</summary>
    public EffectOutcome? End { get; init; }

    /// <summary>Details of the last attempt.</summary>
    public string? LastDetail { get; init; }

    /// <summary>Time of the next attempt, UTC.</summary>
    public DateTimeOffset? NextAt { get; init; }
}

/// <summary>Result of an accepted input. A refused input is answered with a problem document.</summary>
public sealed record InputAnswer
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>Version of the assessment after the input.</summary>
    public required long Version { get; init; }

    /// <summary>Stage of the assessment after the input.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The stage as text.</summary>
    public required string Status { get; init; }
}

/// <summary>One line of a timeline.</summary>
public sealed record TimelineLine
{
    /// <summary>Number of the event.</summary>
    public required long Sequence { get; init; }

    /// <summary>Time of the decision, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, in plain English, without the child's details.</summary>
    public required string Text { get; init; }

    /// <summary>Who caused it: a role or an agency.</summary>
    public required string By { get; init; }

    /// <summary>The person on whose behalf the action was taken.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>Reasons in the writer's own words; for the council only.</summary>
    public string? Note { get; init; }
}
