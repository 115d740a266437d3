using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.RoundTrip;

/// <summary>
/// The reference of a Word file. The reference identifies the case from which the file was made, and the state of the plan at that time.
/// The reference is visible text in the file, because every word processor preserves visible text.
/// </summary>
/// <param name="Case">The case.</param>
/// <param name="PlanVersion">The version of the plan that was being prepared.</param>
/// <param name="CaseVersion">The version of the case when the file was made.</param>
/// <param name="On">The day on which the file was made.</param>
/// <param name="Check">A single hash of all lines that were in the file.</param>
internal sealed partial record WordFileMark(string Case, int PlanVersion, long CaseVersion, DateOnly On, string Check)
{
    private const string Begins = "File reference, please leave as it is: ";
    private const int CheckLength = 16;
    private const int CodeLength = 5;

    // Letters and digits that are easily mistaken for each other are not used.
    private const string Alphabet = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    /// <summary>The file reference as the tag of a content control, which can have 64 characters.</summary>
    internal string Tag => string.Create(CultureInfo.InvariantCulture, $"{Case}/{PlanVersion}/{CaseVersion}/{On:yyyy-MM-dd}/{Check}");

    /// <summary>The reference as it stands in the text of the file.</summary>
    internal string Text => Begins + Tag;

    /// <summary>Makes the reference for a plan.</summary>
    internal static WordFileMark Of(PlanDocument plan, long caseVersion)
    {
        var words = new StringBuilder(plan.Assessment.Value).Append('\u001e').Append(plan.Version).Append('\u001e').Append(caseVersion);
        foreach (var (letter, line) in WordPlan.Lines(plan))
        {
            words.Append('\u001e').Append(letter);
            foreach (var part in new[] { line.Id, line.Text, line.Who, line.HowOften, line.HowLong })
            {
                words.Append('\u001f').Append(part);
            }
        }

        return new WordFileMark(plan.Assessment.Value, plan.Version, caseVersion, plan.PreparedOn, Hash(words.ToString())[..CheckLength]);
    }

    /// <summary>The file reference in a text or in the tag of a content control, or null if there is none.</summary>
    internal static WordFileMark? Read(string text)
    {
        var match = Shape().Match(text.StartsWith(Begins, StringComparison.Ordinal) ? text[Begins.Length..] : text);
        return match.Success
            && int.TryParse(match.Groups["plan"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var plan)
            && long.TryParse(match.Groups["version"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            && DateOnly.TryParseExact(match.Groups["on"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on)
                ? new WordFileMark(match.Groups["case"].Value, plan, version, on, match.Groups["check"].Value)
                : null;
    }

    /// <summary>
    /// The code of each line. Each code consists of the line's place (for example F3) and five characters that are calculated from the line
    /// and this file.
    /// </summary>
    internal IReadOnlyDictionary<string, (PlanSectionLetter Letter, PlanLine Line)> Codes(PlanDocument plan)
    {
        var codes = new Dictionary<string, (PlanSectionLetter, PlanLine)>(StringComparer.Ordinal);
        foreach (var section in WordPlan.Lines(plan).GroupBy(one => one.Letter))
        {
            foreach (var ((letter, line), n) in section.Select((one, n) => (one, n)))
            {
                codes.Add(CodeOf(letter, n, line.Id), (letter, line));
            }
        }

        return codes;
    }

    /// <summary>Whether a text has the shape of a code.</summary>
    internal static bool IsCode(string text) => CodeShape().IsMatch(text);

    /// <summary>The part of a code by which people refer to the line, for example F3.</summary>
    internal static string PlaceOf(string code) => code.Split('-')[0];

    private string CodeOf(PlanSectionLetter letter, int n, string lineId)
    {
        var hash = Convert.FromHexString(Hash($"{Tag}\u001f{lineId}"));
        return string.Create(
            CultureInfo.InvariantCulture, $"{letter}{(char.IsAsciiDigit(letter.ToString()[^1]) ? "." : "")}{n + 1}-{string.Concat(hash.Take(CodeLength).Select(b => Alphabet[b % Alphabet.Length]))}");
    }

    private static string Hash(string words) => PlanJson.ContentHash(Encoding.UTF8.GetBytes(words));

    [GeneratedRegex(@"^(?<case>[0-9]{3}-[0-9A-Z]{4,20})/(?<plan>[0-9]{1,4})/(?<version>[0-9]{1,9})/(?<on>[0-9]{4}-[0-9]{2}-[0-9]{2})/(?<check>[0-9a-f]{16})$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    [GeneratedRegex(@"^(?:[A-G][0-9]{1,4}|H[12]\.[0-9]{1,4})-[A-Z2-9]{5}$", RegexOptions.CultureInvariant)]
    private static partial Regex CodeShape();
}
