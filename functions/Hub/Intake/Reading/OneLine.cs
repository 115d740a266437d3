using System.Globalization;
using System.Text;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Intake.Reading;

/// <summary>Texts of a message in a form that can be shown: what is invisible, or changes how the rest reads, is left out.</summary>
internal static class OneLine
{
    private const int Longest = 500;

    /// <summary>A header as one line.</summary>
    internal static string Of(string? text)
    {
        var line = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
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

    /// <summary>The name of a file: what follows the last separator of a path, in one line.</summary>
    internal static string FileName(string? given, string otherwise)
    {
        var line = Of(given);
        var name = AttachmentStore.NameToShow(line[(line.LastIndexOfAny(['/', '\\', ':']) + 1)..].Trim().Trim('.'));
        return name == "document" ? otherwise : name;
    }

    /// <summary>Text of several lines.</summary>
    internal static string Lines(string text)
    {
        var lines = new StringBuilder(text.Length);
        var empty = 0;
        foreach (var line in text.ReplaceLineEndings("\n").EnumerateLines())
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

    // Format characters reverse the direction of what follows (a name then seems to end in "pdf"), and U+FFFC and unassigned ones show nothing.
    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
