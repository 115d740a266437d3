using System.Globalization;
using System.Text;
using System.Xml;

namespace IntegrationHub.Functions.Plans;

/// <summary>Formats text and dates for people.</summary>
internal static class PlainText
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>A date in the form used in plans and other documents, for example 2 March 2026.</summary>
    internal static string Day(DateOnly day) => day.ToString("d MMMM yyyy", English);

    /// <summary>
    /// Replaces each character that neither HTML nor XML can hold (control characters, half surrogate pairs) by U+FFFD, so that a reader
    /// sees that something is missing. Every kind of line break becomes \n.
    /// </summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r')
            {
                clean.Append('\n');
                i += i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
            }
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else
            {
                clean.Append(char.IsSurrogate(c) || !XmlConvert.IsXmlChar(c) || c is >= '\u007f' and <= '\u009f' ? '\ufffd' : c);
            }
        }

        return clean.ToString();
    }
}
