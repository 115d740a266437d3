using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Bus;

/// <summary>
/// The form of each single value on the wire, for the schema and for the reader alike: what JSON Schema says of it, and what a sender
/// is told when it does not hold.
/// </summary>
internal static partial class WireForms
{
    private static readonly Dictionary<Type, WireForm> ByType = new()
    {
        [typeof(AssessmentId)] = new("^[0-9]{3}-[0-9A-HJKMNP-TV-Z]{12}$", "an assessment id, as the hub gave it"),
        [typeof(LocalAuthorityCode)] = new("^[2-9][0-9]{2}$", "a council's three digits"),
        [typeof(AgencyId)] = new("^(ods|urn|ukprn|la):.+$", "an agency: ods:CODE, urn:NUMBER, ukprn:NUMBER or la:COUNCIL/service-name"),
        [typeof(NhsNumber)] = new("^[0-9]{10}$", "an NHS number: ten digits, the last a check digit"),
        [typeof(Upn)] = new("^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$", "a UPN: a check letter and twelve characters"),
        [typeof(DateOnly)] = new(null, "a day, YYYY-MM-DD"),
        [typeof(DateTimeOffset)] = new(null, "an instant, RFC 3339 with its offset"),
        [typeof(string)] = new(null, "a text"),
        [typeof(int)] = new(null, "a whole number"),
        [typeof(long)] = new(null, "a whole number"),
        [typeof(bool)] = new(null, "true or false"),
    };

    /// <summary>What is wrong with a single value of this type; null when nothing is.</summary>
    internal static string? Problem(JsonElement element, JsonTypeInfo type)
    {
        try
        {
            // An instant without an offset would be read in the zone of this machine.
            if (type.Type == typeof(DateTimeOffset) && element.ValueKind == JsonValueKind.String && !Offset().IsMatch(element.GetString()!))
            {
                return $"must be {Expected(type.Type)}.";
            }

            _ = element.Deserialize(type);
            return null;
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException)
        {
            return $"must be {Expected(type.Type)}.";
        }
    }

    /// <summary>The further rule of one member; null when its type says it all.</summary>
    internal static WireRule? RuleOf(JsonPropertyInfo member) => RuleOf(member.DeclaringType, member.Name, member.PropertyType, member.IsRequired);

    /// <summary>Adds to a schema node what the type alone does not say.</summary>
    internal static void Describe(JsonObject node, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (ByType.TryGetValue(plain, out var form) && form.Pattern is not null)
        {
            node["type"] = plain == type ? "string" : new JsonArray("string", "null");
            node["pattern"] = form.Pattern;
            node["description"] = char.ToUpperInvariant(form.Expected[0]) + form.Expected[1..] + ".";
        }
    }

    internal static WireRule? RuleOf(Type owner, string member, Type type, bool required)
    {
        if (owner == typeof(AttachmentRef))
        {
            return member switch
            {
                "sha256" => WireRule.Sha256,
                "size" => WireRule.NotNegative,
                _ => WireRule.NotBlank,
            };
        }

        if (owner == typeof(AdviceReminder) && member == "number")
        {
            return WireRule.Positive;
        }

        return type == typeof(string) && required ? WireRule.NotBlank : null;
    }

    private static string Expected(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsEnum
            ? "one of " + string.Join(", ", Enum.GetNames(plain).Select(JsonNamingPolicy.CamelCase.ConvertName))
            : ByType.TryGetValue(plain, out var form) ? form.Expected : "of the form that the schema asks for";
    }

    [GeneratedRegex(@"(Z|[+-]\d{2}:\d{2})$")]
    private static partial Regex Offset();

    private sealed record WireForm(string? Pattern, string Expected);
}

/// <summary>A rule of one member beyond its type, in schema words and as a check.</summary>
internal sealed partial class WireRule
{
    internal static readonly WireRule NotBlank = new("pattern", @"\S", "must not be blank.", value => value.GetString()!.Any(c => !char.IsWhiteSpace(c)));
    internal static readonly WireRule Sha256 = new("pattern", "^[0-9a-f]{64}$", "must be a SHA-256: 64 small hexadecimal digits.", value => Sha256Form().IsMatch(value.GetString()!));
    internal static readonly WireRule NotNegative = new("minimum", 0, "must not be negative.", value => value.GetInt64() >= 0);
    internal static readonly WireRule Positive = new("minimum", 1, "must be 1 or more.", value => value.GetInt64() >= 1);

    private readonly JsonNode bound;
    private readonly string keyword;
    private readonly string reason;
    private readonly Func<JsonElement, bool> holds;

    private WireRule(string keyword, JsonNode bound, string reason, Func<JsonElement, bool> holds) =>
        (this.keyword, this.bound, this.reason, this.holds) = (keyword, bound, reason, holds);

    internal string? Problem(JsonElement value) => holds(value) ? null : reason;

    internal void Describe(JsonObject node) => node[keyword] = bound.DeepClone();

    [GeneratedRegex(@"\A[0-9a-f]{64}\z")]
    private static partial Regex Sha256Form();
}
