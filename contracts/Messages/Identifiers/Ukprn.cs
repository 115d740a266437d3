using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts.Identifiers;

/// <summary>UK provider reference number: eight digits, of which the first is 1. Source: UK Register of Learning Providers.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<Ukprn>))]
public readonly record struct Ukprn : IIdentifier<Ukprn>
{
    private readonly string? value;

    private Ukprn(string value) => this.value = value;

    /// <inheritdoc/>
    public string Value => value ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out Ukprn value, out string problem)
    {
        value = default;
        var candidate = (text ?? "").Trim();
        if (candidate.Length != 8 || !Ascii.AllDigits(candidate) || candidate[0] != '1')
        {
            problem = "a UKPRN is eight digits and begins with 1.";
            return false;
        }

        value = new Ukprn(candidate);
        problem = "";
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
