using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// How inputs, events, effects and states are serialised: camelCase, enums as words, null values left out. Stored events are read for
/// decades: members are added, never renamed or given a new meaning. Steps and facts have the names that <see cref="StepCatalogue"/> gives.
/// </summary>
public sealed class AssessmentJson : IJsonTypeInfoResolver
{
    private readonly IJsonTypeInfoResolver resolver = StepJson.Over(GeneratedJson.Default);

    private AssessmentJson() => Options = StepJson.Options(GeneratedJson.Default.Options, resolver);

    /// <summary>The shared instance.</summary>
    public static AssessmentJson Default { get; } = new();

    /// <summary>The serializer options that use this resolver.</summary>
    public JsonSerializerOptions Options { get; }

    // How each type is serialised is looked up only once, because every turn writes values of these types.

    /// <summary>A step.</summary>
    public JsonTypeInfo<AssessmentInput> AssessmentInput => field ??= Of<AssessmentInput>();

    /// <summary>A fact.</summary>
    public JsonTypeInfo<AssessmentEvent> AssessmentEvent => field ??= Of<AssessmentEvent>();

    /// <summary>A recorded event.</summary>
    public JsonTypeInfo<RecordedEvent> RecordedEvent => field ??= Of<RecordedEvent>();

    /// <summary>Recorded events.</summary>
    public JsonTypeInfo<IReadOnlyList<RecordedEvent>> IReadOnlyListRecordedEvent => field ??= Of<IReadOnlyList<RecordedEvent>>();

    /// <summary>How a state is serialised. A state contains no step or fact, so the generated serializer is enough.</summary>
    public JsonTypeInfo<AssessmentState> AssessmentState => GeneratedJson.Default.AssessmentState;

    /// <summary>An effect.</summary>
    public JsonTypeInfo<Effect> Effect => GeneratedJson.Default.Effect;

    /// <summary>How the content of advice is serialised.</summary>
    public JsonTypeInfo<AdviceContent> AdviceContent => GeneratedJson.Default.AdviceContent;

    /// <summary>A plan.</summary>
    public JsonTypeInfo<PlanDocument> PlanDocument => GeneratedJson.Default.PlanDocument;

    /// <summary>
    /// How values of type <typeparamref name="T"/> are deserialised. Nullable members may be left out of the JSON, as they are when
    /// written; all others must be present. <see cref="Default"/> alone could not read what it writes, because it treats every constructor
    /// parameter as required.
    /// </summary>
    public static JsonTypeInfo<T> ToRead<T>() => (JsonTypeInfo<T>)Reading.Options.GetTypeInfo(typeof(T));

    /// <inheritdoc/>
    public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => resolver.GetTypeInfo(type, options);

    private JsonTypeInfo<T> Of<T>() => (JsonTypeInfo<T>)Options.GetTypeInfo(typeof(T));

    private static class Reading
    {
        internal static readonly JsonSerializerOptions Options = StepJson.ToRead(GeneratedJson.Default);
    }
}

/// <summary>The generated serializer context for the types of states and facts.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    AllowOutOfOrderMetadataProperties = true,
    RespectRequiredConstructorParameters = true,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(AssessmentInput))]
[JsonSerializable(typeof(IReadOnlyList<RecordedEvent>))]
[JsonSerializable(typeof(AssessmentState))]
[JsonSerializable(typeof(Effect))]
internal sealed partial class GeneratedJson : JsonSerializerContext;
