using System.Globalization;
using System.Text;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Functions.Children;

/// <summary>
/// Whether two records name the same person. Differences that leave no doubt are ignored: case, accents, hyphens, apostrophes and spaces, a
/// middle name that one record leaves out, a name in brackets by which the child is known, and given and family name in reverse order. Any other
/// difference, even a short form (Tom for Thomas), makes the name a different name, and an officer must check.
/// </summary>
public static class NameComparison
{
    /// <summary>Whether the two names certainly belong to the same person.</summary>
    public static bool IsSame(Child one, Child other) =>
        IsSame(one.GivenName, one.FamilyName, other.GivenName, other.FamilyName)
        || IsSame(one.GivenName, one.FamilyName, other.FamilyName, other.GivenName)
        || IsSame(one.FamilyName, one.GivenName, other.GivenName, other.FamilyName);

    /// <summary>Whether the family names are the same, even if the given names differ.</summary>
    public static bool IsSameFamily(Child one, Child other) => Packed(one.FamilyName) is { Length: > 0 } family && family == Packed(other.FamilyName);

    private static bool IsSame(string given, string family, string otherGiven, string otherFamily) =>
        Packed(family) is { Length: > 0 } name && name == Packed(otherFamily) && AreGivenNamesOfOne(given, otherGiven);

    /// <summary>
    /// Whether one record has all the given names that the other has: a middle name may be missing, and a child may be known by the second
    /// name. A name in brackets or quotation marks is a name by which the child is known.
    /// </summary>
    private static bool AreGivenNamesOfOne(string one, string other)
    {
        var (names, others) = (NamesIn(one), NamesIn(other));
        return names.Count > 0 && others.Count > 0
            && (names.IsSubsetOf(others) || others.IsSubsetOf(names) || Packed(one) == Packed(other));
    }

    private static HashSet<string> NamesIn(string given) =>
        given.Split([' ', '\t', '\u00A0', '-', '\u2010', '\u2011', '\u2013', '(', ')', '"', '\u201C', '\u201D', ',', '.', '/'], StringSplitOptions.RemoveEmptyEntries)
            .Select(Packed).Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);

    /// <summary>Letters and digits only, in capitals without marks: <c>O'Brien-Søby</c> becomes <c>OBRIENSOBY</c>.</summary>
    internal static string Packed(string text)
    {
        var packed = new StringBuilder(text.Length);
        foreach (var letter in text.ToUpperInvariant())
        {
            if (LatinLetters.Of(letter) is { } plain)
            {
                packed.Append(plain);
            }
            else if (IsPartOfName(letter))
            {
                packed.Append(letter);
            }
        }

        return packed.ToString();
    }

    /// <summary>
    /// Accents and other marks on Latin letters (U+0300 to U+036F) are left out; the vowel signs of other scripts are kept, because they
    /// distinguish names.
    /// </summary>
    private static bool IsPartOfName(char letter) => CharUnicodeInfo.GetUnicodeCategory(letter) switch
    {
        UnicodeCategory.ModifierLetter => false,
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => letter is < '\u0300' or > '\u036F',
        _ => char.IsLetterOrDigit(letter),
    };
}
