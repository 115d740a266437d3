using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Moving;

/// <summary>
/// One assessment with everything that a store has recorded about it, to be moved to another store. The state is not included, because it
/// follows from the events and so cannot contradict them.
/// </summary>
public sealed record MovedAssessment
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>All events, in order from sequence 1.</summary>
    public required IReadOnlyList<RecordedEvent> Events { get; init; }

    /// <summary>Every message that was processed, in order of message id, because a repeated message must get the same answer in the new
    /// store.</summary>
    public required IReadOnlyList<KeptMessage> Messages { get; init; }

    /// <summary>Deliveries that have not been processed yet, in order of arrival.</summary>
    public required IReadOnlyList<Delivery> Inbox { get; init; }

    /// <summary>Every effect, oldest first. Effects that have not ended must still be carried out, under their present ids.</summary>
    public required IReadOnlyList<MovedEffect> Effects { get; init; }

    /// <summary>Time at which the assessment is next woken, as stored, in UTC.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>SHA-256 checksum of the entire record in lower-case hexadecimal. The checksum is equal in both stores if nothing was lost or
    /// changed in the move.</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, MovingJson.Default.MovedAssessment)));
}

/// <summary>A message that was processed for the assessment.</summary>
/// <param name="MessageId">The sender's id for the message.</param>
/// <param name="Outcome">What was decided about the message.</param>
public sealed record KeptMessage(string MessageId, Outcome Outcome);

/// <summary>An effect and how it ended. The number of attempts is not included in the move.</summary>
/// <param name="Effect">The effect with its id.</param>
/// <param name="End">How the effect ended, or null if it is open.</param>
/// <param name="Detail">The result of the last attempt, if the effect has ended.</param>
/// <param name="NextAt">Time in UTC at which an open effect will next be tried.</param>
public sealed record MovedEffect(OutboxEffect Effect, EffectOutcome? End = null, string? Detail = null, DateTimeOffset? NextAt = null);

/// <summary>One line of the file by which assessments are moved.</summary>
/// <param name="Moved">The assessment.</param>
/// <param name="Sha256"><see cref="MovedAssessment.Digest"/> of the assessment in the old store.</param>
public sealed record MovedLine(MovedAssessment Moved, string Sha256);

/// <summary>A store that can list every message that was processed for an assessment.</summary>
public interface IMessageHistory
{
    /// <summary>The messages that were processed for one assessment, in no particular order.</summary>
    ValueTask<IReadOnlyList<KeptMessage>> MessagesAsync(AssessmentId assessment, CancellationToken cancellationToken = default);
}

/// <summary>Serialises a moved assessment by the same rules as <see cref="AssessmentJson"/>.</summary>
public sealed class MovingJson
{
    private readonly JsonSerializerOptions options = StepJson.Options(GeneratedMovingJson.Default.Options, StepJson.Over(GeneratedMovingJson.Default));

    private MovingJson()
    {
    }

    /// <summary>The shared instance with the serialiser options.</summary>
    public static MovingJson Default { get; } = new();

    /// <summary>Type information for reading a line of the file, with the same rules as <see cref="AssessmentJson.ToRead{T}"/>.</summary>
    public static JsonTypeInfo<MovedLine> ToRead => (JsonTypeInfo<MovedLine>)Reading.Options.GetTypeInfo(typeof(MovedLine));

    /// <summary>JSON type information for a moved assessment.</summary>
    public JsonTypeInfo<MovedAssessment> MovedAssessment => (JsonTypeInfo<MovedAssessment>)options.GetTypeInfo(typeof(MovedAssessment));

    /// <summary>JSON type information for a line of the file.</summary>
    public JsonTypeInfo<MovedLine> MovedLine => (JsonTypeInfo<MovedLine>)options.GetTypeInfo(typeof(MovedLine));

    private static class Reading
    {
        internal static readonly JsonSerializerOptions Options = StepJson.ToRead(GeneratedMovingJson.Default);
    }
}

/// <summary>The generated serialiser context.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(MovedAssessment))]
[JsonSerializable(typeof(MovedLine))]
internal sealed partial class GeneratedMovingJson : JsonSerializerContext;
