using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Bus;

/// <summary>
/// The form of each single value in a message: what the JSON Schema requires, and the sentence that a sender receives if the value does not
/// conform.
/// </summary>
internal static class WireForms
{
    private const string Council = "(20[1-9]|2[1-9][0-9]|[3-9][0-9]{2})";
    private const string Day = "(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
    private const string Instant = $@"{Day}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{{1,7}})?(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9])";

    private static readonly Dictionary<Type, WireForm> ByType = new()
    {
        [typeof(AssessmentId)] = new($"^{Council}-[0-9A-HJKMNP-TV-Z]{{12}}$", 16, "an assessment id, as issued by the hub"),
        [typeof(LocalAuthorityCode)] = new($"^{Council}$", 3, "a council's three digits"),
        [typeof(AgencyId)] = new(
            $"^(ods:[0-9A-Z]{{3,10}}|urn:[1-9][0-9]{{5}}|ukprn:1[0-9]{{7}}|(la|person):{Council}/[0-9a-z-]{{1,40}})$", null,
            "an agency: ods:CODE, urn:NUMBER, ukprn:NUMBER, la:COUNCIL/service-name or person:COUNCIL/reference"),
        [typeof(NhsNumber)] = new("^[0-9]{10}$", 10, "an NHS number: ten digits, not all the same, of which the last is the check digit"),
        [typeof(Upn)] = new("^[A-HJ-NP-RT-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$", 13, "a UPN: a check letter and twelve characters"),
        [typeof(DateOnly)] = new($"^{Day}$", 10, "a day, YYYY-MM-DD"),
        [typeof(DateTimeOffset)] = new($"^{Instant}$", null, "a date and time with an offset, as in RFC 3339"),
        [typeof(string)] = new(null, null, "text"),
        [typeof(int)] = new(null, null, "a whole number"),
        [typeof(long)] = new(null, null, "a whole number"),
        [typeof(bool)] = new(null, null, "true or false"),
    };

    /// <summary>What is wrong with a single value of this type, or null if nothing is wrong.</summary>
    internal static string? Problem(JsonElement element, JsonTypeInfo type)
    {
        var plain = Plain(type.Type);
        try
        {
            // A value has one spelling only. The hub could read upper case or extra spaces, but the published pattern rejects them.
            if (ByType.TryGetValue(plain, out var form) && form.IsBroken(element))
            {
                return $"must be {Expected(plain)}.";
            }

            var value = element.Deserialize(type);
            return plain.IsEnum && JsonSerializer.SerializeToElement(value, type).GetString() != element.GetString() ? $"must be {Expected(plain)}." : null;
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException)
        {
            return $"must be {Expected(plain)}.";
        }
    }

    /// <summary>Adds what the exporter omits to the schema of a type.</summary>
    internal static void Describe(JsonObject node, Type type)
    {
        var plain = Plain(type);
        if (plain == typeof(long))
        {
            // The type has its own converter, for which the exporter can only allow "anything".
            node["type"] = Named("integer", plain != type);
        }

        if (!ByType.TryGetValue(plain, out var form) || form.Pattern is null)
        {
            return;
        }

        node["type"] = Named("string", plain != type);
        WireRule.Match(node, form.Pattern, form.Length);
        if (!node.ContainsKey("format"))
        {
            node["description"] = char.ToUpperInvariant(form.Expected[0]) + form.Expected[1..] + ".";
        }
    }

    private static JsonNode Named(string name, bool orNull) => orNull ? new JsonArray(name, "null") : JsonValue.Create(name);

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static string Expected(Type plain) => plain.IsEnum
        ? "one of " + string.Join(", ", Enum.GetNames(plain).Select(JsonNamingPolicy.CamelCase.ConvertName))
        : ByType.TryGetValue(plain, out var form) ? form.Expected : "in the form that the schema requires";

    private sealed record WireForm(string? Pattern, int? Length, string Expected)
    {
        private readonly Regex? regex = Pattern is null ? null : WireRule.Whole(Pattern);

        internal bool IsBroken(JsonElement element) => regex is not null && !(element.ValueKind == JsonValueKind.String && regex.IsMatch(element.GetString()!));
    }
}
