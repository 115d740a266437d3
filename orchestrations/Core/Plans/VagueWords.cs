using System.Text.RegularExpressions;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>
/// Finds words that are too vague for provision to be enforced, and words that quantify the provision. Code 9.69(F) says "detailed and
/// specific ... normally quantified".
/// </summary>
public static partial class VagueWords
{
    /// <summary>The first vague expression in the text, in lower case, or null if there is none. Only whole words are compared.</summary>
    public static string? FindFirst(string? text) =>
        text is not null && Vague().Match(text) is { Success: true } match ? Spaces().Replace(match.Value, " ").ToLowerInvariant() : null;

    /// <summary>Whether the text quantifies anything by a figure, a number in words, or a frequency such as "daily".</summary>
    public static bool IsQuantified(string text) => Measure().IsMatch(text);

    [GeneratedRegex(
        @"\b(?:access\s+to|regular(?:ly)?|as\s+(?:and\s+when\s+)?(?:required|appropriate|necessary|needed)|(?:if|when|where)(?:ver)?\s+(?:required|appropriate|necessary|needed|possible|available|practicable)"
        + @"|opportunit(?:y|ies)\s+(?:for|to)|(?:would|will|may|might|could)\s+benefit\s+from|up\s+to|from\s+time\s+to\s+time|periodic(?:ally)?|frequent(?:ly)?|occasional(?:ly)?|often|sometimes"
        + @"|a\s+(?:range|variety|high\s+level|degree)\s+of|some\s+(?:support|help|input|time)|or\s+equivalent|subject\s+to|appropriate\s+(?:support|adult|staff|provision|intervention)s?|suitable\s+(?:support|staff|provision)"
        + @"|consideration\s+(?:should|will)\s+be\s+given|encouraged\s+to|input\s+from|tbc|to\s+be\s+(?:confirmed|agreed|determined|decided))\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Vague();

    [GeneratedRegex(
        @"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|forty-five|sixty|ninety|once|twice|half|quarter|hour|daily|weekly|fortnightly|monthly|termly|yearly|annually|every|each|per|throughout|whole|all|full[ -]time)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Measure();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
