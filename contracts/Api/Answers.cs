using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Api;

/// <summary>One limit and how it stands today.</summary>
public sealed record Limit
{
    /// <summary>Name within the assessment, for instance <c>finalPlan</c> or <c>advice:medical-1</c>.</summary>
    public required string Key { get; init; }

    /// <summary>The work.</summary>
    public required string Title { get; init; }

    /// <summary>Day it runs from.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day; absent for "as soon as practicable". No exception ever changes it.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>How it stands.</summary>
    public required LimitStanding Standing { get; init; }

    /// <summary>Day it was met.</summary>
    public DateOnly? MetOn { get; init; }

    /// <summary>Who or what it is waiting for.</summary>
    public required IReadOnlyList<string> Awaits { get; init; }

    /// <summary>Grounds on which it may be missed.</summary>
    public required IReadOnlyList<string> RelievedBy { get; init; }

    /// <summary>Statute, Code or planning.</summary>
    public required Binding Binding { get; init; }

    /// <summary>Its citation.</summary>
    public required string Citation { get; init; }

    /// <summary>Whether the rule was checked against the text of the law.</summary>
    public required bool Verified { get; init; }
}

/// <summary>Something that a person must look at.</summary>
public sealed record Attention
{
    /// <summary>Unique within the assessment.</summary>
    public required string Id { get; init; }

    /// <summary>What must be done, without personal data.</summary>
    public required string Text { get; init; }

    /// <summary>Day it arose.</summary>
    public required DateOnly Since { get; init; }
}

/// <summary>An effect that failed permanently.</summary>
public sealed record FailedEffect
{
    /// <summary>Its id.</summary>
    public required string EffectId { get; init; }

    /// <summary>What it was.</summary>
    public required JsonElement Effect { get; init; }

    /// <summary>How it ended.</summary>
    public required EffectEnd End { get; init; }

    /// <summary>What went wrong, without personal data.</summary>
    public string? Detail { get; init; }

    /// <summary>Day it ended.</summary>
    public required DateOnly On { get; init; }
}

/// <summary>One effect and its state.</summary>
public sealed record CaseEffect
{
    /// <summary>Its id, which travels with it.</summary>
    public required string Id { get; init; }

    /// <summary>What it does: references, no content.</summary>
    public required JsonElement Effect { get; init; }

    /// <summary>When it was decided, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Attempts made.</summary>
    public required int Attempts { get; init; }

    /// <summary>How it ended; absent while it is open.</summary>
    public EffectEnd? End { get; init; }

    /// <summary>The detail of the last attempt.</summary>
    public string? LastDetail { get; init; }

    /// <summary>When it is tried next, UTC.</summary>
    public DateTimeOffset? NextAt { get; init; }
}

/// <summary>Result of an accepted input. A refused one is answered with a problem.</summary>
public sealed record InputAnswer
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>Its version after the input.</summary>
    public required long Version { get; init; }

    /// <summary>The stage after it.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The same in one line.</summary>
    public required string Status { get; init; }
}

/// <summary>One line of a timeline.</summary>
public sealed record TimelineLine
{
    /// <summary>Event number.</summary>
    public required long Sequence { get; init; }

    /// <summary>When it was decided, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened, in plain English, without the child's details.</summary>
    public required string Text { get; init; }

    /// <summary>Who caused it: a role or an agency.</summary>
    public required string By { get; init; }

    /// <summary>On whose behalf.</summary>
    public string? OnBehalfOf { get; init; }

    /// <summary>Reasons in somebody's own words; for the council only.</summary>
    public string? Note { get; init; }
}
