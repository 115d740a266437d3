using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Institutions;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>
/// The school or college that a family asks for, looked up in the register of schools by its number (URN) or its exact name. What is not found, or
/// not found once, stays in the family's words, and an officer finds the number.
/// </summary>
internal static partial class PlaceAsked
{
    /// <summary>What the field says under its label.</summary>
    internal const string Hint = "Its name and town. If you know its number (URN), add it.";

    /// <summary>The institution; null where it is not clear which one is meant.</summary>
    internal static Agency? Of(OpenedCase opened, string words) =>
        Find(opened, words) is [var only] ? new Agency { Id = AgencyId.Of(only.Urn), Name = only.Name } : null;

    /// <summary>The family's words, and beneath them what the register knows, as the family checks it before sending.</summary>
    internal static string InWords(OpenedCase opened, string words) => Find(opened, words) switch
    {
        [var only] => $"{words}\nIn the register of schools: {Named(only)}",
        { Count: > 1 } several => $"{words}\nThe register of schools has {several.Count} of this name: add the number of the one you mean, or the council will ask you.\n{string.Join('\n', several.Take(MostShown).Select(Named))}",
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
