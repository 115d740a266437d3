namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>An outcome as reported in an earlier SEN2 return.</summary>
/// <param name="Code">The code of the outcome in the return.</param>
/// <param name="On">The day of the outcome, or null if the return gives none.</param>
/// <param name="Mediation">Whether there was mediation about the decision.</param>
/// <param name="Tribunal">Whether there was an appeal against the decision.</param>
public sealed record EarlierOutcome(string Code, DateOnly? On, bool Mediation, bool Tribunal);

/// <summary>
/// What an earlier system reported to DfE about the making of a plan, before the plan was taken over. The hub repeats these facts in its
/// own return and bases no decision on them.
/// </summary>
public sealed record EarlierReturn
{
    /// <summary>The year of the census.</summary>
    public required int Year { get; init; }

    /// <summary>The outcome of the decision whether to assess.</summary>
    public required EarlierOutcome Request { get; init; }

    /// <summary>The outcome of the decision whether to make a plan.</summary>
    public required EarlierOutcome Assessment { get; init; }

    /// <summary>Whether there was mediation about another matter.</summary>
    public bool OtherMediation { get; init; }

    /// <summary>Whether there was an appeal to the Tribunal about another matter.</summary>
    public bool OtherTribunal { get; init; }

    /// <summary>Whether an exception to the 20 weeks was on record.</summary>
    public bool Exception { get; init; }

    /// <summary>The day of the last review meeting.</summary>
    public DateOnly? ReviewMeeting { get; init; }

    /// <summary>The outcome of the last review, as a code of the return.</summary>
    public string? ReviewOutcome { get; init; }

    /// <summary>The day of the draft amended plan.</summary>
    public DateOnly? ReviewDraft { get; init; }

    /// <summary>The day by which a transfer between phases was to be planned.</summary>
    public DateOnly? PhaseTransferDue { get; init; }

    /// <summary>The day on which the plan for the transfer was finalised.</summary>
    public DateOnly? PhaseTransferFinal { get; init; }
}
