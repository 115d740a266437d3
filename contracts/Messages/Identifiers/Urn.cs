using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts.Identifiers;

/// <summary>Unique reference number of a school or other establishment: six digits. Source: Get Information about Schools (GIAS).</summary>
[JsonConverter(typeof(IdentifierJsonConverter<Urn>))]
public readonly record struct Urn : IIdentifier<Urn>
{
    private readonly string? value;

    private Urn(string value) => this.value = value;

    /// <inheritdoc/>
    public string Value => value ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out Urn value, out string problem)
    {
        value = default;
        var candidate = (text ?? "").Trim();
        if (candidate.Length != 6 || !Ascii.AllDigits(candidate) || candidate[0] == '0')
        {
            problem = "a URN is six digits and does not begin with 0.";
            return false;
        }

        value = new Urn(candidate);
        problem = "";
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
