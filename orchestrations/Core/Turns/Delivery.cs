using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>One input for an assessment, with its sender's message id.</summary>
public sealed record Delivery
{
    /// <summary>The assessment that the input is for.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>
    /// The sender's id of this message, unique within the assessment. Any later message with this id is treated as a repeat of the first.
    /// </summary>
    public required string MessageId { get; init; }

    /// <summary>The actor who sent the input.</summary>
    public required Actor By { get; init; }

    /// <summary>The time at which the hub received the input, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The sender's correlation id, which is passed on to events and effects.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>
    /// The hash of the message's content, if the interface computes one. The hash is stored with the outcome, so that a different message with
    /// the same id can be distinguished from a repeat.
    /// </summary>
    public string? Fingerprint { get; init; }

    /// <summary>The input itself.</summary>
    public required AssessmentInput Input { get; init; }
}

/// <summary>
/// The outcome of one delivery. Outcomes are stored with the inbox for the life of the assessment, so a repeated delivery gets the same
/// answer as the first.
/// </summary>
/// <param name="Accepted">Whether the input was accepted; false if it was refused and nothing changed.</param>
/// <param name="Refusal">Why the input was refused; null if it was accepted.</param>
/// <param name="Version">The assessment's version after the delivery.</param>
/// <param name="Fingerprint">The delivery's fingerprint, that is, the hash of its content.</param>
public sealed record Outcome(bool Accepted, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Refusal? Refusal, long Version, string? Fingerprint = null);

/// <summary>The result of submitting a delivery.</summary>
/// <param name="Outcome">The outcome of the delivery; null if the assessment was not at the required version, so that the delivery was not
/// processed and nothing was stored.</param>
/// <param name="Replayed">Whether the delivery had already been processed, so that the outcome is the earlier answer.</param>
/// <param name="Version">The current version of the assessment.</param>
public sealed record Submission(Outcome? Outcome, bool Replayed, long Version);
