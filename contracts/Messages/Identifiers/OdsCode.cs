using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts.Identifiers;

/// <summary>Code of an NHS organisation, assigned by the Organisation Data Service: three to ten letters and digits (the service does not
/// fix the length).</summary>
[JsonConverter(typeof(IdentifierJsonConverter<OdsCode>))]
public readonly record struct OdsCode : IIdentifier<OdsCode>
{
    private readonly string? value;

    private OdsCode(string value) => this.value = value;

    /// <inheritdoc/>
    public string Value => value ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out OdsCode value, out string problem)
    {
        value = default;
        var candidate = Ascii.Upper((text ?? "").Trim());
        if (candidate.Length is < 3 or > 10 || !candidate.All(char.IsAsciiLetterOrDigit))
        {
            problem = "an ODS code is three to ten letters and digits.";
            return false;
        }

        value = new OdsCode(candidate);
        problem = "";
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
