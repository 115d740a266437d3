using System.Globalization;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Intake.Matching;

/// <summary>The kind of a number that identifies a case or a child.</summary>
public enum IdentifierKind
{
    /// <summary>The reference of a case.</summary>
    Case,

    /// <summary>An NHS number.</summary>
    NhsNumber,

    /// <summary>A unique pupil number.</summary>
    Upn,
}

/// <summary>A number in a message that identifies a case or a child.</summary>
/// <param name="Kind">The kind of number.</param>
/// <param name="Value">The number, without spaces.</param>
public sealed record FoundIdentifier(IdentifierKind Kind, string Value);

/// <summary>Finds in a text every number that identifies a case or a child (each has a check digit, or the form of a case reference), and
/// every date.</summary>
public static partial class MailIdentifiers
{
    private static readonly string[] DayForms = ["d/M/yyyy", "d.M.yyyy", "d-M-yyyy", "yyyy-M-d", "d MMMM yyyy", "d MMM yyyy"];

    /// <summary>The numbers in a text, without repeats, in the order in which they appear.</summary>
    public static IReadOnlyList<FoundIdentifier> In(string text) =>
    [
        .. CaseForm().Matches(text).Select(found => (found.Index, Found: AssessmentId.TryParse(found.Value, out var id, out _) ? new FoundIdentifier(IdentifierKind.Case, id.Value) : null))
            .Concat(TenDigits().Matches(text).Select(found => (found.Index, Found: NhsNumber.TryParse(Packed(found.Value), out var number, out _) ? new FoundIdentifier(IdentifierKind.NhsNumber, number.Value) : null)))
            .Concat(UpnForm().Matches(text).Select(found => (found.Index, Found: Upn.TryParse(Packed(found.Value), out var upn, out _) ? new FoundIdentifier(IdentifierKind.Upn, upn.Value) : null)))
            .OrderBy(one => one.Index).Select(one => one.Found).OfType<FoundIdentifier>().Distinct(),
    ];

    /// <summary>The dates in a text, in the forms that people in England use.</summary>
    public static IReadOnlySet<DateOnly> DaysIn(string text)
    {
        var days = new HashSet<DateOnly>();
        foreach (var written in DayForm().Matches(text).Select(found => Ordinal().Replace(Spaces().Replace(found.Value, " "), "")))
        {
            if (DateOnly.TryParseExact(written, DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                days.Add(day);
            }
        }

        return days;
    }

    private static string Packed(string text) => string.Concat(text.Where(char.IsAsciiLetterOrDigit));

    [GeneratedRegex(@"(?<![0-9A-Z-])[0-9]{3}-[0-9A-Z]{12}(?![0-9A-Z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CaseForm();

    // Programs break a line inside a number, mark each line of a quoted reply, and put narrow spaces or dashes between the digits.
    [GeneratedRegex(
        @"(?<![0-9])[0-9]{3}(?:[\s\u2010-\u2015-]{0,2}|\s{1,3}>[> ]{0,5})[0-9]{3}(?:[\s\u2010-\u2015-]{0,2}|\s{1,3}>[> ]{0,5})[0-9]{4}(?![0-9])", RegexOptions.CultureInvariant)]
    private static partial Regex TenDigits();

    [GeneratedRegex(@"(?<![0-9A-Z])[A-Z][ ]?[0-9]{11}[0-9A-Z](?![0-9A-Z])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex UpnForm();

    [GeneratedRegex(@"(?<![0-9])([0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}(st|nd|rd|th)?\s{1,3}[A-Z]{3,9}\s{1,3}[0-9]{4})(?![0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DayForm();

    [GeneratedRegex(@"(?<=^[0-9]{1,2})(st|nd|rd|th)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Spaces();
}
