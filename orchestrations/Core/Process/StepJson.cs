using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Writes steps and facts under the names that <see cref="StepCatalogue"/> gives, in any generated context. The record types of steps and
/// facts are inspected once, by reflection. Their members are written by generated code if the context contains such code for the type of
/// the member.
/// </summary>
internal static class StepJson
{
    private static readonly DefaultJsonTypeInfoResolver Reflected = new();

    /// <summary>A resolver that adds every step and fact to a generated context.</summary>
    internal static IJsonTypeInfoResolver Over(IJsonTypeInfoResolver generated) => new Resolver(generated).WithAddedModifier(Name);

    /// <summary>The JSON options of a generated context, extended so that it can also write steps and facts.</summary>
    internal static JsonSerializerOptions Options(JsonSerializerOptions own, IJsonTypeInfoResolver resolver) => Options(
        own,
        resolver,
        new Generated<Actor>(GeneratedJson.Default.Actor),
        new Generated<AdviceRequest>(GeneratedJson.Default.AdviceRequest),
        new Generated<Notice>(GeneratedJson.Default.Notice),
        new Generated<OpeningFacts>(GeneratedJson.Default.OpeningFacts),
        new Generated<ReceivedAdvice>(GeneratedJson.Default.ReceivedAdvice),
        new Generated<AdviceContent>(GeneratedJson.Default.AdviceContent),
        new Generated<PlanDocument>(GeneratedJson.Default.PlanDocument));

    /// <summary>
    /// The JSON options for reading. Nullable members may be left out of the JSON, whether or not the source-generated context covers their
    /// type.
    /// </summary>
    internal static JsonSerializerOptions ToRead(JsonSerializerContext generated) =>
        Options(generated.Options, JsonTypeInfoResolver.Combine(Over(generated), Reflected).WithAddedModifier(AbsentMeansNull), []);

    private static JsonSerializerOptions Options(JsonSerializerOptions own, IJsonTypeInfoResolver resolver, params JsonConverter[] converters)
    {
        var options = new JsonSerializerOptions(own) { TypeInfoResolver = JsonTypeInfoResolver.Combine(resolver, Reflected) };
        options.Converters.Add(new JsonStringEnumConverter());
        foreach (var converter in converters)
        {
            options.Converters.Add(converter);
        }

        options.MakeReadOnly();
        return options;
    }

    private static void Name(JsonTypeInfo type)
    {
        if (type.Type == typeof(AssessmentInput))
        {
            type.PolymorphismOptions = Named(StepCatalogue.Steps.Select(step => new JsonDerivedType(step.Type, step.StoredName)));
        }
        else if (type.Type == typeof(AssessmentEvent))
        {
            type.PolymorphismOptions = Named(StepCatalogue.Facts.Select(fact => new JsonDerivedType(fact.Type, fact.Definition.Name)));
        }
    }

    private static JsonPolymorphismOptions Named(IEnumerable<JsonDerivedType> types)
    {
        var options = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "type" };
        foreach (var type in types)
        {
            options.DerivedTypes.Add(type);
        }

        return options;
    }

    private static void AbsentMeansNull(JsonTypeInfo type)
    {
        foreach (var member in type.Properties.Where(p => p.AssociatedParameter?.IsNullable == true))
        {
            member.IsRequired = false;
        }
    }

    private sealed class Resolver(IJsonTypeInfoResolver generated) : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
            generated.GetTypeInfo(type, options)
            ?? (StepCatalogue.Step(type) is not null || StepCatalogue.Fact(type) is not null ? Reflected.GetTypeInfo(type, options) : null);
    }

    /// <summary>
    /// Lets the generated code write a complete value of this type in one call. Without this class, a context that also knows steps and
    /// facts would write the same bytes member by member, which would be slow, because values of these types are the longest parts of a
    /// turn.
    /// </summary>
    private sealed class Generated<T>(JsonTypeInfo<T> generated) : JsonConverter<T>
        where T : class
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize(ref reader, generated);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, generated);
    }
}
