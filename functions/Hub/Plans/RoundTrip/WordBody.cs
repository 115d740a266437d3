using System.Xml.Linq;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.RoundTrip;

/// <summary>A line in the Word file.</summary>
/// <param name="Letter">The section under whose heading the line is.</param>
/// <param name="Code">The code that identifies the line, or null for a new line.</param>
/// <param name="Words">The text of the line.</param>
/// <param name="Notes">What was lost or converted when the line was read, for example formatting.</param>
/// <param name="Stops">The reasons why the text of the line cannot go into the plan.</param>
/// <param name="Comments">The comments in the margin on this line.</param>
internal sealed record WordRow(
    PlanSectionLetter Letter, string? Code, LineWords Words, IReadOnlyCollection<string> Notes, IReadOnlyCollection<string> Stops, IReadOnlyList<WordComment> Comments);

/// <summary>
/// Text in a file that is not part of a line and was not written by the hub itself, and the reason why it cannot go into the plan.
/// </summary>
public sealed record RefusedWords(string Where, string Words, string Why);

/// <summary>The content of a returned Word file, in order. Text that was not written by the hub itself is either read as part of a row or
/// refused.</summary>
internal sealed class WordBody
{
    /// <summary>Marks a line whose text was refused.</summary>
    internal const string Unreadable = "unreadable";

    private static readonly string[] Transparent = ["sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"];

    private readonly IReadOnlyDictionary<string, WordComment> known;
    private readonly IReadOnlySet<string> own;
    private readonly List<WordRow> rows = [];
    private readonly List<RefusedWords> refused = [];
    private readonly List<PlanSectionLetter> headings = [];
    private readonly Dictionary<string, string> deleted = new(StringComparer.Ordinal);
    private readonly List<WordComment> elsewhere = [];
    private readonly List<string> marks = [];
    private bool isOver;

    private WordBody(IReadOnlyDictionary<string, WordComment> known, IReadOnlySet<string> own) => (this.known, this.own) = (known, own);

    internal IReadOnlyList<WordRow> Rows => rows;

    internal IReadOnlyList<RefusedWords> Refused => refused;

    /// <summary>The rows that a tracked change deletes, by code, with the author of the change.</summary>
    internal IReadOnlyDictionary<string, string> Deleted => deleted;

    /// <summary>Comments on text that is not part of a line.</summary>
    internal IReadOnlyList<WordComment> Elsewhere => elsewhere;

    /// <summary>The file references in the file.</summary>
    internal IReadOnlyList<string> Marks => marks;

    /// <summary>Whether all headings are present and in the order in which the hub wrote them.</summary>
    internal bool HasAllHeadings => headings.SequenceEqual(WordPlan.Letters);

    /// <summary>Reads the body of a Word file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="own">The text that the hub itself wrote into the file, except the headings, the codes and the file reference.</param>
    internal static WordBody Read(WordFile file, IReadOnlySet<string> own)
    {
        var body = new WordBody(file.Comments, own);
        var pending = new List<XElement>();
        foreach (var block in Flat(file.Body))
        {
            if (WordFile.Is(block, "p"))
            {
                pending.Add(block);

                // If the end of a paragraph was deleted, the paragraph and the next one are read as one.
                if (WordText.Of(block, file.Comments).GoesOn)
                {
                    continue;
                }
            }

            body.Take(pending);
            pending.Clear();
            if (WordFile.Is(block, "tbl"))
            {
                body.Table(block);
            }
            else if (!WordFile.Is(block, "p"))
            {
                body.Loose(WordText.Of(new XElement(block.Name.Namespace + "ins", block), file.Comments));
            }
        }

        body.Take(pending);
        return body;
    }

    /// <summary>The children of an element, including children inside wrappers that only control editing.</summary>
    internal static IEnumerable<XElement> Flat(XElement element) => element.Elements().SelectMany(child =>
        WordFile.IsOwn(child) && Transparent.Contains(child.Name.LocalName) ? Flat(child) : [child]);

    private void Take(List<XElement> paragraphs)
    {
        if (paragraphs.Count > 0)
        {
            // A content control is returned together with its wrapper, so that its tag can be read.
            var wrapped = paragraphs.Select(one => one.Parent is { } parent && WordFile.Is(parent, "sdtContent") && parent.Elements().Count() == 1 ? parent.Parent! : one);
            Loose(WordText.Of(new XElement(paragraphs[0].Name.Namespace + "tc", wrapped), known));
        }
    }

    private void Loose(WordText words)
    {
        var text = words.Text;
        var tagged = words.Tags.FirstOrDefault(tag => WordFileMark.Read(tag) is not null);
        if (WordFileMark.Read(text) is not null || tagged is not null)
        {
            marks.AddRange(new[] { WordFileMark.Read(text) is not null ? text : null, tagged }.OfType<string>());
            elsewhere.AddRange(words.Comments);
            return;
        }

        if (own.Contains(text) || (text.Length == 0 && words.Stops.Count == 0))
        {
            isOver |= text == WordPlan.End;
            elsewhere.AddRange(words.Comments);
            return;
        }

        var heading = WordPlan.Letters.Where(letter => string.Equals(WordPlan.HeadingOf(letter), text, StringComparison.OrdinalIgnoreCase)).Select(letter => (PlanSectionLetter?)letter).FirstOrDefault();
        if (heading is { } found)
        {
            headings.Add(found);
            elsewhere.AddRange(words.Comments);
        }
        else if (headings.Count == 0 || isOver)
        {
            Refuse(headings.Count == 0 ? "Before section A" : "After the end", [words], "This text is not under the heading of a section. Write the text under the heading of its section.");
        }
        else
        {
            rows.Add(new WordRow(headings[^1], null, new LineWords(text), words.Notes, words.Stops, words.Comments));
        }
    }

    private void Table(XElement table)
    {
        var lines = Flat(table).Where(one => WordFile.Is(one, "tr"))
            .Select(row => (Row: row, Cells: Flat(row).Where(one => WordFile.Is(one, "tc")).Select(cell => WordText.Of(Whole(cell), known)).ToList())).ToList();
        var columns = headings.Count == 0 ? [] : WordPlan.Columns(headings[^1]);
        var isOurs = headings.Count > 0 && !isOver && lines.Any(line => IsHeader(line.Cells, columns) || CodesIn(line.Cells).Count > 0);
        foreach (var (row, cells) in lines)
        {
            if (IsHeader(cells, columns))
            {
                elsewhere.AddRange(cells.SelectMany(cell => cell.Comments));
            }
            else if (row.Elements().Where(one => WordFile.Is(one, "trPr")).Elements().FirstOrDefault(one => WordFile.Is(one, "del")) is { } gone)
            {
                elsewhere.AddRange(cells.SelectMany(cell => cell.Comments));
                foreach (var code in CodesIn(cells))
                {
                    deleted.TryAdd(code, WordText.Tracked("a tracked deletion of the row", gone));
                }
            }
            else if (cells.Any(cell => cell.Text.Length > 0 || cell.Stops.Count > 0 || cell.Tags.Count > 0))
            {
                Row(cells, columns.Count, isOurs, IsMerged(row));
            }
        }
    }

    private void Row(List<WordText> cells, int columns, bool isOurs, bool isMerged)
    {
        var codes = CodesIn(cells);
        if (!isOurs)
        {
            Refuse(Where, cells, "This text is in a table that is not the table of its section. Write the text into the table of its section, or as a paragraph under the heading.");
        }
        else if (isMerged || cells.Count != columns)
        {
            Refuse(codes.Count > 0 ? WordFileMark.PlaceOf(codes[0]) : Where, cells, "The cells of this row were joined or split, or the row is in the table of another kind of section, so it is not clear which text belongs in which column.", codes);
        }
        else if (codes.Count > 1 || (codes.Count == 0 && cells[0].Text.Length > 0) || (codes.Count == 1 && cells[0].Text.Length > 0 && cells[0].Text != codes[0]))
        {
            Refuse(codes.Count > 0 ? WordFileMark.PlaceOf(codes[0]) : Where, cells, "The first cell of this row was changed, so it is not clear which line it is. For a new line, leave the first cell empty.", codes);
        }
        else
        {
            var parts = cells.Skip(1).Select(cell => cell.Text).Concat(["", "", ""]).ToList();
            rows.Add(new WordRow(
                headings[^1], codes.FirstOrDefault(), new LineWords(parts[0], parts[1], parts[2], parts[3]), [.. cells.SelectMany(cell => cell.Notes).Distinct()],
                [.. cells.SelectMany(cell => cell.Stops).Distinct()], [.. cells.SelectMany(cell => cell.Comments)]));
        }
    }

    private string Where => headings.Count == 0 ? "Before section A" : isOver ? "After the end" : $"Section {headings[^1]}";

    private void Refuse(string where, IReadOnlyList<WordText> words, string why, IReadOnlyList<string>? codes = null)
    {
        var text = string.Join(" | ", words.Select(one => one.Text).Where(one => one.Length > 0));
        refused.Add(new RefusedWords(where, text, string.Join(" ", words.SelectMany(one => one.Stops).Distinct().Select(stop => $"Also, {stop}.").Prepend(why))));
        elsewhere.AddRange(words.SelectMany(one => one.Comments));

        // The line cannot be read, but it is in the file, so it is not treated as removed.
        foreach (var code in codes ?? [])
        {
            rows.Add(new WordRow(headings[^1], code, new LineWords(""), [], [Unreadable], []));
        }
    }

    private static List<string> CodesIn(List<WordText> cells) =>
        cells.Count == 0 ? [] : [.. cells[0].Tags.Append(cells[0].Text).Where(WordFileMark.IsCode).Distinct()];

    private static bool IsHeader(List<WordText> cells, IReadOnlyList<string> columns) => columns.Count > 0 && cells.Select(cell => cell.Text).SequenceEqual(columns);

    private static bool IsMerged(XElement row) => Flat(row).Where(one => WordFile.Is(one, "tc")).Elements().Where(one => WordFile.Is(one, "tcPr")).Elements()
        .Any(one => one.Name.LocalName is "vMerge" or "cellDel" or "cellIns" or "cellMerge");

    // The cell can be inside a content control.
    private static XElement Whole(XElement cell) => cell.Parent is { } parent && WordFile.Is(parent, "sdtContent") ? parent.Parent! : cell;
}
