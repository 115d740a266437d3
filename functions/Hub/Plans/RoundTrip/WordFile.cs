using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Plans.RoundTrip;

/// <summary>A comment in the margin of a Word file.</summary>
public sealed record WordComment(string Author, string Text);

/// <summary>
/// The parts of a Word file that contain text. Nothing outside the file is fetched. A file with XML entities, parts in other formats or
/// links to other files is refused; clickable web links are allowed.
/// </summary>
internal sealed record WordFile(XElement Body, IReadOnlyDictionary<string, WordComment> Comments, IReadOnlyList<string> Edges)
{
    // A plan of a hundred pages has about 2 million characters as XML.
    private const long MaxCharacters = 24_000_000;
    private const int MaxElements = 400_000;
    private const int Deepest = 100;

    private static readonly string[] Namespaces =
        ["http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"];

    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The file, which has passed the checks for documents that are stored.</param>
    /// <param name="fault">The reason why the file cannot be read.</param>
    internal static WordFile? Read(byte[] bytes, out string fault)
    {
        fault = "This is not a Word file (.docx). Save the file in Word as a Word document (.docx).";
        if (!ZipShape.IsModest(bytes))
        {
            return null;
        }

        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false));
            foreach (var links in zip.Entries.Where(entry => entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase)))
            {
                if (Load(links).Root!.Elements().FirstOrDefault(IsOutside) is not null)
                {
                    fault = "The file has a link to a template, a picture or another file. Remove that link and save the file again.";
                    return null;
                }
            }

            if (zip.GetEntry("word/document.xml") is not { } main)
            {
                return null;
            }

            var body = Load(main).Root!.Elements().FirstOrDefault(element => Is(element, "body"));
            if (body is null)
            {
                return null;
            }

            if (body.Descendants().Any(element => Is(element, "altChunk")))
            {
                fault = "The file contains another file that Word has not yet merged into the document. Open the file in Word, save it, and choose it again.";
                return null;
            }

            fault = "";
            return new WordFile(body, CommentsOf(zip), EdgesOf(zip));
        }
        catch (Exception wrong) when (wrong is InvalidDataException or XmlException)
        {
            fault = "The file is damaged, or contains more than a plan can hold. Open the file in Word, save it, and choose it again.";
            return null;
        }
    }

    /// <summary>Whether an element is in Word's own namespace and has this name.</summary>
    internal static bool Is(XElement element, string name) => element.Name.LocalName == name && Namespaces.Contains(element.Name.NamespaceName);

    /// <summary>Whether an element is in Word's own namespace.</summary>
    internal static bool IsOwn(XElement element) => Namespaces.Contains(element.Name.NamespaceName);

    /// <summary>The value of an attribute in Word's own namespace.</summary>
    internal static string? WordAttribute(XElement element, string name) =>
        element.Attributes().FirstOrDefault(one => one.Name.LocalName == name && Namespaces.Contains(one.Name.NamespaceName))?.Value;

    /// <summary>All text inside an element, at any depth.</summary>
    internal static string WordsIn(XElement element) => string.Concat(element.Descendants().Where(one => one.Name.LocalName == "t").Select(one => one.Value)).Trim();

    private static bool IsOutside(XElement link) =>
        string.Equals((string?)link.Attribute("TargetMode"), "External", StringComparison.OrdinalIgnoreCase)
        && !((string?)link.Attribute("Type") ?? "").EndsWith("/hyperlink", StringComparison.Ordinal);

    private static Dictionary<string, WordComment> CommentsOf(ZipArchive zip)
    {
        var comments = new Dictionary<string, WordComment>(StringComparer.Ordinal);
        foreach (var comment in zip.GetEntry("word/comments.xml") is { } entry ? Load(entry).Root!.Elements().Where(one => Is(one, "comment")) : [])
        {
            comments.TryAdd(WordAttribute(comment, "id") ?? "", new WordComment(WordAttribute(comment, "author") ?? "", string.Join('\n', comment.Elements().Select(WordsIn))));
        }

        return comments;
    }

    // Text in headers and footers is not part of any line of the plan.
    private static List<string> EdgesOf(ZipArchive zip) =>
        [.. zip.Entries.Where(entry => entry.FullName.StartsWith("word/header", StringComparison.Ordinal) || entry.FullName.StartsWith("word/footer", StringComparison.Ordinal))
            .Where(entry => entry.FullName.EndsWith(".xml", StringComparison.Ordinal)).Select(entry => WordsIn(Load(entry).Root!)).Where(words => words.Length > 0).Distinct()];

    private static XDocument Load(ZipArchiveEntry entry)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaxCharacters, IgnoreComments = true, IgnoreProcessingInstructions = true };
        var elements = 0;
        using (var stream = entry.Open())
        using (var reader = XmlReader.Create(stream, settings))
        {
            while (reader.Read())
            {
                if (reader.Depth > Deepest || (reader.NodeType == XmlNodeType.Element && ++elements > MaxElements))
                {
                    throw new InvalidDataException("The file has more elements than a plan can have.");
                }
            }
        }

        using var again = entry.Open();
        using var whole = XmlReader.Create(again, settings);
        return XDocument.Load(whole, LoadOptions.PreserveWhitespace);
    }
}
