using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Institutions;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>
/// The school or college that a family asks for, looked up in the register of schools by its number (URN) or its exact name. If the
/// register has no match, or more than one, the family's text is stored as written and an officer finds the number.
/// </summary>
internal static partial class PlaceAsked
{
    /// <summary>The hint under the label of the field.</summary>
    internal const string Hint = "Give the name and the town. If you know the school’s number (URN), add it.";

    /// <summary>The institution, or null if it is not clear which institution is meant.</summary>
    internal static Agency? Of(OpenedCase opened, string words) =>
        Find(opened, words) is [var only] ? new Agency { Id = AgencyId.Of(only.Urn), Name = only.Name } : null;

    /// <summary>The family's text with the entry in the register below it, for the family to check before sending.</summary>
    internal static string InWords(OpenedCase opened, string words) => Find(opened, words) switch
    {
        [var only] => $"{words}\nIn the register of schools: {Named(only)}",
        { Count: > 1 } several => $"{words}\nThe register has {several.Count} schools with this name. Add the number of the school that you mean, or the council will ask you.\n{string.Join('\n', several.Take(MostShown).Select(Named))}",
        _ => words,
    };

    private const int MostShown = 5;

    private static List<Institution> Find(OpenedCase opened, string words)
    {
        if (opened.Schools is not { } register)
        {
            return [];
        }

        if (Number().Match(words) is { Success: true } number && Urn.TryParse(number.Value, out var urn, out _))
        {
            return register.Find(urn) is { } known && !known.HasClosed(opened.Today) ? [known] : [];
        }

        return [.. register.Rows.Where(row => !row.HasClosed(opened.Today) && (Is(row.Name, words) || (row.Town is { } town && Is($"{row.Name}, {town}", words))))];
    }

    private static string Named(Institution one) => $"{one.Name}{(one.Town is { } town ? $", {town}" : "")} (URN {one.Urn})";

    private static bool Is(string name, string words) => string.Equals(name, words.Trim(), StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"(?<!\d)\d{6}(?!\d)")]
    private static partial Regex Number();
}
