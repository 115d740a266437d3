using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Contracts.Api;

/// <summary>
/// The JSON format of the HTTP API: names and enumeration values in camelCase (the sections of a plan as the law letters them), with absent
/// values left out. A client in C# uses this context to read the responses.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters =
    [
        typeof(SectionLetters), typeof(CamelCaseEnum<AdviceKind>), typeof(CamelCaseEnum<NeedArea>), typeof(CamelCaseEnum<ProvisionKind>),
        typeof(CamelCaseEnum<NhsNumberStatus>), typeof(CamelCaseEnum<PlanKind>), typeof(CamelCaseEnum<PlanEditCause>),
    ])]
[JsonSerializable(typeof(CaseView))]
[JsonSerializable(typeof(CaseList))]
[JsonSerializable(typeof(InputAnswer))]
[JsonSerializable(typeof(IReadOnlyList<Limit>))]
[JsonSerializable(typeof(IReadOnlyList<CaseEffect>))]
[JsonSerializable(typeof(IReadOnlyList<CaseEvent>))]
[JsonSerializable(typeof(IReadOnlyList<TimelineLine>))]
[JsonSerializable(typeof(PlanVersions))]
[JsonSerializable(typeof(PlanComparison))]
[JsonSerializable(typeof(PlanVerification))]
[JsonSerializable(typeof(IReadOnlyList<PlanFindings>))]
[JsonSerializable(typeof(AttachmentRef))]
[JsonSerializable(typeof(IReadOnlyList<FeedEvent>))]
public sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Adds a converter to the options that writes enumerations as camelCase words and refuses numbers.</summary>
    public static void WriteEnumsAsWords(JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Converters.Add(new SectionLetters());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
    }
}
