using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Plans;

/// <summary>
/// The canonical JSON of a plan: UTF-8 without a byte order mark, no white space, members in the order of their declaration, absent
/// parts left out, enumerations as words. The same plan always gives the same bytes, so their hash names the version.
/// </summary>
public static class PlanJson
{
    /// <summary>The options behind the canonical form; the published schema is made from them too.</summary>
    public static JsonSerializerOptions Options => PlanJsonContext.Canonical.Options;

    /// <summary>The canonical bytes.</summary>
    public static byte[] Canonical(PlanDocument plan) => JsonSerializer.SerializeToUtf8Bytes(plan, PlanJsonContext.Canonical.PlanDocument);

    /// <summary>Reads what <see cref="Canonical"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are not a plan document.</exception>
    public static PlanDocument Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, PlanJsonContext.Canonical.PlanDocument) ?? throw new JsonException("A plan document is expected, not null.");

    /// <summary>SHA-256, 64 small hexadecimal digits.</summary>
    public static string ContentHash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

/// <summary>An enumeration as its name with a small first letter: <c>amendedFinal</c>. Section letters keep their capitals.</summary>
internal sealed class EnumWords<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

/// <summary>The lettered sections as the law writes them: <c>A</c> to <c>K</c>, <c>H1</c>.</summary>
internal sealed class SectionLetters() : JsonStringEnumConverter<PlanSectionLetter>(namingPolicy: null, allowIntegerValues: false);

[JsonSerializable(typeof(PlanDocument))]
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
internal sealed partial class PlanJsonContext : JsonSerializerContext
{
    internal static PlanJsonContext Canonical { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The bytes stand alone, never inside HTML: people's names and dashes stay readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters =
        {
            new SectionLetters(),
            new EnumWords<PlanKind>(),
            new EnumWords<PlanEditCause>(),
            new EnumWords<AdviceKind>(),
            new EnumWords<NhsNumberStatus>(),
        },
    });
}
