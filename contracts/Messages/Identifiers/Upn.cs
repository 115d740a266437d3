using System.Text.Json.Serialization;

namespace IntegrationHub.Contracts.Identifiers;

/// <summary>
/// Unique pupil number: a check letter, three digits for the authority, four for the establishment, two for the year and three for a serial
/// number. A temporary number ends in a letter. Source: Government Data Standards Catalogue, UniquePupilNumber 2.0.
/// </summary>
[JsonConverter(typeof(IdentifierJsonConverter<Upn>))]
public readonly record struct Upn : IIdentifier<Upn>
{
    // The letters I, O and S are not used, because they can be misread as 1, 0 and 5.
    private const string CheckLetters = "ABCDEFGHJKLMNPQRTUVWXYZ";

    private readonly string? value;

    private Upn(string value) => this.value = value;

    /// <inheritdoc/>
    public string Value => value ?? "";

    /// <summary>Whether the number is temporary. A temporary number is used until the permanent number is known, and ends in a
    /// letter.</summary>
    public bool IsTemporary => Value.Length == 13 && !char.IsAsciiDigit(Value[12]);

    /// <inheritdoc/>
    public static bool TryParse(string? text, out Upn value, out string problem)
    {
        value = default;
        var upn = Ascii.Compact(text);
        if (upn.Length != 13 || !CheckLetters.Contains(upn[0], StringComparison.Ordinal) || !Ascii.AllDigits(upn.AsSpan(1, 11)))
        {
            problem = "a UPN is a letter and twelve digits (a temporary one ends in a letter).";
            return false;
        }

        var last = char.IsAsciiDigit(upn[12]) ? upn[12] - '0' : CheckLetters.IndexOf(upn[12], StringComparison.Ordinal);
        if (last < 0)
        {
            problem = "the last character of the UPN is not allowed in a temporary UPN.";
            return false;
        }

        var sum = last * 13;
        for (var position = 2; position <= 12; position++)
        {
            sum += (upn[position - 1] - '0') * position;
        }

        if (CheckLetters[sum % 23] != upn[0])
        {
            problem = "the check letter of the UPN is wrong.";
            return false;
        }

        value = new Upn(upn);
        problem = "";
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
