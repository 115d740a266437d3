using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>News on its way into an assessment: one input with its sender's message id.</summary>
public sealed record Delivery
{
    /// <summary>The assessment it is for.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>The sender's id of this message, unique per assessment. A repeat with the same id is the same message, however late it comes.</summary>
    public required string MessageId { get; init; }

    /// <summary>Who sent it.</summary>
    public required Actor By { get; init; }

    /// <summary>When the hub received it, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The sender's correlation id, carried through to events and effects.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>
    /// Hash of what it says, where the sender's way has one. It is kept with the outcome, so that another message under the same id
    /// is told from a repeat.
    /// </summary>
    public string? Fingerprint { get; init; }

    /// <summary>What it says.</summary>
    public required AssessmentInput Input { get; init; }
}

/// <summary>What became of one delivery. Kept with the inbox for the assessment's life, so a repeat is answered like the first.</summary>
/// <param name="Accepted">False: refused, and nothing changed.</param>
/// <param name="Refusal">Why it was refused; null when accepted.</param>
/// <param name="Version">The assessment's version after it.</param>
/// <param name="Fingerprint">The delivery's fingerprint.</param>
public sealed record Outcome(bool Accepted, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Refusal? Refusal, long Version, string? Fingerprint = null);

/// <summary>What came of bringing a delivery in.</summary>
/// <param name="Outcome">What became of it; null when the assessment was not at the version asked for, and nothing was decided or kept.</param>
/// <param name="Replayed">It had been decided before, and this is what was answered then.</param>
/// <param name="Version">The assessment's version now.</param>
public sealed record Submission(Outcome? Outcome, bool Replayed, long Version);
