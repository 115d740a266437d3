using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts.Identifiers;

/// <summary>Unique learner number: nine digits and a check digit. Source: specification of the Individualised Learner Record.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<Uln>))]
public readonly record struct Uln : IIdentifier<Uln>
{
    private readonly string? value;

    private Uln(string value) => this.value = value;

    /// <inheritdoc/>
    public string Value => value ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out Uln value, out string problem)
    {
        value = default;
        var uln = Ascii.Compact(text);
        if (uln.Length != 10 || !Ascii.AllDigits(uln))
        {
            problem = "a ULN is ten digits.";
            return false;
        }

        // The first nine digits are weighted 10 to 2 and summed, modulo 11. The tenth digit is ten minus the remainder. No ULN has the
        // remainder 0.
        var rest = uln.Take(9).Select((digit, n) => (digit - '0') * (10 - n)).Sum() % 11;
        if (rest == 0 || uln[9] - '0' != 10 - rest)
        {
            problem = "the check digit of the ULN is wrong.";
            return false;
        }

        value = new Uln(uln);
        problem = "";
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
