using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using AngleSharp.Html.Parser;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Letters;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Functions.Letters.Templates;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Hub.Tests.Letters;

/// <summary>Each letter as HTML and as a Word document, and how hard it is to read.</summary>
public sealed class LayoutTests
{
    public static TheoryData<string> Letters => [.. LetterCases.All().Select(l => l.Subject.Id)];

    [Theory]
    [MemberData(nameof(Letters))]
    public void Both_forms_say_the_same_words_with_every_required_fact(string id)
    {
        var (letter, layout) = Laid(id);

        var page = new HtmlParser().ParseDocument(LetterHtml.Render(layout));
        var html = Words(string.Join('\n', page.QuerySelectorAll("main h1, main h2, main p, main li").Select(e => e.InnerHtml.Contains("<br>", StringComparison.Ordinal) ? string.Join('\n', e.ChildNodes.Select(n => n.TextContent)) : e.TextContent)));
        var bytes = LetterDocx.Write(layout);
        using var word = WordprocessingDocument.Open(new MemoryStream(bytes), false);
        var docx = Words(string.Join('\n', word.MainDocumentPart!.Document!.Body!.Elements<DocumentFormat.OpenXml.Wordprocessing.Paragraph>().Select(p => string.Join('\n', p.Descendants<DocumentFormat.OpenXml.Wordprocessing.Text>().Select(t => t.Text)))));

        Assert.Contains(html, docx, StringComparison.Ordinal);
        foreach (var fact in TemplateCheck.Required(LetterLaw.England2014.Of(letter.Subject.Kind, letter.Reader)!))
        {
            Assert.Contains(Words(letter.Facts[fact]), html, StringComparison.Ordinal);
        }

        Assert.Empty(new OpenXmlValidator().Validate(word, TestContext.Current.CancellationToken).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        Assert.Equal(bytes, LetterDocx.Write(layout));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Empty(page.QuerySelectorAll("main b, script, img, link"));
        Assert.Equal("en-GB", page.DocumentElement.GetAttribute("lang"));
    }

    [Fact]
    public void What_people_wrote_never_becomes_markup()
    {
        var (_, layout) = Laid("willNotAssess-WillNotAssess-Family");

        Assert.DoesNotContain(layout.Blocks, b => b.Part == LetterPart.Heading && b.Words.Contains("With what", StringComparison.Ordinal));
        Assert.Contains(layout.Blocks, b => b.Part == LetterPart.Paragraph && b.Words == LetterCases.Reasons);
        Assert.Contains("&lt;b&gt;now&lt;/b&gt;", LetterHtml.Render(layout), StringComparison.Ordinal);
    }

    [Fact]
    public void The_address_stands_in_the_window_with_the_readers_name()
    {
        var (_, layout) = Laid("willNotAssess-WillNotAssess-Family");
        Assert.Contains("<span>Example House</span>", LetterHtml.Render(layout), StringComparison.Ordinal);

        Assert.Equal(["Sam Example", "1 Example Road", "Exampleton", "EX1 1AA"], layout.Address);
        using var word = new ZipArchive(new MemoryStream(LetterDocx.Write(layout)));
        using var body = new StreamReader(word.GetEntry("word/document.xml")!.Open());
        Assert.Contains("w:x=\"1395\" w:y=\"2239\"", body.ReadToEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_families_get_can_be_read_at_eleven_and_the_page_of_letters_prints_the_ages()
    {
        var page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(Here())!, "..", "..", "..", "docs", "letters.md"));
        var ages = LetterLaw.England2014.Rules.Where(r => r.Reader == LetterReader.Family).ToDictionary(LetterTemplates.NameOf, r => ReadingAge.Of(OwnWords(r)));

        Assert.All(ages, age => Assert.InRange(age.Value, 5, 11));
        var rows = ages.Select(age => string.Create(CultureInfo.InvariantCulture, $"| {age.Key} | {age.Value:0.0} |"));
        var missing = string.Join('\n', rows.Where(row => !page.Contains(row, StringComparison.Ordinal)));
        Assert.True(missing.Length == 0, missing);
    }

    [Theory]
    [InlineData("The cat sat on the mat. It was fat.", -1, 6)]
    [InlineData("Notwithstanding the aforementioned considerations, the authority determined that institutional provision necessitates supplementary multidisciplinary consultation.", 20, 40)]
    public void The_formula_tells_easy_from_hard(string text, double least, double most) => Assert.InRange(ReadingAge.Of(text), least, most);

    /// <summary>A letter with its facts, without the paragraphs that are one fact: addresses of services, and what officers write.</summary>
    private static string OwnWords(LetterRule rule)
    {
        var (letter, layout) = LetterCases.All().Where(l => l.Subject.Kind == rule.Letter).Select(l => Laid(l.Subject.Id)).First(l => l.Letter.Reader == rule.Reader);
        return string.Join("\n\n", layout.Blocks.Select(b => b.Words).Prepend(layout.Title).Where(words => !letter.Facts.Values.Contains(words)));
    }

    private static (Letter Letter, LetterLayout Layout) Laid(string id)
    {
        var (subject, state) = LetterCases.All().Single(l => l.Subject.Id == id);
        var letter = LetterWriting.Write(
            subject, state, Cases.Rules with { Council = Cases.Profile with { PostalAddress = ["Example House", "EX1 2BB"] } }, new(LetterCases.Sent, NoticeChannel.Post))!;
        return (letter, LetterTemplates.Defaults.For(letter).Render(letter));
    }

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Here([CallerFilePath] string here = "") => here;
}
