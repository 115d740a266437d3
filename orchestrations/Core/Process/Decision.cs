using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What follows in a case from an input or from the passing of time.</summary>
public sealed record Decision
{
    /// <summary>What happened, in order. Empty if the input was refused or there was nothing to do.</summary>
    public required IReadOnlyList<AssessmentEvent> Events { get; init; }

    /// <summary>The effects that must be carried out outside the case.</summary>
    public required IReadOnlyList<Effect> Effects { get; init; }

    /// <summary>The state after <see cref="Events"/>.</summary>
    public required AssessmentState After { get; init; }

    /// <summary>Why the input was refused, or null if it was not.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The time, in UTC, at which the hub must check the assessment again; null means never.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>The time limits that apply in <see cref="After"/>, if they have been calculated.</summary>
    internal IReadOnlyList<Limit>? Limits { get; init; }
}

/// <summary>Why an input is not lawful or not possible now.</summary>
/// <param name="Code">A stable code for programs, for instance <c>draft-not-served</c>.</param>
/// <param name="Reason">A sentence that a case officer understands.</param>
public sealed record Refusal(string Code, string Reason);
