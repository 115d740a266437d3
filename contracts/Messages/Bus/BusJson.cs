using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Bus;

/// <summary>How messages are written: camel case, enums as camel-case words, empty members left out. One place, so that schema and wire cannot part.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(CamelCaseEnum<AdviceKind>), typeof(CamelCaseEnum<NeedArea>), typeof(CamelCaseEnum<ProvisionKind>),
        typeof(CamelCaseEnum<NhsNumberStatus>), typeof(CamelCaseEnum<DeclineReason>), typeof(CamelCaseEnum<AssessmentStage>),
    ])]
[JsonSerializable(typeof(AdviceRequested))]
[JsonSerializable(typeof(AdviceReminder))]
[JsonSerializable(typeof(AdviceEscalation))]
[JsonSerializable(typeof(AdviceRequestWithdrawn))]
[JsonSerializable(typeof(AdviceAcknowledged))]
[JsonSerializable(typeof(AdviceAccepted))]
[JsonSerializable(typeof(AdviceDeclined))]
[JsonSerializable(typeof(AdviceSubmitted))]
[JsonSerializable(typeof(AssessmentPushed))]
[JsonSerializable(typeof(SchoolClosurePublished))]
[JsonSerializable(typeof(AssessmentStatusChanged))]
[JsonSerializable(typeof(MessageRejected))]
public sealed partial class BusJson : JsonSerializerContext
{
    /// <summary>The bytes of a message.</summary>
    /// <exception cref="ArgumentException">The record is no message of the bus.</exception>
    public static byte[] Write(object body) => JsonSerializer.SerializeToUtf8Bytes(body, TypeOf(BusMessages.For(body)));

    /// <summary>The JSON form of a message type.</summary>
    internal static JsonTypeInfo TypeOf(BusMessage message) =>
        Default.GetTypeInfo(message.Body) ?? throw new InvalidOperationException($"{message.Body.Name} is missing from {nameof(BusJson)}.");
}

/// <summary>An enum as camel-case words; numbers are not understood.</summary>
public sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;
