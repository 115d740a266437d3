using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace IntegrationHub.Functions.Plans;

/// <summary>Makes a Word file from the body of a document, and adds styles, settings, a footer and properties. The same body always gives
/// the same bytes.</summary>
internal static class DocxPackage
{
    internal const string FooterId = "rIdFooter";

    // The earliest date that a zip entry can have. If real times were used, two identical plans would give different files.
    private static readonly DateTimeOffset NoClock = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal static byte[] Write(string title, DateOnly created, Body body, Numbering? lists = null)
    {
        using var memory = new MemoryStream();
        using (var word = WordprocessingDocument.Create(memory, WordprocessingDocumentType.Document))
        {
            // Relationship ids are set explicitly, because the library would choose them at random.
            var main = word.AddNewPart<MainDocumentPart>("application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", "rIdMain");
            main.Document = new Document(body);
            main.AddNewPart<StyleDefinitionsPart>("rIdStyles").Styles = DocxStyles.Styles();
            if (lists is not null)
            {
                main.AddNewPart<NumberingDefinitionsPart>("rIdLists").Numbering = lists;
            }

            main.AddNewPart<DocumentSettingsPart>("rIdSettings").Settings = new Settings(
                // Without this setting, Word opens the file in the compatibility mode of 2007.
                new Compatibility(new CompatibilitySetting
                {
                    Name = CompatSettingNameValues.CompatibilityMode,
                    Uri = "http://schemas.microsoft.com/office/word",
                    Val = "15",
                }),
                new ThemeFontLanguages { Val = DocxStyles.Language });
            main.AddNewPart<FooterPart>(FooterId).Footer = Footer(title);
            using var properties = new StreamWriter(
                word.AddNewPart<CoreFilePropertiesPart>("application/vnd.openxmlformats-package.core-properties+xml", "rIdCore").GetStream(FileMode.Create), new UTF8Encoding(false));
            properties.Write(CoreProperties(title, created));
        }

        return Normalised(memory);
    }

    private static Footer Footer(string title) => new(new Paragraph(
        new ParagraphProperties(new ParagraphStyleId { Val = "Footer" }),
        new Run(new Text(PlainText.Clean(title) + ". Page ") { Space = SpaceProcessingModeValues.Preserve }),
        new SimpleField(new Run(new Text("1"))) { Instruction = " PAGE " },
        new Run(new Text(" of ") { Space = SpaceProcessingModeValues.Preserve }),
        new SimpleField(new Run(new Text("1"))) { Instruction = " NUMPAGES " }));

    private static string CoreProperties(string title, DateOnly created)
    {
        var day = created.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return $"""
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{SecurityElement.Escape(PlainText.Clean(title))}</dc:title><dc:language>{DocxStyles.Language}</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">{day}T00:00:00Z</dcterms:created></cp:coreProperties>
            """;
    }

    /// <summary>Writes the zip entries in the order of their names, all with one fixed time.</summary>
    private static byte[] Normalised(MemoryStream package)
    {
        using var target = new MemoryStream();
        using (var written = new ZipArchive(package, ZipArchiveMode.Read, leaveOpen: true))
        using (var normal = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            // Word and other programs that read the format look for the content types first.
            foreach (var entry in written.Entries.OrderBy(e => e.FullName != "[Content_Types].xml").ThenBy(e => e.FullName, StringComparer.Ordinal))
            {
                var copy = normal.CreateEntry(entry.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = NoClock;
                using var from = entry.Open();
                using var to = copy.Open();
                from.CopyTo(to);
            }
        }

        return target.ToArray();
    }
}
