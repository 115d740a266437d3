using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>How the input and output of a turn are serialised, with the same rules as <see cref="AssessmentJson"/>.</summary>
public sealed class TurnJson
{
    private readonly JsonSerializerOptions options = StepJson.Options(GeneratedTurnJson.Default.Options, StepJson.Over(GeneratedTurnJson.Default));

    private TurnJson()
    {
    }

    /// <summary>The shared instance.</summary>
    public static TurnJson Default { get; } = new();

    /// <summary>How a delivery is serialised, with the step that it contains.</summary>
    public JsonTypeInfo<Delivery> Delivery => field ??= (JsonTypeInfo<Delivery>)options.GetTypeInfo(typeof(Delivery));

    /// <summary>How the outcome of a delivery is serialised.</summary>
    public JsonTypeInfo<Outcome> Outcome => GeneratedTurnJson.Default.Outcome;

    /// <summary>How an effect is serialised, with its id.</summary>
    public JsonTypeInfo<OutboxEffect> OutboxEffect => GeneratedTurnJson.Default.OutboxEffect;

    /// <summary>How the summary of an assessment is serialised.</summary>
    public JsonTypeInfo<AssessmentSummary> AssessmentSummary => GeneratedTurnJson.Default.AssessmentSummary;

    /// <summary>How a value of type <typeparamref name="T"/> is read, with the same rules as
    /// <see cref="AssessmentJson.ToRead{T}"/>.</summary>
    public static JsonTypeInfo<T> ToRead<T>() => (JsonTypeInfo<T>)Reading.Options.GetTypeInfo(typeof(T));

    private static class Reading
    {
        internal static readonly JsonSerializerOptions Options = StepJson.ToRead(GeneratedTurnJson.Default);
    }
}

/// <summary>The generated serializer context.</summary>
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
internal sealed partial class GeneratedTurnJson : JsonSerializerContext;
