using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts.Identifiers;

/// <summary>Code of an English local authority, assigned by the Department for Education: three digits, 201 to 999.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<LocalAuthorityCode>))]
public readonly record struct LocalAuthorityCode : IIdentifier<LocalAuthorityCode>
{
    private readonly string? value;

    private LocalAuthorityCode(string value) => this.value = value;

    /// <inheritdoc/>
    public string Value => value ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out LocalAuthorityCode value, out string problem)
    {
        value = default;
        var candidate = (text ?? "").Trim();
        if (candidate.Length != 3 || !Ascii.AllDigits(candidate) || string.CompareOrdinal(candidate, "201") < 0)
        {
            problem = "a local authority code is three digits, 201 or above.";
            return false;
        }

        value = new LocalAuthorityCode(candidate);
        problem = "";
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
