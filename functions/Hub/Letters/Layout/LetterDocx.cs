using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using IntegrationHub.Functions.Plans;

namespace IntegrationHub.Functions.Letters.Layout;

/// <summary>A letter as a Word document, with real headings and lists and the address in the envelope window. The HTML page has the same
/// layout.</summary>
internal static class LetterDocx
{
    private const int ListNumber = 1;

    // The sizes are in twentieths of a point, and the page is A4. The envelope window is 24.6 mm from the left and 39.5 mm from the top,
    // and measures 95.4 by 26.8 mm.
    private const int PageWidth = 11906;
    private const int PageHeight = 16838;
    private const int Margin = 1134;
    private const int WindowLeft = 1395;
    private const int WindowTop = 2239;
    private const int WindowWidth = 5409;
    private const int WindowHeight = 1519;
    private const int BelowWindow = 3000;

    /// <summary>The bytes of the document. The same letter always gives the same bytes.</summary>
    internal static byte[] Write(LetterLayout letter)
    {
        var body = new Body(Words(letter.Council, "Subtitle", p => p.Append(new Justification { Val = JustificationValues.Right })));
        body.Append(letter.CouncilAddress.Select(line =>
            Words(line, null, p => p.Append(new SpacingBetweenLines { After = "0" }, new Justification { Val = JustificationValues.Right }))));
        body.Append(letter.Address.Select(line => Words(line, null, p => p.Append(Frame(), new SpacingBetweenLines { After = "0" }))));
        body.Append(
            Words($"{letter.DateInWords}\nOur reference: {letter.Reference}", null, p => p.Append(new SpacingBetweenLines { Before = $"{BelowWindow}", After = "240" })),
            Words(letter.Title, "Title"));
        foreach (var block in letter.Blocks)
        {
            var (part, words) = block;
            body.Append(part switch
            {
                LetterPart.Heading => Words(words, "Heading1"),
                LetterPart.Item => Words(words, null, p => p.Append(new NumberingProperties(new NumberingLevelReference { Val = 0 }, new NumberingId { Val = ListNumber }))),
                _ when block.IntroducesNext => Words(words, null, p => p.Append(new KeepNext())),
                _ => Words(words, null),
            });
        }

        if (letter.Contact is { } contact)
        {
            body.Append(Words($"{letter.Council}\n{contact}", null, p => p.Append(new SpacingBetweenLines { Before = "360" })));
        }

        body.Append(new SectionProperties(
            new FooterReference { Type = HeaderFooterValues.Default, Id = DocxPackage.FooterId },
            new PageSize { Width = PageWidth, Height = PageHeight },
            new PageMargin { Top = Margin, Bottom = Margin, Left = Margin, Right = Margin, Header = 567, Footer = 567, Gutter = 0 }));
        return DocxPackage.Write($"{letter.Title}. {letter.Reference}", letter.On, body, List());
    }

    private static FrameProperties Frame() => new()
    {
        Width = $"{WindowWidth}",
        Height = WindowHeight,
        HeightType = HeightRuleValues.Exact,
        Wrap = TextWrappingValues.Around,
        HorizontalPosition = HorizontalAnchorValues.Page,
        VerticalPosition = VerticalAnchorValues.Page,
        X = $"{WindowLeft}",
        Y = $"{WindowTop}",
    };

    private static Numbering List() => new(
        new AbstractNum(new Level(
            new NumberingFormat { Val = NumberFormatValues.Bullet },
            new LevelText { Val = "\u2022" },
            new LevelJustification { Val = LevelJustificationValues.Left },
            new PreviousParagraphProperties(new Indentation { Left = "425", Hanging = "425" }))
        { LevelIndex = 0 })
        { AbstractNumberId = 0 },
        new NumberingInstance(new AbstractNumId { Val = 0 }) { NumberID = ListNumber });

    private static Paragraph Words(string text, string? style, Action<ParagraphProperties>? more = null)
    {
        var properties = new ParagraphProperties();
        if (style is not null)
        {
            properties.Append(new ParagraphStyleId { Val = style });
        }

        more?.Invoke(properties);
        var run = new Run();
        foreach (var (line, at) in PlainText.Clean(text).Split('\n').Select((line, at) => (line, at)))
        {
            if (at > 0)
            {
                run.Append(new Break());
            }

            run.Append(new Text(line) { Space = SpaceProcessingModeValues.Preserve });
        }

        return properties.HasChildren ? new Paragraph(properties, run) : new Paragraph(run);
    }
}
