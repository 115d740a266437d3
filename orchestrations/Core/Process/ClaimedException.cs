using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

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

    /// <summary>Why it made the limit impractical to meet: the causal test.</summary>
    public required string WhyImpractical { get; init; }

    /// <summary>Day it was claimed.</summary>
    public required DateOnly ClaimedOn { get; init; }

    /// <summary>Who decided.</summary>
    public required string ClaimedBy { get; init; }

    /// <summary>Whether it was withdrawn and relieves nothing.</summary>
    public bool TakenBack { get; init; }
}
