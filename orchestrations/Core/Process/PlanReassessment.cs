namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A request to re-assess and the decision on it, or the council's own decision to re-assess (CFA 2014 s44(2) and (3)).</summary>
public sealed record PlanReassessment
{
    /// <summary>The day on which the request was received; null if the council decided without a request.</summary>
    public DateOnly? AskedOn { get; init; }

    /// <summary>The role of the person who asked; null if the council decided without a request, and on refusals recorded by earlier versions of
    /// the hub.</summary>
    public RecipientRole? AskedBy { get; init; }

    /// <summary>The text of the request; null if it was not recorded.</summary>
    public string? Text { get; init; }

    /// <summary>The day of the decision; null until then.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>Whether the council decided to re-assess; the value has no meaning before the decision.</summary>
    public bool Agreed { get; init; }
}
