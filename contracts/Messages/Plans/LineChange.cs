namespace IntegrationHub.Contracts.Plans;

/// <summary>Why a case officer changed a plan. Code 9.125: after the draft only the second and the third may change it.</summary>
public enum PlanEditCause
{
    /// <summary>Advice came as a document only, and a person entered its content.</summary>
    AdviceReadIn,

    /// <summary>The family's representations on the draft.</summary>
    FamilyRepresentation,

    /// <summary>The decision about the placement.</summary>
    Placement,

    /// <summary>The officer's own drafting.</summary>
    Officer,
}

/// <summary>One change to one line: who, when, why, and what it replaced. A part that was not changed is null.</summary>
public sealed record LineChange
{
    /// <summary>The edit that made it.</summary>
    public required string Edit { get; init; }

    /// <summary>The officer.</summary>
    public required string By { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly On { get; init; }

    /// <summary>What caused it.</summary>
    public required PlanEditCause Cause { get; init; }

    /// <summary>The officer's reason, in words.</summary>
    public required string Reason { get; init; }

    /// <summary>The words before.</summary>
    public string? TextBefore { get; init; }

    /// <summary>Who provided it before; empty when nobody was named.</summary>
    public string? WhoBefore { get; init; }

    /// <summary>How often before; empty when not given.</summary>
    public string? HowOftenBefore { get; init; }

    /// <summary>How long before; empty when not given.</summary>
    public string? HowLongBefore { get; init; }

    /// <summary>The section in which it was before.</summary>
    public PlanSectionLetter? SectionBefore { get; init; }
}

/// <summary>A line of advice, or an edit, that is not in the plan.</summary>
/// <param name="Id">The line: <c>advice-id/line-id</c>, or the id of the edit.</param>
/// <param name="Reason">Why it was left out.</param>
public sealed record LeftOutLine(string Id, string Reason)
{
    /// <summary>The section it would have been in.</summary>
    public PlanSectionLetter? Section { get; init; }

    /// <summary>Its words, so that nothing an author wrote is lost.</summary>
    public string? Text { get; init; }

    /// <summary>The advice that it came from; null for the council's own records.</summary>
    public string? Source { get; init; }

    /// <summary>The officer who took it out; null where a rule did.</summary>
    public string? RemovedBy { get; init; }
}
