using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts.Identifiers;

/// <summary>NHS number in England: ten digits, of which the last is a modulus-11 check digit. Source: NHS Data Dictionary, NHS
/// NUMBER.</summary>
[JsonConverter(typeof(IdentifierJsonConverter<NhsNumber>))]
public readonly record struct NhsNumber : IIdentifier<NhsNumber>
{
    private readonly string? value;

    private NhsNumber(string value) => this.value = value;

    /// <inheritdoc/>
    public string Value => value ?? "";

    /// <inheritdoc/>
    public static bool TryParse(string? text, out NhsNumber value, out string problem)
    {
        value = default;
        var digits = Ascii.Compact(text);
        if (digits.Length != 10 || !Ascii.AllDigits(digits))
        {
            problem = "an NHS number has exactly ten digits.";
            return false;
        }

        // Numbers such as 0000000000 pass the check, but they are only placeholders in forms and never belong to a patient.
        if (digits.All(c => c == digits[0]))
        {
            problem = "an NHS number cannot be the same digit ten times.";
            return false;
        }

        var sum = 0;
        for (var i = 0; i < 9; i++)
        {
            sum += (digits[i] - '0') * (10 - i);
        }

        var check = (11 - (sum % 11)) % 11;
        if (check == 10 || check != digits[9] - '0')
        {
            problem = "the check digit of the NHS number is wrong.";
            return false;
        }

        value = new NhsNumber(digits);
        problem = "";
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
