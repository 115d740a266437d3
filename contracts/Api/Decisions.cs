namespace IntegrationHub.Contracts.Api;

/// <summary>A decision of the council.</summary>
public sealed record MadeDecision
{
    /// <summary>To assess; to issue a plan.</summary>
    public required bool Yes { get; init; }

    /// <summary>Day.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Reasons.</summary>
    public required string Reasons { get; init; }
}

/// <summary>An exception that was claimed.</summary>
public sealed record ClaimedException
{
    /// <summary>Unique within the assessment.</summary>
    public required string Id { get; init; }

    /// <summary>The ground.</summary>
    public required Ground Ground { get; init; }

    /// <summary>First day, inclusive.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive.</summary>
    public required DateOnly To { get; init; }

    /// <summary>Its evidence.</summary>
    public required string Evidence { get; init; }

    /// <summary>Why it made the limit impractical to meet.</summary>
    public required string WhyImpractical { get; init; }

    /// <summary>Day it was claimed.</summary>
    public required DateOnly ClaimedOn { get; init; }

    /// <summary>Who decided.</summary>
    public required string ClaimedBy { get; init; }

    /// <summary>Whether it was withdrawn and relieves nothing.</summary>
    public required bool TakenBack { get; init; }
}

/// <summary>A step of mediation on record.</summary>
public sealed record MediationTaken
{
    /// <summary>The step.</summary>
    public required MediationStep Step { get; init; }

    /// <summary>Its day.</summary>
    public required DateOnly On { get; init; }

    /// <summary>For an agreement: what it requires.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>For an agreement: the day agreed in writing, reg 42.</summary>
    public DateOnly? OtherDate { get; init; }
}

/// <summary>A step of an appeal on record.</summary>
public sealed record AppealTaken
{
    /// <summary>The step.</summary>
    public required AppealStep Step { get; init; }

    /// <summary>Its day; for an order the day it was sent out.</summary>
    public required DateOnly On { get; init; }

    /// <summary>For an order or a concession: what it requires.</summary>
    public Remedy? Remedy { get; init; }

    /// <summary>The day that the Tribunal directed.</summary>
    public DateOnly? OtherDate { get; init; }

    /// <summary>
    /// For a concession: whether it came before the council's response, so that reg 45 sets the limits. Absent on steps recorded before this member
    /// existed, and then read as true.
    /// </summary>
    public bool? InTime { get; init; }
}

/// <summary>A day that the tribunal set.</summary>
public sealed record TribunalDay
{
    /// <summary>Purpose.</summary>
    public required TribunalDayFor For { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly Day { get; init; }
}

/// <summary>A recommendation of the tribunal on health or social care.</summary>
public sealed record Recommendation
{
    /// <summary>Day of receipt.</summary>
    public required DateOnly ReceivedOn { get; init; }

    /// <summary>The body it is made to.</summary>
    public required string MadeTo { get; init; }
}

/// <summary>An act that was recorded as done.</summary>
public sealed record ActDone
{
    /// <summary>The act.</summary>
    public required Act Act { get; init; }

    /// <summary>Its day.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What was done, in the words of the person who recorded it.</summary>
    public required string What { get; init; }

    /// <summary>For a remedy that was carried out: which one.</summary>
    public Remedy? Remedy { get; init; }
}
