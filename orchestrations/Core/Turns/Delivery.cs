using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>One input for an assessment, with its sender's message id.</summary>
public sealed record Delivery
{
    /// <summary>The assessment it is for.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>
    /// The sender's id of this message, unique per assessment. A later message with the same id is a repeat, however late it comes.
    /// </summary>
    public required string MessageId { get; init; }

    /// <summary>Who sent it.</summary>
    public required Actor By { get; init; }

    /// <summary>When the hub received it, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The sender's correlation id, carried through to events and effects.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>
    /// Hash of its content, where the interface computes one. It is kept with the outcome, so that a different message with the same id can
    /// be distinguished from a repeat.
    /// </summary>
    public string? Fingerprint { get; init; }

    /// <summary>What it says.</summary>
    public required AssessmentInput Input { get; init; }
}

/// <summary>The outcome of one delivery. Kept with the inbox for the assessment's life, so a repeat is answered like the first.</summary>
/// <param name="Accepted">False if it was refused and nothing changed.</param>
/// <param name="Refusal">Why it was refused; null when accepted.</param>
/// <param name="Version">The assessment's version after it.</param>
/// <param name="Fingerprint">The delivery's fingerprint.</param>
public sealed record Outcome(bool Accepted, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Refusal? Refusal, long Version, string? Fingerprint = null);

/// <summary>The result of submitting a delivery.</summary>
/// <param name="Outcome">Its outcome; null when the assessment was not at the required version, and nothing was decided or stored.</param>
/// <param name="Replayed">Whether it had been decided before, and this is the earlier answer.</param>
/// <param name="Version">The assessment's version now.</param>
public sealed record Submission(Outcome? Outcome, bool Replayed, long Version);
