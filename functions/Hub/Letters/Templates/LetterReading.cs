using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Functions.Letters.Templates;

/// <summary>
/// Reads the output of a template: <c># title</c>, <c>## heading</c>, <c>- item</c>, and paragraphs between empty lines. The facts are
/// inserted afterwards, so no fact is ever interpreted as markup.
/// </summary>
internal static class LetterReading
{
    internal static LetterLayout Of(string text, Func<int, string> fact, Letter letter)
    {
        var title = "";
        var blocks = new List<LetterBlock>();
        var paragraph = new List<string>();
        foreach (var marked in text.Split('\n'))
        {
            var line = WithoutPoints(marked).Trim();
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                End();
                title = MarkedText.Filled(line[2..].Trim(), fact);
            }
            else if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                End();
                blocks.Add(new(LetterPart.Heading, MarkedText.Filled(line[3..].Trim(), fact)));
            }
            else if (line.StartsWith("- ", StringComparison.Ordinal))
            {
                End();
                blocks.Add(new(LetterPart.Item, MarkedText.Filled(line[2..].Trim(), fact)));
            }
            else if (line.Length == 0)
            {
                End();
            }
            else
            {
                paragraph.Add(line);
            }
        }

        End();
        return new LetterLayout(
            title, letter.Language, letter.Facts.GetValueOrDefault("councilName", ""), [letter.RecipientName, .. letter.PostalAddress], letter.On,
            letter.Facts.GetValueOrDefault("letterDate", ""), letter.Assessment.Value, letter.Facts.GetValueOrDefault("councilContact"), blocks)
        { CouncilAddress = letter.CouncilAddress };

        void End()
        {
            if (paragraph.Count > 0)
            {
                blocks.Add(new(LetterPart.Paragraph, MarkedText.Filled(string.Join(' ', paragraph), fact)));
                paragraph.Clear();
            }
        }
    }

    private static string WithoutPoints(string line)
    {
        for (var at = line.IndexOf(MarkedText.PointStart, StringComparison.Ordinal); at >= 0; at = line.IndexOf(MarkedText.PointStart, StringComparison.Ordinal))
        {
            line = line.Remove(at, Math.Min(2, line.Length - at));
        }

        return line.Replace(MarkedText.PointEnd.ToString(), "", StringComparison.Ordinal);
    }
}
