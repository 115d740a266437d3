using DocumentFormat.OpenXml.Wordprocessing;

namespace IntegrationHub.Functions.Plans;

/// <summary>
/// The styles of the plan in Word. Heading styles carry outline levels, which screen readers and the navigation pane use.
/// </summary>
internal static class DocxStyles
{
    internal const string Language = "en-GB";

    private const string Font = "Arial";
    private const string Dark = "0B0C0C";

    internal static Styles Styles() => new(
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = Font, HighAnsi = Font, ComplexScript = Font },
                new Color { Val = Dark },
                new FontSize { Val = "22" },
                new Languages { Val = Language, EastAsia = Language, Bidi = "ar-SA" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "120", Line = "276", LineRule = LineSpacingRuleValues.Auto }))),
        Paragraph("Normal", "Normal", null, null, isDefault: true),
        Heading("Title", "Title", 40, before: 0, level: null),
        Heading("Subtitle", "Subtitle", 24, before: 0, level: null),
        Heading("Heading1", "heading 1", 30, before: 360, level: 0),
        Heading("Heading2", "heading 2", 25, before: 240, level: 1),
        Paragraph("TableText", "Table Text", Spacing(40), Size(19)),
        Paragraph("TableHeading", "Table Heading", Spacing(40), new StyleRunProperties(new Bold(), new FontSize { Val = "19" })),
        Paragraph("TableSmall", "Table Small", Spacing(40), Size(17)),
        Paragraph("AfterTable", "After Table", Spacing(0), Size(12)),
        Paragraph("Footer", "footer", Spacing(0), Size(17)),
        Table());

    private static Style Heading(string id, string name, int halfPoints, int before, int? level)
    {
        var properties = new StyleParagraphProperties(new KeepNext(), new SpacingBetweenLines { Before = $"{before}", After = "120" });
        if (level is { } outline)
        {
            properties.Append(new OutlineLevel { Val = outline });
        }

        var style = Paragraph(id, name, properties, new StyleRunProperties(new Bold(), new FontSize { Val = $"{halfPoints}" }));
        style.InsertAfter(new NextParagraphStyle { Val = "Normal" }, style.GetFirstChild<BasedOn>());
        return style;
    }

    private static Style Paragraph(string id, string name, StyleParagraphProperties? paragraph, StyleRunProperties? run, bool isDefault = false)
    {
        var style = new Style(new StyleName { Val = name }) { Type = StyleValues.Paragraph, StyleId = id };
        if (isDefault)
        {
            style.Default = true;
        }
        else
        {
            style.Append(new BasedOn { Val = "Normal" });
        }

        style.Append(new PrimaryStyle());
        if (paragraph is not null)
        {
            style.Append(paragraph);
        }

        if (run is not null)
        {
            style.Append(run);
        }

        return style;
    }

    private static StyleParagraphProperties Spacing(int after) => new(new SpacingBetweenLines { After = $"{after}", Line = "259", LineRule = LineSpacingRuleValues.Auto });

    private static StyleRunProperties Size(int halfPoints) => new(new FontSize { Val = $"{halfPoints}" });

    private static Style Table() => new(
        new StyleName { Val = "Plan Table" },
        new StyleTableProperties(
            new TableBorders(
                Line<TopBorder>(), Line<LeftBorder>(), Line<BottomBorder>(), Line<RightBorder>(), Line<InsideHorizontalBorder>(), Line<InsideVerticalBorder>()),
            new TableCellMarginDefault(
                new TopMargin { Width = "57", Type = TableWidthUnitValues.Dxa },
                new TableCellLeftMargin { Width = 85, Type = TableWidthValues.Dxa },
                new BottomMargin { Width = "57", Type = TableWidthUnitValues.Dxa },
                new TableCellRightMargin { Width = 85, Type = TableWidthValues.Dxa })),
        new TableStyleProperties(new TableStyleConditionalFormattingTableCellProperties(new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = "EEF1F4" })) { Type = TableStyleOverrideValues.FirstRow })
    {
        Type = StyleValues.Table,
        StyleId = "PlanTable",
        CustomStyle = true,
    };

    private static T Line<T>()
        where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Space = 0, Color = "505A5F" };
}
