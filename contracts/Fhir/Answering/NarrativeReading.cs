using System.Text;
using System.Xml;
using System.Xml.Linq;
using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>The text of a narrative.</summary>
/// <param name="Lines">One line for each paragraph, list item, heading or table row, in reading order.</param>
/// <param name="IsComplete">Whether lines of text can show everything in the narrative; false if it contains a picture, a link or a
/// comment.</param>
internal sealed record NarrativeText(IReadOnlyList<string> Lines, bool IsComplete)
{
    internal string Joined => string.Join(' ', Lines);
}

/// <summary>Returns a narrative as one text.</summary>
public static class NarrativeWords
{
    /// <summary>The lines of the narrative, or an empty string if there is no narrative.</summary>
    public static string Of(Narrative? narrative) => string.Join('\n', NarrativeReading.Read(narrative?.Div).Lines);

    /// <summary>Whether lines of text can show everything in the narrative; false if it contains a picture, a link or a comment.</summary>
    public static bool IsComplete(Narrative? narrative) => NarrativeReading.Read(narrative?.Div).IsComplete;
}

/// <summary>
/// Reads the XHTML of a narrative as text. Every text node in the XHTML becomes part of exactly one line. Text next to a list is a separate
/// line; a space separates the cells of a table row and the parts around a line break.
/// </summary>
internal sealed class NarrativeReading
{
    // Elements that continue the current line (FHIR R4 narrative.html#xhtml); all other elements begin and end a line.
    private static readonly HashSet<string> Inline = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "abbr", "acronym", "b", "big", "cite", "code", "dfn", "em", "font", "i", "kbd", "q", "s", "samp", "small", "span", "strike",
        "strong", "sub", "sup", "tt", "u", "var",
    };

    private static readonly HashSet<string> Layout = new(StringComparer.OrdinalIgnoreCase)
    {
        "align", "border", "cellpadding", "cellspacing", "class", "colspan", "dir", "height", "id", "lang", "name", "rowspan", "scope",
        "span", "start", "style", "type", "valign", "width",
    };

    private readonly List<string> lines = [];
    private readonly StringBuilder line = new();
    private int rows;
    private bool isAll = true;

    /// <summary>The text of a <c>div</c>, or no lines if there is no <c>div</c>.</summary>
    internal static NarrativeText Read(string? div)
    {
        if (div is null)
        {
            return new NarrativeText([], true);
        }

        XElement root;
        try
        {
            using var reader = XmlReader.Create(new StringReader(div), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            root = XElement.Load(reader, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            // FhirReader refuses such a narrative, so this one was built in memory. It counts as incomplete, because its text cannot be
            // read.
            return new NarrativeText([], false);
        }

        var reading = new NarrativeReading();
        reading.Walk(root);
        reading.EndLine();
        return new NarrativeText(reading.lines, reading.isAll);
    }

    /// <summary>A text with exactly one space between words.</summary>
    internal static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private void Walk(XElement element)
    {
        Attributes(element);
        var name = element.Name.LocalName.ToLowerInvariant();
        switch (name)
        {
            case "br" or "hr" or "img" or "td" or "th":
                line.Append(' ');
                Children(element);
                line.Append(' ');
                break;
            case "tr":
                EndLine();
                rows++;
                Children(element);
                rows--;
                EndLine();
                break;
            case var _ when Inline.Contains(name):
                Children(element);
                break;
            default:
                EndLine();
                Children(element);
                EndLine();
                break;
        }
    }

    private void Children(XElement element)
    {
        foreach (var node in element.Nodes())
        {
            switch (node)
            {
                case XElement child:
                    Walk(child);
                    break;
                case XText text:
                    line.Append(text.Value);
                    break;
                default:
                    isAll = false;
                    break;
            }
        }
    }

    private void Attributes(XElement element)
    {
        foreach (var attribute in element.Attributes().Where(attribute => !attribute.IsNamespaceDeclaration))
        {
            var name = attribute.Name.LocalName;
            if (name.Equals("alt", StringComparison.OrdinalIgnoreCase))
            {
                line.Append(' ').Append(attribute.Value).Append(' ');
            }

            isAll &= Layout.Contains(name) || attribute.Value.StartsWith('#') || string.IsNullOrWhiteSpace(attribute.Value);
        }
    }

    // A table row is always one line, however its cells are laid out.
    private void EndLine()
    {
        if (rows > 0)
        {
            line.Append(' ');
            return;
        }

        if (Words(line.ToString()) is { Length: > 0 } text)
        {
            lines.Add(text);
        }

        line.Clear();
    }
}
