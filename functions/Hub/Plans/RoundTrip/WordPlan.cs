using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.RoundTrip;

/// <summary>
/// The plan as a Word file to be edited and returned. Each line of the plan is a row of a table. The first cell of the row contains the
/// code that identifies the line, both as text and as the tag of a content control (docs/adr/0019). Sections I, J and K are not in the
/// file, because they follow from decisions.
/// </summary>
internal static class WordPlan
{
    private const int TextWidth = 9866;
    private const int Margin = 1020;

    /// <summary>The text in the first cell of every table in the file.</summary>
    internal const string CodeHeading = "Line";

    /// <summary>The sentence that marks the end of the plan.</summary>
    internal const string End = "End of the plan.";

    /// <summary>Instructions in the file for editing it.</summary>
    internal static readonly IReadOnlyList<string> Help =
    [
        "Change the words in the tables. To take a line out, delete its row. To add a line, write it in the empty row of its section, add a row, or write a paragraph under the heading.",
        "Leave the headings, the first column and the file reference as they are. Bold, colours, pictures and footnotes are lost. Tracked changes count as accepted. Comments are shown to the officer who checks the file, and stay in it.",
        "Sections I, J and K follow from decisions and from what was obtained; they are not in this file. Needs, outcomes and provision are linked in the workspace.",
    ];

    /// <summary>The sections that are in the file.</summary>
    internal static readonly IReadOnlyList<PlanSectionLetter> Letters = [.. Enum.GetValues<PlanSectionLetter>().Where(letter => letter <= PlanSectionLetter.H2)];

    /// <summary>The lines of the plan that are in the file.</summary>
    internal static IEnumerable<(PlanSectionLetter Letter, PlanLine Line)> Lines(PlanDocument plan) =>
        plan.Sections.Where(section => Letters.Contains(section.Letter)).SelectMany(section => section.Lines, (section, line) => (section.Letter, line));

    /// <summary>The title of the file.</summary>
    internal static string TitleOf(PlanDocument plan) => PlainText.Clean($"Plan to edit: {plan.Child.GivenName} {plan.Child.FamilyName}");

    /// <summary>The sentence below the title.</summary>
    internal static string SubtitleOf(PlanDocument plan) => $"Working draft, version {plan.Version}, as it stood on {PlainText.Day(plan.PreparedOn)}. Not for the family.";

    /// <summary>The heading of a section.</summary>
    internal static string HeadingOf(PlanSectionLetter letter) => SectionLayout.HeadingOf(letter);

    /// <summary>The headings of the columns of a section's table.</summary>
    internal static IReadOnlyList<string> Columns(PlanSectionLetter letter) =>
        letter >= PlanSectionLetter.F ? [CodeHeading, "Words", "Who provides it", "How often", "How long each time"] : [CodeHeading, "Words"];

    /// <summary>The bytes of the file.</summary>
    internal static byte[] Write(PlanDocument plan, long caseVersion)
    {
        var mark = WordFileMark.Of(plan, caseVersion);
        var ids = 0;
        var body = new Body(Paragraph("Title", TitleOf(plan)), Paragraph("Subtitle", SubtitleOf(plan)), new Paragraph(Tagged(mark.Tag, mark.Text, ++ids)));
        body.Append(Help.Select(sentence => Paragraph(null, sentence)));
        var codes = mark.Codes(plan).ToLookup(code => code.Value.Letter);
        foreach (var letter in Letters)
        {
            body.Append(Paragraph("Heading1", HeadingOf(letter)));
            var table = NewTable(letter);
            foreach (var (code, (_, line)) in codes[letter])
            {
                var words = LineWords.Of(line);
                var first = new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = "TableHeading" }), Tagged(code, code, ++ids));
                table.Append(Row(letter, first, [words.Text, words.Who, words.HowOften, words.HowLong]));
            }

            table.Append(Row(letter, Paragraph("TableHeading", ""), ["", "", "", ""]));
            body.Append(table, Paragraph("AfterTable", ""));
        }

        body.Append(Paragraph(null, End));
        body.Append(new SectionProperties(
            new FooterReference { Type = HeaderFooterValues.Default, Id = DocxPackage.FooterId },
            new PageSize { Width = 11906, Height = 16838 },
            new PageMargin { Top = Margin, Bottom = Margin, Left = Margin, Right = Margin, Header = 567, Footer = 567, Gutter = 0 }));
        return DocxPackage.Write(TitleOf(plan), plan.PreparedOn, body);
    }

    private static Table NewTable(PlanSectionLetter letter)
    {
        var widths = Widths(letter);
        var table = new Table(
            new TableProperties(
                new TableStyle { Val = "PlanTable" },
                new TableWidth { Type = TableWidthUnitValues.Dxa, Width = $"{TextWidth}" },
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableLook { FirstRow = true, FirstColumn = true, NoHorizontalBand = true, NoVerticalBand = true, Val = "06A0" },
                new TableCaption { Val = HeadingOf(letter) },
                new TableDescription { Val = "The lines of the section, one in each row, and an empty row for a new line." }),
            new TableGrid(widths.Select(width => new GridColumn { Width = $"{width}" })));
        table.Append(new TableRow(
            [new TableRowProperties(new CantSplit(), new TableHeader()), .. Columns(letter).Select((heading, n) => Cell(widths[n], Paragraph("TableHeading", heading)))]));
        return table;
    }

    private static TableRow Row(PlanSectionLetter letter, Paragraph first, IReadOnlyList<string> parts)
    {
        var widths = Widths(letter);
        return new TableRow([Cell(widths[0], first), .. parts.Take(widths.Count - 1).Select((part, n) => Cell(widths[n + 1], Paragraph("TableText", part)))]);
    }

    private static List<int> Widths(PlanSectionLetter letter) =>
        [.. (Columns(letter).Count == 2 ? new[] { 14, 86 } : [14, 44, 18, 12, 12]).Select(share => TextWidth * share / 100)];

    private static TableCell Cell(int width, Paragraph content) => new(new TableCellProperties(new TableCellWidth { Type = TableWidthUnitValues.Dxa, Width = $"{width}" }), content);

    // Nobody can type over the text of this control in Word, but the control is deleted if its row is.
    private static SdtRun Tagged(string tag, string words, int id) => new(
        new SdtProperties(new SdtAlias { Val = "Please leave as it is" }, new Tag { Val = tag }, new SdtId { Val = id }, new DocumentFormat.OpenXml.Wordprocessing.Lock { Val = LockingValues.ContentLocked }),
        new SdtContentRun(new Run(Text(words))));

    private static Paragraph Paragraph(string? style, string words)
    {
        var run = new Run();
        foreach (var (line, n) in words.Split('\n').Select((line, n) => (line, n)))
        {
            if (n > 0)
            {
                run.Append(new Break());
            }

            foreach (var (piece, at) in line.Split('\t').Select((piece, at) => (piece, at)))
            {
                if (at > 0)
                {
                    run.Append(new TabChar());
                }

                run.Append(Text(piece));
            }
        }

        return style is null ? new Paragraph(run) : new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = style }), run);
    }

    private static Text Text(string words) => new(words) { Space = SpaceProcessingModeValues.Preserve };
}
