using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>How what a turn brings in and leaves behind is written down; the same rules as <see cref="AssessmentJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(Delivery))]
[JsonSerializable(typeof(Outcome))]
[JsonSerializable(typeof(OutboxEffect))]
[JsonSerializable(typeof(AssessmentSummary))]
public sealed partial class TurnJson : JsonSerializerContext
{
    /// <summary>How a <typeparamref name="T"/> is read, as <see cref="AssessmentJson.ToRead{T}"/> reads.</summary>
    public static JsonTypeInfo<T> ToRead<T>() => (JsonTypeInfo<T>)Reading.Options.GetTypeInfo(typeof(T));

    private static class Reading
    {
        internal static readonly JsonSerializerOptions Options = new(Default.Options) { TypeInfoResolver = Default.WithAddedModifier(AssessmentJson.AbsentMeansNull) };
    }
}
