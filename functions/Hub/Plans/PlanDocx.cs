using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans;

/// <summary>
/// Writes a plan as a Word document, with real heading styles, header rows that repeat on each page, British English as the language, and a
/// title and a description for each table. The document has the same content and order as <see cref="PlanHtml"/>.
/// </summary>
public static class PlanDocx
{
    // A4 with margins of 18 mm, in twentieths of a point.
    private const int PageWidth = 11906;
    private const int PageHeight = 16838;
    private const int Margin = 1020;
    private const int TextWidth = PageWidth - (2 * Margin);

    /// <summary>The bytes of the document. The same plan and facts give the same bytes.</summary>
    public static byte[] Write(PlanDocument plan, PlanSummaryFacts facts)
    {
        var layout = PlanLayout.Of(plan, facts);
        return DocxPackage.Write(layout.Title, plan.PreparedOn, Body(layout));
    }

    private static Body Body(PlanLayout layout)
    {
        var body = new Body(Words("Title", layout.Title), Words("Subtitle", layout.StatusLine));
        body.Append(Words("Heading1", "Summary"));
        body.Append(Table("About this plan", "The child or young person, the council and the reference.", [("What", 30), ("Details", 70)],
            [.. layout.About.Select(a => new RowLayout("", [new(a.Label), new(a.Value)]))]));
        body.Append(Words("Heading2", "What was decided"));
        body.Append(layout.Summary.Decided.Select(paragraph => Words(null, paragraph)));
        body.Append(Words("Heading2", "What happens next"));
        body.Append(Table("What happens next", "What happens next, by when, and who does it.", [("What", 52), ("By when", 26), ("Who", 22)],
            [.. layout.Summary.Next.Select(step => new RowLayout("", [new(step.What), new(step.Time), new(step.Who)]))], plainRows: true));
        body.Append(Words("Heading2", "Who to ask"));
        var contact = layout.Summary.Contact;
        body.Append(Words(null, string.Join('\n', new[] { contact.Name, contact.Telephone is { } t ? $"Telephone: {t}" : null, contact.Email is { } e ? $"Email: {e}" : null }.OfType<string>())));
        body.Append(Words(null, layout.Summary.IndependentHelp));

        foreach (var (section, first) in layout.Sections.Select((s, i) => (s, i == 0)))
        {
            var heading = Words("Heading1", section.Heading);
            if (first)
            {
                heading.ParagraphProperties!.Append(new PageBreakBefore());
            }

            body.Append(heading);
            body.Append(section.Rows.Count == 0
                ? [Words(null, section.Empty)]
                : Table(section.Heading, $"{section.Caption}.", section.Columns, section.Rows));
        }

        if (layout.LeftOut.Count > 0)
        {
            body.Append(Words("Heading1", "Advice that is not in the plan"));
            body.Append(Table("Advice that is not in the plan", "Lines of advice that are not in the plan, and why.",
                [(PlanLayout.LeftOutColumns[0], 22), (PlanLayout.LeftOutColumns[1], 40), (PlanLayout.LeftOutColumns[2], 38)], layout.LeftOut));
        }

        body.Append(new SectionProperties(
            new FooterReference { Type = HeaderFooterValues.Default, Id = DocxPackage.FooterId },
            new PageSize { Width = PageWidth, Height = PageHeight },
            new PageMargin { Top = Margin, Bottom = Margin, Left = Margin, Right = Margin, Header = 567, Footer = 567, Gutter = 0 }));
        return body;
    }

    // A paragraph is added after each table, because Word joins adjacent tables.
    private static OpenXmlElement[] Table(string title, string description, IReadOnlyList<(string Heading, int Share)> columns, IReadOnlyList<RowLayout> rows, bool plainRows = false)
    {
        var widths = columns.Select(column => TextWidth * column.Share / 100).ToList();
        var table = new Table(
            new TableProperties(
                new TableStyle { Val = "PlanTable" },
                new TableWidth { Type = TableWidthUnitValues.Dxa, Width = $"{widths.Sum()}" },
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableLook { FirstRow = true, FirstColumn = true, NoHorizontalBand = true, NoVerticalBand = true, Val = "06A0" },
                new TableCaption { Val = PlainText.Clean(title) },
                new TableDescription { Val = description }),
            new TableGrid(widths.Select(width => new GridColumn { Width = $"{width}" })));
        table.Append(new TableRow(
            [new TableRowProperties(new CantSplit(), new TableHeader()), .. columns.Select((column, i) => Cell(widths[i], [Words("TableHeading", column.Heading)]))]));
        foreach (var row in rows)
        {
            table.Append(new TableRow(
                [new TableRowProperties(new CantSplit()), .. row.Cells.Select((cell, i) => Cell(widths[i], Content(cell, bold: i == 0 && !plainRows)))]));
        }

        return [table, Words("AfterTable", "")];
    }

    private static TableCell Cell(int width, IEnumerable<Paragraph> content) =>
        new([new TableCellProperties(new TableCellWidth { Type = TableWidthUnitValues.Dxa, Width = $"{width}" }), .. content]);

    private static IEnumerable<Paragraph> Content(CellLayout cell, bool bold)
    {
        var text = cell.Links.Count > 0 ? string.Join(", ", cell.Links.Prepend(cell.Text).Where(t => t.Length > 0)) : cell.Text;
        yield return Words(bold ? "TableHeading" : "TableText", text.Length > 0 ? text : "None");
        if (cell.Under is { Length: > 0 } under)
        {
            yield return Words("TableSmall", under);
        }
    }

    private static Paragraph Words(string? style, string text)
    {
        var run = new Run();
        foreach (var (line, i) in PlainText.Clean(text).Split('\n').Select((line, i) => (line, i)))
        {
            if (i > 0)
            {
                run.Append(new Break());
            }

            run.Append(new Text(line) { Space = SpaceProcessingModeValues.Preserve });
        }

        return style is null ? new Paragraph(run) : new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = style }), run);
    }
}
