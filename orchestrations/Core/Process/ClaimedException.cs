using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>An exception that was claimed.</summary>
public sealed record ClaimedException
{
    /// <summary>The id of the exception, unique within the assessment.</summary>
    public required string Id { get; init; }

    /// <summary>The ground of the exception.</summary>
    public required Ground Ground { get; init; }

    /// <summary>The first day of the exception, inclusive.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day of the exception, inclusive.</summary>
    public required DateOnly To { get; init; }

    /// <summary>The evidence for the exception.</summary>
    public required string Evidence { get; init; }

    /// <summary>Why the ground made it impractical to meet the time limit (the causal test).</summary>
    public required string WhyImpractical { get; init; }

    /// <summary>The day on which the exception was claimed.</summary>
    public required DateOnly ClaimedOn { get; init; }

    /// <summary>The person who claimed the exception.</summary>
    public required string ClaimedBy { get; init; }

    /// <summary>Whether the exception was withdrawn, so that it excuses no missed time limit.</summary>
    public bool TakenBack { get; init; }
}
