namespace IntegrationHub.Contracts.Plans;

/// <summary>Why a case officer changed a plan. After the draft is sent, only representations and placement may change it (Code
/// 9.125).</summary>
public enum PlanEditCause
{
    /// <summary>Advice was received only as a document, and an officer entered its content.</summary>
    AdviceReadIn,

    /// <summary>The family's representations on the draft.</summary>
    FamilyRepresentation,

    /// <summary>The decision about the placement.</summary>
    Placement,

    /// <summary>The officer's own drafting.</summary>
    Officer,
}

/// <summary>One change to one line of a plan: who made it, when, why, and what it replaced. The members for unchanged parts are
/// null.</summary>
public sealed record LineChange
{
    /// <summary>Id of the edit that made the change.</summary>
    public required string Edit { get; init; }

    /// <summary>The officer who made the change.</summary>
    public required string By { get; init; }

    /// <summary>The day of the change.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The cause of the change.</summary>
    public required PlanEditCause Cause { get; init; }

    /// <summary>The reason the officer gave.</summary>
    public required string Reason { get; init; }

    /// <summary>The text of the line before the change.</summary>
    public string? TextBefore { get; init; }

    /// <summary>Who provided the help before the change; empty if nobody was named.</summary>
    public string? WhoBefore { get; init; }

    /// <summary>How often the help was provided before the change; empty if not stated.</summary>
    public string? HowOftenBefore { get; init; }

    /// <summary>How long each session lasted before the change; empty if not stated.</summary>
    public string? HowLongBefore { get; init; }

    /// <summary>The section that contained the line before the change.</summary>
    public PlanSectionLetter? SectionBefore { get; init; }
}

/// <summary>A line of advice, or an edit, that is not in the plan.</summary>
/// <param name="Id">Id of the line, <c>advice-id/line-id</c>, or of the edit.</param>
/// <param name="Reason">Why the line was left out.</param>
public sealed record LeftOutLine(string Id, string Reason)
{
    /// <summary>The section to which the line would have belonged.</summary>
    public PlanSectionLetter? Section { get; init; }

    /// <summary>The text of the line, so that nothing an author wrote is lost.</summary>
    public string? Text { get; init; }

    /// <summary>The advice that the line came from, or null for the council's own records.</summary>
    public string? Source { get; init; }

    /// <summary>The officer who removed the line, or null if a rule removed it.</summary>
    public string? RemovedBy { get; init; }
}
