using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What follows from an input, or from the passing of time.</summary>
public sealed record Decision
{
    /// <summary>What happened, in order. Empty when refused, and when there was nothing to do.</summary>
    public required IReadOnlyList<AssessmentEvent> Events { get; init; }

    /// <summary>What must happen outside.</summary>
    public required IReadOnlyList<Effect> Effects { get; init; }

    /// <summary>The state after <see cref="Events"/>.</summary>
    public required AssessmentState After { get; init; }

    /// <summary>Why the input was refused; null when it was not.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>When the assessment must be looked at again, UTC; null when never.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>The limits of <see cref="After"/>, where they were worked out on the way.</summary>
    internal IReadOnlyList<Limit>? Limits { get; init; }
}

/// <summary>Why an input is not lawful or not possible now.</summary>
/// <param name="Code">Stable word for machines, for instance <c>draft-not-served</c>.</param>
/// <param name="Reason">A sentence that a case officer understands.</param>
public sealed record Refusal(string Code, string Reason);
