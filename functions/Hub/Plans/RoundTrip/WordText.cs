using System.Text;
using System.Xml.Linq;

namespace IntegrationHub.Functions.Plans.RoundTrip;

/// <summary>
/// The text of a paragraph or a cell when every tracked change is accepted, and everything in it that a plan cannot contain.
/// </summary>
internal sealed class WordText
{
    // These elements set how text looks or mark a place, and do not contain text.
    private static readonly HashSet<string> Silent =
    [
        "pPr", "rPr", "tcPr", "trPr", "tblPr", "tblGrid", "tblPrEx", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "sectPr", "proofErr", "lastRenderedPageBreak",
        "bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart",
        "moveToRangeEnd", "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "instrText", "delText", "delInstrText", "annotationRef",
    ];

    private static readonly HashSet<string> Around =
        ["hyperlink", "smartTag", "customXml", "sdtContent", "ins", "moveTo", "fldSimple", "dir", "bdo", "tc", "tr"];

    private static readonly (string Mark, string What)[] Looks =
        [("b", "bold"), ("i", "italic"), ("u", "underlined"), ("highlight", "highlighted"), ("caps", "capitals"), ("smallCaps", "small capitals"), ("vertAlign", "raised or lowered")];

    private readonly IReadOnlyDictionary<string, WordComment> known;
    private readonly StringBuilder words = new();
    private readonly SortedSet<string> notes = new(StringComparer.Ordinal);
    private readonly SortedSet<string> stops = new(StringComparer.Ordinal);
    private readonly List<WordComment> comments = [];
    private readonly List<string> tags = [];
    private bool isJoined = true;

    private WordText(IReadOnlyDictionary<string, WordComment> known) => this.known = known;

    /// <summary>The text, without white space at the ends.</summary>
    internal string Text => words.ToString().Trim();

    /// <summary>What was lost or converted when the file was read, in words for the officer.</summary>
    internal IReadOnlyCollection<string> Notes => notes;

    /// <summary>
    /// The reasons why the text cannot go into the plan: as plain text, it would mean something different from the text in the file.
    /// </summary>
    internal IReadOnlyCollection<string> Stops => stops;

    internal IReadOnlyList<WordComment> Comments => comments;

    /// <summary>The tags of the content controls in the text.</summary>
    internal IReadOnlyList<string> Tags => tags;

    /// <summary>Whether the last paragraph ends in a tracked deletion, so that the next paragraph continues it.</summary>
    internal bool GoesOn => isJoined;

    internal static WordText Of(XElement element, IReadOnlyDictionary<string, WordComment> known)
    {
        var text = new WordText(known);
        text.Walk(element);
        return text;
    }

    private void Walk(XElement element)
    {
        var name = element.Name.LocalName;
        if (!WordFile.IsOwn(element))
        {
            Stop(element, name == "AlternateContent" ? "a picture or a text box" : name.StartsWith("oMath", StringComparison.Ordinal) ? "a formula" : "something that the hub cannot read");
        }
        else if (name == "p")
        {
            Paragraph(element);
        }
        else if (name == "r")
        {
            Run(element);
        }
        else if (name == "tbl")
        {
            Table(element);
        }
        else if (name is "del" or "moveFrom")
        {
            notes.Add(Tracked("a tracked deletion", element));
            Remarks(element);
        }
        else if (name == "sdt")
        {
            Control(element);
        }
        else if (Around.Contains(name))
        {
            if (name is "ins" or "moveTo")
            {
                notes.Add(Tracked("a tracked insertion", element));
            }

            Inside(element);
        }
        else if (!Silent.Contains(name))
        {
            Stop(element, "something that the hub cannot read");
        }
    }

    private void Inside(XElement element)
    {
        foreach (var child in element.Elements())
        {
            Walk(child);
        }
    }

    private void Control(XElement control)
    {
        var settings = control.Elements().FirstOrDefault(one => WordFile.Is(one, "sdtPr"));
        if (settings?.Elements().FirstOrDefault(one => WordFile.Is(one, "tag")) is { } tag && WordFile.WordAttribute(tag, "val") is { } said)
        {
            tags.Add(said);
        }

        // The prompt that Word shows in an empty control is not text that somebody wrote.
        if (settings?.Elements().Any(one => WordFile.Is(one, "showingPlcHdr")) != true)
        {
            Inside(control);
        }
    }

    private void Paragraph(XElement paragraph)
    {
        if (!isJoined)
        {
            words.Append('\n');
        }

        var settings = paragraph.Elements().FirstOrDefault(one => WordFile.Is(one, "pPr"));
        if (IsListed(settings))
        {
            notes.Add("a list became lines that begin with a hyphen; its numbers are lost");
            words.Append("- ");
        }

        Inside(paragraph);
        isJoined = settings?.Elements().FirstOrDefault(one => WordFile.Is(one, "rPr"))?.Elements().Any(one => WordFile.Is(one, "del") || WordFile.Is(one, "moveFrom")) == true;
    }

    private void Run(XElement run)
    {
        foreach (var look in run.Elements().Where(one => WordFile.Is(one, "rPr")).SelectMany(one => one.Elements()).Where(IsOn))
        {
            var what = Looks.FirstOrDefault(one => one.Mark == look.Name.LocalName).What;
            if (what is not null)
            {
                notes.Add($"formatting is lost ({what})");
            }
            else if (look.Name.LocalName is "strike" or "dstrike")
            {
                stops.Add("some of the text is struck through, so delete it or remove the line through it");
            }
            else if (look.Name.LocalName is "vanish")
            {
                stops.Add("some of the text is hidden, so show it or delete it");
            }
        }

        foreach (var piece in run.Elements())
        {
            _ = !WordFile.IsOwn(piece) ? null : piece.Name.LocalName switch
            {
                "t" => words.Append(piece.Value),
                "tab" or "ptab" => words.Append('\t'),
                "br" or "cr" => words.Append('\n'),
                "noBreakHyphen" => words.Append('\u2011'),
                "softHyphen" => words.Append('\u00ad'),
                _ => null,
            };
            Special(piece);
        }
    }

    private void Special(XElement piece)
    {
        switch (piece.Name.LocalName)
        {
            case "t" or "tab" or "ptab" or "br" or "cr" or "noBreakHyphen" or "softHyphen" or "pgNum":
                break;
            case "fldChar":
                notes.Add("a field was replaced by the text that it showed");
                break;
            case "commentReference":
                Remark(piece);
                break;
            case "footnoteReference" or "endnoteReference":
                stops.Add("the text has a footnote or an endnote, so write the text of the note into the line");
                break;
            case "sym":
                stops.Add("the text contains a symbol from a special font, so type the symbol as text");
                break;
            case "drawing" or "pict" or "object" or "AlternateContent":
                Stop(piece, "a picture or a text box");
                break;
            default:
                if (!Silent.Contains(piece.Name.LocalName))
                {
                    Stop(piece, "something that the hub cannot read");
                }

                break;
        }
    }

    private void Table(XElement table)
    {
        notes.Add("a table inside the text became lines, one for each row");
        foreach (var row in WordBody.Flat(table).Where(one => WordFile.Is(one, "tr")))
        {
            var cells = WordBody.Flat(row).Where(one => WordFile.Is(one, "tc")).Select(cell => Of(cell, known)).ToList();
            words.Append(isJoined ? "" : "\n").AppendJoin(" | ", cells.Select(cell => cell.Text));
            isJoined = false;
            foreach (var cell in cells)
            {
                notes.UnionWith(cell.notes);
                stops.UnionWith(cell.stops);
                comments.AddRange(cell.comments);
            }
        }
    }

    private void Stop(XElement element, string what)
    {
        var inside = WordFile.WordsIn(element);
        stops.Add(inside.Length == 0 ? $"the text contains {what}" : $"the text contains {what} with the text “{inside}”");
    }

    private void Remarks(XElement element)
    {
        foreach (var remark in element.Descendants().Where(one => WordFile.Is(one, "commentReference")))
        {
            Remark(remark);
        }
    }

    private void Remark(XElement reference)
    {
        if (known.TryGetValue(WordFile.WordAttribute(reference, "id") ?? "", out var comment))
        {
            comments.Add(comment);
        }
    }

    private static bool IsListed(XElement? settings)
    {
        var number = settings?.Elements().FirstOrDefault(one => WordFile.Is(one, "numPr"))?.Elements().FirstOrDefault(one => WordFile.Is(one, "numId"));
        var style = settings?.Elements().FirstOrDefault(one => WordFile.Is(one, "pStyle")) is { } named ? WordFile.WordAttribute(named, "val") ?? "" : "";

        // "List Paragraph" is only indented; "List Bullet" and "List Number" add their own bullets and numbers.
        return number is not null ? WordFile.WordAttribute(number, "val") != "0" : style.StartsWith("ListBullet", StringComparison.Ordinal) || style.StartsWith("ListNumber", StringComparison.Ordinal);
    }

    private static bool IsOn(XElement look) => WordFile.IsOwn(look) && WordFile.WordAttribute(look, "val") is not ("0" or "false" or "off" or "none" or "baseline");

    internal static string Tracked(string what, XElement change) => $"{what}{(WordFile.WordAttribute(change, "author") is { Length: > 0 } author ? $" by {author}" : "")} is treated as accepted";
}
