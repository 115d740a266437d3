namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>An outcome as an earlier SEN2 return had it.</summary>
/// <param name="Code">Its code.</param>
/// <param name="On">Its day; null where the return gives none.</param>
/// <param name="Mediation">There was mediation about it.</param>
/// <param name="Tribunal">There was an appeal about it.</param>
public sealed record EarlierOutcome(string Code, DateOnly? On, bool Mediation, bool Tribunal);

/// <summary>
/// What an earlier system reported to DfE about the making of a plan, before the plan was taken over. Nothing is decided from it; the hub's own return
/// repeats it.
/// </summary>
public sealed record EarlierReturn
{
    /// <summary>Year of the census.</summary>
    public required int Year { get; init; }

    /// <summary>Whether to assess.</summary>
    public required EarlierOutcome Request { get; init; }

    /// <summary>Whether to make a plan.</summary>
    public required EarlierOutcome Assessment { get; init; }

    /// <summary>There was mediation about something else.</summary>
    public bool OtherMediation { get; init; }

    /// <summary>There was an appeal to the Tribunal about something else.</summary>
    public bool OtherTribunal { get; init; }

    /// <summary>An exception to the 20 weeks was on record.</summary>
    public bool Exception { get; init; }

    /// <summary>Day of the last review meeting.</summary>
    public DateOnly? ReviewMeeting { get; init; }

    /// <summary>Its outcome, as the return codes it.</summary>
    public string? ReviewOutcome { get; init; }

    /// <summary>Day of the draft amended plan.</summary>
    public DateOnly? ReviewDraft { get; init; }

    /// <summary>Day by which a transfer between phases was to be planned.</summary>
    public DateOnly? PhaseTransferDue { get; init; }

    /// <summary>Day on which the plan for the transfer was finalised.</summary>
    public DateOnly? PhaseTransferFinal { get; init; }
}
