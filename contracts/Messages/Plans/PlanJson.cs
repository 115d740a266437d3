using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Contracts.Plans;

/// <summary>
/// The canonical JSON of a plan: UTF-8 without a byte order mark, no white space, members in the order of their declaration, absent parts
/// omitted, enumerations as words. The same plan always gives the same bytes, so their checksum identifies the version.
/// </summary>
public static class PlanJson
{
    /// <summary>The options of the canonical form, which are also used to generate the published schema.</summary>
    /// <remarks>Plans are read by reflection and not by generated code, which would set the members missing from an older plan to null
    /// instead of their defaults.</remarks>
    public static JsonSerializerOptions Options { get; } = Make();

    /// <summary>The canonical bytes of a plan.</summary>
    public static byte[] Canonical(PlanDocument plan) => JsonSerializer.SerializeToUtf8Bytes(plan, Options);

    /// <summary>Reads the bytes that <see cref="Canonical"/> wrote.</summary>
    /// <exception cref="JsonException">The bytes are not a plan document.</exception>
    public static PlanDocument Read(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize<PlanDocument>(json, Options) ?? throw new JsonException("A plan document must not be null.");

    /// <summary>The SHA-256 checksum of the bytes, as 64 lower-case hexadecimal digits.</summary>
    public static string ContentHash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // The bytes are never placed in HTML, so letters and dashes in people's names are not escaped.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            Converters =
            {
                new SectionLetters(),
                new CamelCaseEnum<PlanKind>(),
                new CamelCaseEnum<PlanEditCause>(),
                new CamelCaseEnum<AdviceKind>(),
                new CamelCaseEnum<NhsNumberStatus>(),
            },
        };
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>Writes the lettered sections as in the Regulations: <c>A</c> to <c>K</c>, <c>H1</c>.</summary>
public sealed class SectionLetters() : JsonStringEnumConverter<PlanSectionLetter>(namingPolicy: null, allowIntegerValues: false);
