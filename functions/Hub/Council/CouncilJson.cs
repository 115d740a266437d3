using System.Text.Json.Serialization;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Council;

/// <summary>How the council's HTTP API writes its answers: as <see cref="AssessmentJson"/> does.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AssessmentView))]
[JsonSerializable(typeof(ListView))]
[JsonSerializable(typeof(InputAnswer))]
[JsonSerializable(typeof(IReadOnlyList<LimitView>))]
[JsonSerializable(typeof(IReadOnlyList<EffectView>))]
[JsonSerializable(typeof(IReadOnlyList<TimelineEntry>))]
public sealed partial class CouncilJson : JsonSerializerContext;
