using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

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
public sealed partial class AssessmentJson : JsonSerializerContext
{
    /// <summary>
    /// How a <typeparamref name="T"/> is read: what may be null may be left out, as it is when it is written; what may not must be there.
    /// <see cref="Default"/> alone would refuse what it has written itself, because it takes every constructor parameter for required.
    /// </summary>
    public static JsonTypeInfo<T> ToRead<T>() => (JsonTypeInfo<T>)Reading.Options.GetTypeInfo(typeof(T));

    internal static void AbsentMeansNull(JsonTypeInfo type)
    {
        foreach (var member in type.Properties.Where(p => p.AssociatedParameter?.IsNullable == true))
        {
            member.IsRequired = false;
        }
    }

    private static class Reading
    {
        internal static readonly JsonSerializerOptions Options = new(Default.Options) { TypeInfoResolver = Default.WithAddedModifier(AbsentMeansNull) };
    }
}
