using System.Text.RegularExpressions;

namespace IntegrationHub.Hub.Tests.Letters;

/// <summary>
/// The reading age of a text: the Flesch-Kincaid grade (Kincaid and others 1975) plus 5 years, which is the age at which a child begins
/// the grade. Syllables are counted by groups of vowels.
/// </summary>
internal static partial class ReadingAge
{
    /// <summary>Years, to one decimal.</summary>
    internal static double Of(string text)
    {
        var sentences = Sentence().Split(text).Select(s => Word().Matches(s).Count).Where(words => words > 0).ToList();
        var words = Word().Matches(text).Select(w => w.Value).ToList();
        var grade = (0.39 * words.Count / sentences.Count) + (11.8 * words.Sum(Syllables) / words.Count) - 15.59;
        return Math.Round(grade + 5, 1);
    }

    internal static int Syllables(string word)
    {
        var lower = word.ToLowerInvariant();
        if (lower.Length <= 3)
        {
            // EHC is said letter by letter.
            return word.Length > 1 && word.All(char.IsUpper) ? word.Length : 1;
        }

        var trimmed = SilentEnd().Replace(lower, "");
        return Math.Max(1, Vowels().Count(trimmed));
    }

    [GeneratedRegex(@"[.!?:]+(\s|$)|\n+")]
    private static partial Regex Sentence();

    [GeneratedRegex(@"[A-Za-z0-9][A-Za-z0-9'-]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"(?<![tdl])(es|ed)$|(?<=[td]e)s$|(?<!l)e$|(?<=[aeiouy]l)e$")]
    private static partial Regex SilentEnd();

    [GeneratedRegex("[aeiouy]+")]
    private static partial Regex Vowels();
}
