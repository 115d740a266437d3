using System.Globalization;
using System.Text;

namespace IntegrationHub.Functions.Children;

/// <summary>Names and schools in the form used for searching.</summary>
internal static class SearchWords
{
    /// <summary>
    /// The text in lower case without accents. Any character other than a letter or digit separates words, except that an apostrophe joins them.
    /// </summary>
    internal static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
            else if (char.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && c is not ('\'' or '’'))
            {
                folded.Append(' ');
            }
        }

        return folded.ToString();
    }

    /// <summary>The words of a text in the form used for searching.</summary>
    internal static string[] Of(string folded) => folded.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Whether any word of a text in the form used for searching begins with the given letters.</summary>
    internal static bool Begins(string folded, string word)
    {
        for (var at = folded.IndexOf(word, StringComparison.Ordinal); at >= 0; at = folded.IndexOf(word, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || folded[at - 1] == ' ')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The words of a text (runs of letters and digits), unchanged.</summary>
    internal static IEnumerable<string> Runs(string text)
    {
        var begins = -1;
        for (var n = 0; n <= text.Length; n++)
        {
            if (n < text.Length && char.IsLetterOrDigit(text[n]))
            {
                begins = begins < 0 ? n : begins;
            }
            else if (begins >= 0)
            {
                yield return text[begins..n];
                begins = -1;
            }
        }
    }
}
