using System.Globalization;
using System.Text;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Intake.Reading;

/// <summary>Makes the texts of a message safe to show, without characters that are invisible or change how the rest is displayed.</summary>
internal static class OneLine
{
    private const int Longest = 500;

    /// <summary>Converts a header to one line.</summary>
    internal static string Of(string? text)
    {
        var line = new StringBuilder();
        foreach (var rune in MailCharset.Mend(text ?? "").EnumerateRunes())
        {
            var shown = IsShown(rune) ? rune.ToString() : Rune.IsWhiteSpace(rune) || Rune.IsControl(rune) ? " " : "";
            if (line.Length + shown.Length > Longest)
            {
                line.Append('…');
                break;
            }

            line.Append(shown == " " && (line.Length == 0 || line[^1] == ' ') ? "" : shown);
        }

        return line.ToString().Trim();
    }

    /// <summary>The name of a file, in one line: the part of its path after the last separator.</summary>
    internal static string FileName(string? given, string otherwise)
    {
        var line = Of(given);
        var name = AttachmentStore.NameToShow(line[(line.LastIndexOfAny(['/', '\\', ':']) + 1)..].Trim().Trim('.'));
        return name == "document" ? otherwise : name;
    }

    /// <summary>Makes a text of several lines safe to show.</summary>
    internal static string Lines(string text)
    {
        var lines = new StringBuilder(text.Length);
        var empty = 0;
        foreach (var line in MailCharset.Mend(text).ReplaceLineEndings("\n").EnumerateLines())
        {
            var from = lines.Length;
            foreach (var rune in line.EnumerateRunes())
            {
                lines.Append(rune.Value == '\t' || IsShown(rune) ? rune.ToString() : "");
            }

            while (lines.Length > from && char.IsWhiteSpace(lines[^1]))
            {
                lines.Length--;
            }

            empty = lines.Length == from ? empty + 1 : 0;
            if (empty < 2)
            {
                lines.Append('\n');
            }
        }

        return lines.ToString().Trim('\n');
    }

    // Format characters can reverse the direction of the text (so that, for example, a file name seems to end in "pdf"). U+FFFC and
    // unassigned characters are invisible.
    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
