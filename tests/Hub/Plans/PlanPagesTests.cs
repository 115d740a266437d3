using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsCheck;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Tests.Plans;

/// <summary>The HTML and the Word plan: complete, encoded, valid, the same every time.</summary>
public sealed class PlanPagesTests
{
    private static readonly PlanDocument Draft = PlanAssembly.Assemble(PlanExamples.Draft());
    private static readonly PlanDocument Final = PlanAssembly.Assemble(PlanExamples.Final());

    [Fact]
    public void The_page_has_each_section_under_its_letter_and_each_line_with_its_source()
    {
        var html = PlanHtml.Render(Final, PlanSummaryFacts.For(Final, RuleSet.England2014));
        var text = Visible(html);

        Assert.All(Enum.GetValues<PlanSectionLetter>(), letter => Assert.Contains($"Section {letter}: ", text, StringComparison.Ordinal));
        Assert.All(Final.Sections.SelectMany(s => s.Lines), line => Assert.Contains(line.Text, text, StringComparison.Ordinal));
        Assert.Contains("Dana Headteacher, Head teacher, Hillside Example Primary, 26 January 2026", text, StringComparison.Ordinal);
        Assert.Contains("What was decided", text, StringComparison.Ordinal);
        Assert.Contains("Who to ask", text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_draft_says_that_it_is_one_and_names_the_day_for_representations()
    {
        var text = Visible(PlanHtml.Render(Draft, PlanSummaryFacts.For(Draft, RuleSet.England2014, new DateOnly(2026, 3, 16), new DateOnly(2026, 4, 6))));

        Assert.Contains("Draft, version 1. This is not the final plan.", text, StringComparison.Ordinal);
        Assert.Contains("16 March 2026", text, StringComparison.Ordinal);
        Assert.Contains("This section is blank in a draft.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("No fixed day", Visible(PlanHtml.Render(Draft, PlanSummaryFacts.For(Draft, RuleSet.England2014) with { Next = [new("x", new DateOnly(2026, 3, 16), "You")] })), StringComparison.Ordinal);
    }

    [Fact]
    public void A_step_whose_day_is_not_known_yet_says_how_it_is_counted()
    {
        Assert.Contains("Within 2 months of the day we sent it.", Visible(PlanHtml.Render(Final, PlanSummaryFacts.For(Final, RuleSet.England2014))), StringComparison.Ordinal);
        Assert.DoesNotContain("Within 2 months", Visible(PlanHtml.Render(Final, PlanSummaryFacts.For(Final, RuleSet.England2014, appealUntil: new DateOnly(2026, 6, 1)))), StringComparison.Ordinal);
        Assert.Contains("Within 15 days, counting the day we sent it", Visible(PlanHtml.Render(Draft, PlanSummaryFacts.For(Draft, RuleSet.England2014))), StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_is_well_formed_with_headings_in_order_and_tables_that_name_themselves()
    {
        var page = AsXml(PlanHtml.Render(Draft, PlanSummaryFacts.For(Draft, RuleSet.England2014)));

        Assert.Equal("en-GB", (string?)page.Root!.Attribute("lang"));
        var levels = page.Descendants().Where(e => Regex.IsMatch(e.Name.LocalName, "^h[1-6]$")).Select(e => e.Name.LocalName[1] - '0').ToList();
        Assert.Equal(1, levels[0]);
        Assert.Equal(1, levels.Count(l => l == 1));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1));
        Assert.All(page.Descendants("table"), table =>
        {
            Assert.Single(table.Elements("caption"));
            Assert.All(table.Descendants("th"), th => Assert.Contains((string?)th.Attribute("scope"), new[] { "col", "row" }));
            Assert.All(table.Element("tbody")!.Elements("tr"), tr => Assert.Equal("th", tr.Elements().First().Name.LocalName));
        });
        var ids = page.Descendants().Select(e => (string?)e.Attribute("id")).OfType<string>().ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(page.Descendants("a").Select(a => (string)a.Attribute("href")!).Where(h => h.StartsWith('#')), href => Assert.Contains(href[1..], ids));
        Assert.Equal("#main", (string?)page.Descendants("body").Single().Elements().First().Attribute("href"));
    }

    [Fact]
    public void A_finalised_plan_says_who_signed_it_and_when()
    {
        var facts = PlanSummaryFacts.For(Final, RuleSet.England2014);

        Assert.Contains("J. Farrow, SEND officer, on ", Visible(PlanHtml.Render(Final with { SignedBy = "J. Farrow, SEND officer" }, facts)), StringComparison.Ordinal);
        Assert.DoesNotContain("Signed by", Visible(PlanHtml.Render(Final, facts)), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_people_write_cannot_become_markup() => Gen.OneOf(
            Gen.String,
            Gen.Int[0, Attacks.Length - 1].Select(i => Attacks[i]),
            Gen.Select(Gen.Int[0, Attacks.Length - 1], Gen.String, (i, s) => s + Attacks[i] + s))
        .Sample(
            evil =>
            {
                var input = PlanExamples.Draft();
                var plan = PlanAssembly.Assemble(input with
                {
                    Child = input.Child with { GivenName = evil, Upn = null },
                    PreparedBy = evil,
                    Edits =
                    [
                        PlanExamples.Edit(evil, "adv-school/p1", PlanEditCause.Officer) with { NewText = "x" + evil, Who = evil, HowOften = evil, Reason = evil, By = evil },
                        PlanExamples.Edit("gone", "adv-care/p2", PlanEditCause.Officer) with { Remove = true, Reason = evil, By = evil },
                    ],
                }) with
                { SignedBy = evil };
                var facts = new PlanSummaryFacts { CouncilName = evil, Decided = [evil], Next = [new(evil, null, evil)], Contact = new(evil, evil, evil), IndependentHelp = evil };
                var page = AsXml(PlanHtml.Render(plan, facts));
                var names = page.Descendants().Select(e => e.Name.LocalName).ToHashSet();
                return names.IsSubsetOf(Known) && page.Descendants().Attributes().All(a => !a.Name.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase))
                    && page.Descendants("a").All(a => ((string)a.Attribute("href")!)[0] == '#' || ((string)a.Attribute("href")!).StartsWith("mailto:", StringComparison.Ordinal))
                    && Errors(PlanDocx.Write(plan, facts)).Count == 0;
            },
            iter: 60);

    [Fact]
    public void The_Word_document_is_valid_and_says_the_same_as_the_page()
    {
        var facts = PlanSummaryFacts.For(Final, RuleSet.England2014);
        var bytes = PlanDocx.Write(Final, facts);

        Assert.Empty(Errors(bytes));
        using var word = WordprocessingDocument.Open(new MemoryStream(bytes), false);
        var body = word.MainDocumentPart!.Document!.Body!;
        var page = AsXml(PlanHtml.Render(Final, facts));
        Assert.Equal(
            page.Descendants("tbody").SelectMany(t => t.Elements("tr")).Count(),
            body.Descendants<TableRow>().Count() - body.Descendants<Table>().Count() - page.Descendants("dt").Count());
        Assert.All(Final.Sections.SelectMany(s => s.Lines), line => Assert.Contains(line.Text, body.InnerText, StringComparison.Ordinal));
        Assert.Equal(13, body.Elements<Paragraph>().Count(p => p.ParagraphProperties?.ParagraphStyleId?.Val == "Heading1"));
        Assert.All(body.Descendants<Table>(), table =>
        {
            Assert.Single(table.Descendants<TableHeader>());
            Assert.NotEmpty(table.GetFirstChild<TableProperties>()!.GetFirstChild<TableDescription>()!.Val!.Value!);
        });
        var styles = word.MainDocumentPart.StyleDefinitionsPart!.Styles!;
        Assert.Equal("en-GB", styles.DocDefaults!.RunPropertiesDefault!.RunPropertiesBaseStyle!.Languages!.Val!.Value);
        Assert.Equal("0", styles.Elements<Style>().Single(s => s.StyleId == "Heading1").Descendants<OutlineLevel>().Single().Val!.InnerText);
        Assert.Equal("Education, health and care plan for Rowan Example-Hart", word.PackageProperties.Title);
        Assert.Equal("en-GB", word.PackageProperties.Language);
    }

    [Fact]
    public void The_same_plan_gives_the_same_bytes()
    {
        var facts = PlanSummaryFacts.For(Final, RuleSet.England2014);

        Assert.Equal(PlanHtml.Render(Final, facts), PlanHtml.Render(Final, facts));
        Assert.Equal(PlanDocx.Write(Final, facts), PlanDocx.Write(Final, facts));
    }

    [Fact]
    public void An_officers_edit_is_shown_with_the_authors_words()
    {
        var plan = PlanAssembly.Assemble(PlanExamples.Draft() with
        {
            Edits = [PlanExamples.Edit("e1", "adv-school/n1", PlanEditCause.Officer) with { NewText = "Rowan loses the meaning of a paragraph." }],
        });

        var text = Visible(PlanHtml.Render(plan, PlanSummaryFacts.For(plan, RuleSet.England2014)));

        Assert.Contains("Changed by Priya Officer on 10 March 2026: Asked for at the meeting.", text, StringComparison.Ordinal);
        Assert.Contains("The author's words: Rowan reads single words", text, StringComparison.Ordinal);
    }

    private static readonly string[] Attacks =
    [
        "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onfocus='alert(1)", "</title><svg onload=alert(1)>", "</style><script>1</script>", "javascript:alert(1)",
        "<!--", "-->", "]]>", "&lt;b&gt;", "\ud800", "\0\u0001\u001f\ufffe", "\u202e\u2066rtl", "a\r\nb\rc\nd", "<table><tr><td>", "{{7*7}}", "${1}",
    ];

    private static readonly HashSet<string> Known =
    [
        "html", "head", "meta", "title", "style", "body", "a", "header", "h1", "h2", "h3", "p", "main", "section", "dl", "div", "dt", "dd", "nav", "ul", "li", "table", "caption",
        "colgroup", "col", "thead", "tbody", "tr", "th", "td", "span", "br", "footer",
    ];

    // Our own page closes everything but void elements; so an XML reader is a strict judge of its form.
    private static XDocument AsXml(string html) => XDocument.Parse(
        Regex.Replace(html.Replace("<!DOCTYPE html>", "", StringComparison.Ordinal), "<(meta|br|col)(\\s[^>]*)?>", "<$1$2/>"));

    private static string Visible(string html) => AsXml(html.Replace("<br>", "\n", StringComparison.Ordinal)).Descendants("body").Single().Value;

    private static List<string> Errors(byte[] docx)
    {
        using var word = WordprocessingDocument.Open(new MemoryStream(docx), false);
        return [.. new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(word).Select(e => $"{e.Path?.XPath}: {e.Description}")];
    }
}
