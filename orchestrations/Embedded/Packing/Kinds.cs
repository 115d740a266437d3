using System.Reflection;
using System.Text.Json.Serialization;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Embedded.Packing;

/// <summary>The kinds (concrete types) of an abstract record: for steps and facts, the kinds in the catalogue; for other records, the types
/// declared for JSON.</summary>
internal static class Kinds
{
    /// <summary>The kinds (concrete types) of the given type, or an empty list if it has none.</summary>
    internal static IReadOnlyList<Type> Of(Type type) =>
        type == typeof(AssessmentInput) ? [.. StepCatalogue.Steps.Select(step => step.Type)]
        : type == typeof(AssessmentEvent) ? [.. StepCatalogue.Facts.Select(fact => fact.Type)]
        : [.. type.GetCustomAttributes<JsonDerivedTypeAttribute>(inherit: false).Select(kind => kind.DerivedType)];
}
