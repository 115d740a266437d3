using System.Text;
using System.Xml;
using System.Xml.Linq;
using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>The words of a narrative.</summary>
/// <param name="Lines">One for each paragraph, list item, heading or table row, in the order in which a reader meets them.</param>
/// <param name="IsComplete">False when it contains something that lines cannot show: a picture, a link, a comment.</param>
internal sealed record NarrativeText(IReadOnlyList<string> Lines, bool IsComplete)
{
    internal string Joined => string.Join(' ', Lines);
}

/// <summary>The words of a narrative as one text.</summary>
public static class NarrativeWords
{
    /// <summary>Line by line; empty where there is none.</summary>
    public static string Of(Narrative? narrative) => string.Join('\n', NarrativeReading.Read(narrative?.Div).Lines);

    /// <summary>False when it contains something that lines cannot show: a picture, a link, a comment.</summary>
    public static bool IsComplete(Narrative? narrative) => NarrativeReading.Read(narrative?.Div).IsComplete;
}

/// <summary>
/// Reads the XHTML of a narrative as text. Every text node goes into exactly one line: text next to a list is a line of its own, the cells
/// of a table row and the parts around a line break are separated by a space.
/// </summary>
internal sealed class NarrativeReading
{
    // Elements that continue the line they are in (FHIR R4 narrative.html#xhtml); everything else begins and ends a line.
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

    /// <summary>The words of a <c>div</c>; no line where there is none.</summary>
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
            // Strict reading lets no such narrative in; one that was built in memory counts as not read.
            return new NarrativeText([], false);
        }

        var reading = new NarrativeReading();
        reading.Walk(root);
        reading.EndLine();
        return new NarrativeText(reading.lines, reading.isAll);
    }

    /// <summary>The words of a text, with one space between them.</summary>
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

    // A table row is one line, however its cells are laid out.
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
