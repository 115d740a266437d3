using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Moving;

/// <summary>
/// One assessment with everything that a store knows about it, on its way to another store. The state is not included: it follows from
/// the events, so that it cannot contradict them.
/// </summary>
public sealed record MovedAssessment
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Assessment { get; init; }

    /// <summary>All events, in order from sequence 1.</summary>
    public required IReadOnlyList<RecordedEvent> Events { get; init; }

    /// <summary>Every message that was decided, in order of its id: a repeat must get the same answer in the new store too.</summary>
    public required IReadOnlyList<KeptMessage> Messages { get; init; }

    /// <summary>Deliveries that wait to be decided, in order of arrival.</summary>
    public required IReadOnlyList<Delivery> Inbox { get; init; }

    /// <summary>Every effect, oldest first: those that have not ended must still happen, and under the same id.</summary>
    public required IReadOnlyList<MovedEffect> Effects { get; init; }

    /// <summary>The stored wake-up, UTC.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>SHA-256 of it all as lower-case hexadecimal: equal in both stores when nothing was lost or changed on the way.</summary>
    public string Digest() => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(this, MovingJson.Default.MovedAssessment)));
}

/// <summary>A message that was decided.</summary>
/// <param name="MessageId">The sender's id for it.</param>
/// <param name="Outcome">What became of it.</param>
public sealed record KeptMessage(string MessageId, Outcome Outcome);

/// <summary>An effect and how it ended. The number of attempts is not moved.</summary>
/// <param name="Effect">The effect with its id.</param>
/// <param name="End">How it ended; null while it is open.</param>
/// <param name="Detail">The result of the last attempt, where it has ended.</param>
/// <param name="NextAt">When an open one is to be tried next, UTC.</param>
public sealed record MovedEffect(OutboxEffect Effect, EffectEnd? End = null, string? Detail = null, DateTimeOffset? NextAt = null);

/// <summary>One line of the file that assessments are moved in.</summary>
/// <param name="Moved">The assessment.</param>
/// <param name="Sha256">Its <see cref="MovedAssessment.Digest"/> in the store it left.</param>
public sealed record MovedLine(MovedAssessment Moved, string Sha256);

/// <summary>A store that can list every message it has decided for an assessment.</summary>
public interface IMessageHistory
{
    /// <summary>The decided messages of one assessment, in no particular order.</summary>
    ValueTask<IReadOnlyList<KeptMessage>> MessagesAsync(AssessmentId assessment, CancellationToken cancellationToken = default);
}

/// <summary>How a moved assessment is serialised; the same rules as <see cref="AssessmentJson"/>.</summary>
public sealed class MovingJson
{
    private readonly JsonSerializerOptions options = StepJson.Options(GeneratedMovingJson.Default.Options, StepJson.Over(GeneratedMovingJson.Default));

    private MovingJson()
    {
    }

    /// <summary>Its serializer options.</summary>
    public static MovingJson Default { get; } = new();

    /// <summary>How a line is read, as <see cref="AssessmentJson.ToRead{T}"/> reads.</summary>
    public static JsonTypeInfo<MovedLine> ToRead => (JsonTypeInfo<MovedLine>)Reading.Options.GetTypeInfo(typeof(MovedLine));

    /// <summary>An assessment.</summary>
    public JsonTypeInfo<MovedAssessment> MovedAssessment => (JsonTypeInfo<MovedAssessment>)options.GetTypeInfo(typeof(MovedAssessment));

    /// <summary>A line.</summary>
    public JsonTypeInfo<MovedLine> MovedLine => (JsonTypeInfo<MovedLine>)options.GetTypeInfo(typeof(MovedLine));

    private static class Reading
    {
        internal static readonly JsonSerializerOptions Options = StepJson.ToRead(GeneratedMovingJson.Default);
    }
}

/// <summary>Its generated serializer context.</summary>
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
