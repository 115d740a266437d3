using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.RoundTrip;
using IntegrationHub.Orchestrations.Plans;
using static IntegrationHub.Tests.Plans.RoundTrip.EditedFile;

namespace IntegrationHub.Tests.Plans.RoundTrip;

/// <summary>A plan that was edited in Word, as Word, LibreOffice and Google Docs write it.</summary>
public sealed class WordReadingTests
{
    private const string Line = "adv-school/p1";

    private static readonly PlanDocument Draft = PlanAssembly.Assemble(PlanExamples.Draft());

    private static PlanLine LineOf(string id) => Draft.Sections.SelectMany(section => section.Lines).First(line => line.Id == id);

    [Fact]
    public void The_file_is_valid_the_same_each_time_and_unchanged_it_changes_nothing()
    {
        var bytes = WordPlan.Write(Draft, 7);
        using var word = WordprocessingDocument.Open(new MemoryStream(bytes), false);

        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(word, TestContext.Current.CancellationToken).Select(fault => $"{fault.Path?.XPath}: {fault.Description}"));
        Assert.Equal(bytes, WordPlan.Write(Draft, 7));
        Assert.Equal("application/vnd.openxmlformats-officedocument.wordprocessingml.document", AttachmentSniffer.TypeOf(bytes));
        var changes = new EditedFile(Draft).Read();
        Assert.Empty(changes.Changes);
        Assert.Empty(changes.Refused);
        Assert.Empty(changes.Comments);
        Assert.Empty(changes.Notes);
    }

    [Fact]
    public void What_Word_puts_around_words_is_not_part_of_them()
    {
        var file = new EditedFile(Draft);
        var row = file.Row(Line);
        var cell = Cell(row, 1);
        cell.Elements(W + "p").Remove();

        // Runs are split by the spelling check, by rsid and by bookmarks; a control stands around a part, another around the cell, a third around the row.
        cell.Add(new XElement(W + "p", new XAttribute(W + "rsidR", "00A1"),
            new XElement(W + "pPr", new XElement(W + "pStyle", new XAttribute(W + "val", "TableText"))),
            new XElement(W + "proofErr", new XAttribute(W + "type", "spellStart")), Run("A teaching"), new XElement(W + "proofErr", new XAttribute(W + "type", "spellEnd")),
            new XElement(W + "bookmarkStart", new XAttribute(W + "id", "1"), new XAttribute(W + "name", "_GoBack")), new XElement(W + "bookmarkEnd", new XAttribute(W + "id", "1")),
            new XElement(W + "r", new XAttribute(W + "rsidRPr", "00B2"), new XElement(W + "t", " assis"), new XElement(W + "softHyphen"), new XElement(W + "t", "tant"), new XElement(W + "lastRenderedPageBreak")),
            new XElement(W + "smartTag", new XElement(W + "sdt", new XElement(W + "sdtPr"), new XElement(W + "sdtContent", Run(" “each”\u00a0day")))),
            new XElement(W + "hyperlink", Run("’s")), new XElement(W + "r", new XElement(W + "tab"), new XElement(W + "t", "twenty"), new XElement(W + "noBreakHyphen"), new XElement(W + "t", "five")),
            new XElement(W + "r", new XElement(W + "fldChar"), new XElement(W + "instrText", " DATE "))),
            Paragraph("second paragraph"));
        Wrap(cell);
        Wrap(row);

        var change = Assert.Single(file.Read().Changes);
        Assert.Equal((WordFileChangeKind.Changed, Line), (change.Kind, change.LineId));
        Assert.Equal("A teaching assis\u00adtant “each”\u00a0day’s\ttwenty\u2011five\nsecond paragraph", change.After!.Text);
        Assert.Equal(LineWords.Of(LineOf(Line)) with { Text = change.After.Text }, change.After);
        Assert.Equal(["a field was replaced by the text that it showed"], change.Notes);
        Assert.True(change.CanBeApplied);
    }

    [Fact]
    public void An_editor_that_loses_content_controls_keeps_the_codes_as_words()
    {
        var file = new EditedFile(Draft);
        foreach (var control in file.Document.Descendants(W + "sdt").ToList())
        {
            control.ReplaceWith(control.Element(W + "sdtContent")!.Elements());
        }

        Type(Cell(file.Row(Line), 1), "Other words.");
        Assert.Equal([(Line, "Other words.")], file.Read().Changes.Select(change => (change.LineId, change.After!.Text)));
    }

    [Fact]
    public void A_code_whose_words_were_lost_is_known_by_its_control()
    {
        var file = new EditedFile(Draft);
        var row = file.Row(Line);
        row.Descendants(W + "sdtContent").First().Descendants(W + "t").Remove();
        Type(Cell(row, 1), "Other words.");
        Assert.Equal([(Line, "Other words.")], file.Read().Changes.Select(change => (change.LineId, change.After!.Text)));
    }

    [Fact]
    public void Tracked_changes_count_as_accepted_and_comments_are_shown()
    {
        var file = new EditedFile(Draft);
        var by = new XAttribute(W + "author", "J. Farrow");
        Cell(file.Row(Line), 1).Elements(W + "p").First().ReplaceWith(
            new XElement(W + "p", new XElement(W + "pPr", new XElement(W + "rPr", new XElement(W + "del", by))), Run("Kept "), new XElement(W + "del", by, new XElement(W + "r", new XElement(W + "delText", "gone "))),
                new XElement(W + "ins", by, Run("added ")), new XElement(W + "moveFrom", by, Run("moved away "))),
            new XElement(W + "p", new XElement(W + "moveTo", by, Run("joined")), new XElement(W + "commentRangeStart", new XAttribute(W + "id", "4")), new XElement(W + "r", new XElement(W + "commentReference", new XAttribute(W + "id", "4")))));
        var gone = file.Row("adv-family/v1");
        gone.AddFirst(new XElement(W + "trPr", new XElement(W + "del", by)));
        file.Put("word/comments.xml", $"<w:comments xmlns:w=\"{W}\"><w:comment w:id=\"4\" w:author=\"Dana\"><w:p><w:r><w:t>Who says so?</w:t></w:r></w:p></w:comment></w:comments>");

        var changes = file.Read();
        var changed = Assert.Single(changes.Changes, change => change.Kind == WordFileChangeKind.Changed);
        Assert.Equal("Kept added joined", changed.After!.Text);
        Assert.Contains("a tracked deletion by J. Farrow is treated as accepted", changed.Notes);
        Assert.Contains("a tracked insertion by J. Farrow is treated as accepted", changed.Notes);
        var removed = Assert.Single(changes.Changes, change => change.Kind == WordFileChangeKind.Removed);
        Assert.Equal(("adv-family/v1", "a tracked deletion of the row by J. Farrow is treated as accepted"), (removed.LineId, Assert.Single(removed.Notes)));
        Assert.Equal("Dana: Who says so?", Assert.Single(changes.Comments).Text);
    }

    [Fact]
    public void Lists_tables_and_formatting_inside_a_line_are_named()
    {
        var file = new EditedFile(Draft);
        var cell = Cell(file.Row(Line), 1);
        cell.Elements(W + "p").Remove();
        cell.Add(
            new XElement(W + "p", Run("Twice:", new XElement(W + "b"), new XElement(W + "i", new XAttribute(W + "val", "0")))),
            new XElement(W + "p", new XElement(W + "pPr", new XElement(W + "numPr", new XElement(W + "numId", new XAttribute(W + "val", "3")))), Run("in class")),
            new XElement(W + "tbl", new XElement(W + "tr", new XElement(W + "tc", Paragraph("Monday")), new XElement(W + "tc", Paragraph("9.00")))),
            Paragraph("and at home"));

        var change = Assert.Single(file.Read().Changes);
        Assert.Equal("Twice:\n- in class\nMonday | 9.00\nand at home", change.After!.Text);
        Assert.Equal(
            ["a list became lines that begin with a hyphen; its numbers are lost", "a table inside the text became lines, one for each row", "formatting is lost (bold)"], change.Notes);
    }

    [Fact]
    public void New_lines_stand_under_their_heading_in_the_table_or_as_a_paragraph()
    {
        var file = new EditedFile(Draft);
        var empty = file.Table(PlanSectionLetter.F).Elements(W + "tr").Last();
        Type(Cell(empty, 1), "A quiet room.");
        Type(Cell(empty, 3), "each day");
        file.Heading(PlanSectionLetter.B).AddAfterSelf(Paragraph("Finds noise hard."));

        Assert.Equal(
            [(PlanSectionLetter.B, new LineWords("Finds noise hard.")), (PlanSectionLetter.F, new LineWords("A quiet room.", "", "each day"))],
            file.Read().Changes.Select(change => (change.Letter, change.After!)));
    }

    [Fact]
    public void A_line_moves_among_needs_and_among_provision_alone()
    {
        var file = new EditedFile(Draft);
        var (need, provision) = (Draft.Section(PlanSectionLetter.B).Lines[0].Id, Draft.Section(PlanSectionLetter.F).Lines[0].Id);
        Move(file, need, PlanSectionLetter.D);
        Move(file, provision, PlanSectionLetter.G);
        Move(file, Draft.Section(PlanSectionLetter.A).Lines[0].Id, PlanSectionLetter.E);

        var moved = file.Read().Changes;
        Assert.Equal([PlanSectionLetter.D, PlanSectionLetter.E, PlanSectionLetter.G], moved.Select(change => change.Letter));
        Assert.All(moved, change => Assert.Equal(WordFileChangeKind.Moved, change.Kind));
        Assert.Equal(["A line cannot move from section A to section E."], moved.Select(change => change.Stop).OfType<string>());
    }

    [Fact]
    public void What_somebody_else_changed_since_is_a_conflict_and_what_is_there_already_is_no_change()
    {
        var file = new EditedFile(Draft);
        Type(Cell(file.Row(Line), 1), "Words from Word.");
        var edit = new PlanEdit { EditId = "e1", LineId = Line, NewText = "Words of another officer.", Reason = "r", By = "b", On = Draft.PreparedOn, Cause = PlanEditCause.Officer };

        var conflict = Assert.Single(file.Read(Now(edit)).Changes);
        Assert.True(conflict.IsConflict && !conflict.CanBeApplied);
        Assert.Equal(("Words of another officer.", "Words from Word."), (conflict.Now!.Text, conflict.After!.Text));
        var gone = Assert.Single(file.Read(Now(edit with { NewText = null, Remove = true })).Changes);
        Assert.True(gone is { IsConflict: true, Now: null });
        var same = file.Read(Now(edit with { NewText = "Words from Word." }));
        Assert.Empty(same.Changes);
        Assert.Contains(same.Notes, note => note.Text.Contains("already contains this change", StringComparison.Ordinal));

        // Whoever changed another line is in nobody's way.
        Assert.True(Assert.Single(file.Read(Now(edit with { LineId = "adv-family/v1" })).Changes).CanBeApplied);

        static PlanDocument Now(PlanEdit edit) => PlanAssembly.Assemble(PlanExamples.Draft() with { Edits = [edit] });
    }

    private static void Move(EditedFile file, string line, PlanSectionLetter to)
    {
        var row = file.Row(line);
        row.Remove();
        file.Table(to).Add(row);
    }

    private static void Wrap(XElement element) =>
        element.ReplaceWith(new XElement(W + "sdt", new XElement(W + "sdtPr", new XElement(W + "tag", new XAttribute(W + "val", "somebody's own"))), new XElement(W + "sdtContent", element)));
}
