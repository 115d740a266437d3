using System.Xml.Linq;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans;
using IntegrationHub.Functions.Plans.RoundTrip;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Tests.Plans.RoundTrip.EditedFile;

namespace IntegrationHub.Tests.Plans.RoundTrip;

/// <summary>What is not taken of a Word file says so and why: the whole file, a line, or words that belong to no line.</summary>
public sealed class RefusedFileTests
{
    private const string Line = "adv-school/p1";

    private static readonly PlanDocument Draft = PlanAssembly.Assemble(PlanExamples.Draft());

    [Fact]
    public void A_file_of_another_case_an_older_version_or_foreign_is_refused_as_a_whole()
    {
        var file = new EditedFile(Draft);
        Assert.Contains("another case", file.Try(assessment: "330-ABCDEFGHJKMN").Fault, StringComparison.Ordinal);
        Assert.Contains("version 1 of the plan", file.Try(planVersion: 2).Fault, StringComparison.Ordinal);

        // A plan that goes to the family is a Word file too, and no file to edit.
        var foreign = PlanDocx.Write(Draft, PlanSummaryFacts.For(Draft, RuleSet.England2014));
        Assert.Null(WordReading.Of(foreign, Draft.Assessment.Value, 1, 9, out var fault));
        Assert.Contains("no file reference", fault, StringComparison.Ordinal);

        // Its reference says one thing as words and another in its control.
        file.Document.Descendants(W + "t").First(text => text.Value == file.Mark.Text).Value = (file.Mark with { CaseVersion = 6 }).Text;
        Assert.Contains("several different file references", file.Try().Fault, StringComparison.Ordinal);

        var other = new EditedFile(Draft);
        foreach (var element in other.Document.Descendants(W + "t").Where(text => text.Value == other.Mark.Text))
        {
            element.Value = (other.Mark with { Check = new string('0', 16) }).Text;
        }

        other.Document.Descendants(W + "tag").First().SetAttributeValue(W + "val", (other.Mark with { Check = new string('0', 16) }).Tag);
        Assert.Contains("does not belong to this plan", other.Try().Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_loads_something_or_hides_something_is_refused_as_a_whole()
    {
        var merged = new EditedFile(Draft);
        merged.Body.AddFirst(new XElement(W + "altChunk"));
        Assert.Contains("another file that Word has not yet merged", merged.Try().Fault, StringComparison.Ordinal);

        const string Rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{0}\" Target=\"http://elsewhere.example/x\" TargetMode=\"External\"/></Relationships>";
        var template = new EditedFile(Draft);
        template.Put("word/_rels/settings.xml.rels", Rels.Replace("{0}", "attachedTemplate", StringComparison.Ordinal));
        Assert.Contains("has a link to a template", template.Try().Fault, StringComparison.Ordinal);
        template.Put("word/_rels/settings.xml.rels", Rels.Replace("{0}", "hyperlink", StringComparison.Ordinal));
        Assert.NotNull(template.Try().Changes);

        var entity = new EditedFile(Draft);
        entity.Put("word/document.xml", "<!DOCTYPE x [<!ENTITY a \"aaaa\">]><x>&a;</x>");
        Assert.Contains("damaged", entity.Try().Fault, StringComparison.Ordinal);

        var deep = new EditedFile(Draft);
        deep.Body.AddFirst(Enumerable.Range(0, 200).Aggregate(new XElement(W + "sdt"), (inside, _) => new XElement(W + "sdt", inside)));
        Assert.Contains("contains more than a plan can hold", deep.Try().Fault, StringComparison.Ordinal);

        Assert.Null(WordReading.Of("%PDF-1.7"u8.ToArray(), Draft.Assessment.Value, 1, 9, out var fault));
        Assert.Contains("not a Word file", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_all_headings_in_their_order_is_refused_as_a_whole()
    {
        var changed = new EditedFile(Draft);
        changed.Heading(PlanSectionLetter.F).Descendants(W + "t").First().Value = "Provision";
        Assert.Contains("section heading", changed.Try().Fault, StringComparison.Ordinal);

        var swapped = new EditedFile(Draft);
        var first = swapped.Heading(PlanSectionLetter.B);
        first.Remove();
        swapped.Heading(PlanSectionLetter.C).AddAfterSelf(first);
        Assert.Contains("section heading", swapped.Try().Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_that_stand_nowhere_are_named_with_the_reason()
    {
        var file = new EditedFile(Draft);
        file.Body.AddFirst(Paragraph("Dear colleagues"));
        file.Body.Elements(W + "p").Last().AddAfterSelf(Paragraph("Signed."));
        file.Heading(PlanSectionLetter.C).AddAfterSelf(new XElement(W + "tbl", new XElement(W + "tr", new XElement(W + "tc", Paragraph("Somebody's table")))));
        file.Put("word/footer9.xml", $"<w:ftr xmlns:w=\"{W}\">{Paragraph("In the footer.")}</w:ftr>");

        var changes = file.Read();
        Assert.Empty(changes.Changes);
        Assert.Equal(
            [("Before section A", "Dear colleagues"), ("Section C", "Somebody's table"), ("After the end", "Signed."), ("Header or footer", "In the footer.")],
            changes.Refused.Select(refused => (refused.Where, refused.Words)));
        Assert.All(changes.Refused, refused => Assert.NotEmpty(refused.Why));
    }

    [Fact]
    public void A_row_whose_line_is_not_certain_changes_nothing_and_is_named()
    {
        var file = new EditedFile(Draft);
        var row = file.Row(Line);
        var copy = new XElement(row);
        Type(Cell(copy, 1), "Copied and changed.");
        row.AddAfterSelf(copy);
        var typed = file.Row("adv-family/v1");
        Cell(typed, 0).Elements(W + "p").First().Add(Run(" see below"));
        var joined = file.Row("adv-family/v2");
        Cell(joined, 1).Remove();

        var changes = file.Read();
        Assert.Empty(changes.Changes);
        Assert.Contains(changes.Refused, refused => refused.Words.StartsWith("Copied and changed.", StringComparison.Ordinal) && refused.Why.Contains("more than once", StringComparison.Ordinal));
        Assert.Contains(changes.Refused, refused => refused.Where == "A1" && refused.Why.Contains("first cell", StringComparison.Ordinal));
        Assert.Contains(changes.Refused, refused => refused.Where == "A2" && refused.Why.Contains("joined", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("footnoteReference", "footnote")]
    [InlineData("sym", "special font")]
    [InlineData("drawing", "picture")]
    public void A_line_that_holds_what_a_plan_cannot_hold_is_not_taken(string element, string word)
    {
        var file = new EditedFile(Draft);
        Cell(file.Row(Line), 1).Elements(W + "p").First().Add(Run(" And more."), new XElement(W + "r", new XElement(W + element, element == "drawing" ? new XElement(W + "t", "in the box") : null)));

        var change = Assert.Single(file.Read().Changes);
        Assert.False(change.CanBeApplied);
        Assert.Contains(word, change.Stop, StringComparison.Ordinal);
        Assert.Equal(element == "drawing", change.Stop!.Contains("in the box", StringComparison.Ordinal));
    }

    [Fact]
    public void Struck_hidden_and_empty_words_are_asked_about()
    {
        foreach (var (look, word) in new[] { ("strike", "struck through"), ("vanish", "hidden") })
        {
            var file = new EditedFile(Draft);
            Cell(file.Row(Line), 1).Elements(W + "p").First().Add(Run(" Perhaps.", new XElement(W + look)));
            Assert.Contains(word, Assert.Single(file.Read().Changes).Stop, StringComparison.Ordinal);
        }

        var empty = new EditedFile(Draft);
        Type(Cell(empty.Row(Line), 1), "");
        Assert.Contains("delete its row", Assert.Single(empty.Read().Changes).Stop, StringComparison.Ordinal);
    }
}
