using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Bus;

/// <summary>
/// How messages are written: camel case, enums as camel-case words, null members omitted. The schemas and the messages both use these
/// settings, so they cannot differ.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters =
    [
        typeof(CamelCaseEnum<AdviceKind>), typeof(CamelCaseEnum<NeedArea>), typeof(CamelCaseEnum<ProvisionKind>),
        typeof(CamelCaseEnum<NhsNumberStatus>), typeof(CamelCaseEnum<DeclineReason>), typeof(CamelCaseEnum<AssessmentStage>), typeof(CamelCaseEnum<ReportKind>), typeof(CamelCaseEnum<LineFinding>),
        typeof(WholeNumber),
    ])]
[JsonSerializable(typeof(AdviceRequested))]
[JsonSerializable(typeof(AdviceReminder))]
[JsonSerializable(typeof(AdviceEscalation))]
[JsonSerializable(typeof(AdviceRequestWithdrawn))]
[JsonSerializable(typeof(AdviceAcknowledged))]
[JsonSerializable(typeof(AdviceAccepted))]
[JsonSerializable(typeof(AdviceDeclined))]
[JsonSerializable(typeof(AdviceSubmitted))]
[JsonSerializable(typeof(AdviceRetracted))]
[JsonSerializable(typeof(AdviceReported))]
[JsonSerializable(typeof(ReviewAdviceRequested))]
[JsonSerializable(typeof(ReviewAdviceSubmitted))]
[JsonSerializable(typeof(AssessmentPushed))]
[JsonSerializable(typeof(SchoolClosurePublished))]
[JsonSerializable(typeof(AssessmentStatusChanged))]
[JsonSerializable(typeof(MessageRejected))]
public sealed partial class BusJson : JsonSerializerContext
{
    /// <summary>The bytes of a message in its JSON form.</summary>
    /// <exception cref="ArgumentException">The record is not a message of the bus.</exception>
    public static byte[] Write(object body) => JsonSerializer.SerializeToUtf8Bytes(body, TypeOf(BusMessages.For(body)));

    /// <summary>The JSON form of a message type.</summary>
    internal static JsonTypeInfo TypeOf(BusMessage message) =>
        Default.GetTypeInfo(message.Body) ?? throw new InvalidOperationException($"{message.Body.Name} is missing from {nameof(BusJson)}.");
}

/// <summary>Reads and writes an enum as camel-case words, and rejects numbers.</summary>
public sealed class CamelCaseEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>Reads a whole number however it is written (48120, 48120.0, 4812e1), as JSON Schema's <c>integer</c> allows.</summary>
public sealed class WholeNumber : JsonConverter<long>
{
    /// <summary>The largest number that every JSON reader represents exactly: 2^53 - 1.</summary>
    public const long Max = 9_007_199_254_740_991;

    /// <inheritdoc/>
    /// <exception cref="JsonException">The value is not a whole number, is above <see cref="Max"/> or is below minus that
    /// limit.</exception>
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetDecimal(out var number) && number == decimal.Truncate(number) && Math.Abs(number) <= Max
            ? (long)number
            : throw new JsonException("a whole number is expected.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteNumberValue(value);
    }
}
