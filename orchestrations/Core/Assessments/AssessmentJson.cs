using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// How inputs, events, effects and states are written down: camelCase, enums as words, absent values left out. Source-generated, so
/// that writing costs no reflection. Stored events are read for decades: members are added, never renamed or given a new meaning.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AssessmentInput))]
[JsonSerializable(typeof(AssessmentEvent))]
[JsonSerializable(typeof(RecordedEvent))]
[JsonSerializable(typeof(IReadOnlyList<RecordedEvent>))]
[JsonSerializable(typeof(AssessmentState))]
[JsonSerializable(typeof(Effect))]
[JsonSerializable(typeof(OutboxEffect))]
[JsonSerializable(typeof(Delivery))]
[JsonSerializable(typeof(Outcome))]
[JsonSerializable(typeof(AssessmentSummary))]
public sealed partial class AssessmentJson : JsonSerializerContext;
