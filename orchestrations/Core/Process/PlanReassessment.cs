namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A request to re-assess with its decision, or the council's own decision to re-assess (CFA 2014 s44(2) and (3)).</summary>
public sealed record PlanReassessment
{
    /// <summary>Day on which the request was received; null where the council decided without one.</summary>
    public DateOnly? AskedOn { get; init; }

    /// <summary>Who asked; null where the council decided without a request, and on refusals from before this was recorded.</summary>
    public RecipientRole? AskedBy { get; init; }

    /// <summary>What the request says; null where that is not on record.</summary>
    public string? Text { get; init; }

    /// <summary>Day of the decision; null while there is none.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>Whether the council re-assesses; meaningless before the decision.</summary>
    public bool Agreed { get; init; }
}
