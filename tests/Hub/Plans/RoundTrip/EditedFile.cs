using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans.RoundTrip;

namespace IntegrationHub.Tests.Plans.RoundTrip;

/// <summary>A Word file that was made from a plan, and code that changes it as an editor does.</summary>
internal sealed class EditedFile
{
    internal static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private readonly Dictionary<string, string> parts = new(StringComparer.Ordinal);
    private readonly PlanDocument made;
    private readonly long version;

    internal EditedFile(PlanDocument made, long version = 7)
    {
        (this.made, this.version) = (made, version);
        using var zip = new ZipArchive(new MemoryStream(WordPlan.Write(made, version)));
        foreach (var entry in zip.Entries)
        {
            using var reader = new StreamReader(entry.Open(), Encoding.UTF8);
            parts[entry.FullName] = reader.ReadToEnd();
        }

        Document = XDocument.Parse(parts["word/document.xml"], LoadOptions.PreserveWhitespace);
    }

    internal XDocument Document { get; }

    internal XElement Body => Document.Root!.Element(W + "body")!;

    internal WordFileMark Mark => WordFileMark.Of(made, version);

    /// <summary>Another part of the file; null takes it out.</summary>
    internal void Put(string name, string? text)
    {
        if (text is null)
        {
            parts.Remove(name);
        }
        else
        {
            parts[name] = text;
        }
    }

    /// <summary>The row of a line.</summary>
    internal XElement Row(string lineId)
    {
        var code = Mark.Codes(made).First(one => one.Value.Line.Id == lineId).Key;
        return Document.Descendants(W + "tr").First(row => row.Descendants(W + "t").Any(text => text.Value == code));
    }

    /// <summary>A cell of a row; 1 holds the words.</summary>
    internal static XElement Cell(XElement row, int n) => row.Descendants(W + "tc").ElementAt(n);

    /// <summary>The heading of a section.</summary>
    internal XElement Heading(PlanSectionLetter letter) => Body.Elements(W + "p").First(p => string.Concat(p.Descendants(W + "t").Select(t => t.Value)) == WordPlan.HeadingOf(letter));

    /// <summary>The table of a section.</summary>
    internal XElement Table(PlanSectionLetter letter) => Heading(letter).ElementsAfterSelf(W + "tbl").First();

    internal static XElement Run(string text, params object[] settings) =>
        new(W + "r", settings.Length == 0 ? null : new XElement(W + "rPr", settings), new XElement(W + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), text));

    /// <summary>Words as an editor writes them: breaks and tabs as elements.</summary>
    internal static XElement Paragraph(string text)
    {
        var run = new XElement(W + "r");
        foreach (var (line, n) in text.Split('\n').Select((line, n) => (line, n)))
        {
            run.Add(n > 0 ? new XElement(W + "br") : null);
            foreach (var (piece, at) in line.Split('\t').Select((piece, at) => (piece, at)))
            {
                run.Add(at > 0 ? new XElement(W + "tab") : null, new XElement(W + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), piece));
            }
        }

        return new XElement(W + "p", run);
    }

    /// <summary>Types other words into a cell.</summary>
    internal static void Type(XElement cell, string text)
    {
        cell.Elements().Where(one => one.Name != W + "tcPr").Remove();
        cell.Add(Paragraph(text));
    }

    /// <summary>The file's bytes.</summary>
    internal byte[] Bytes()
    {
        using var target = new MemoryStream();
        using (var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
                writer.Write(name == "word/document.xml" && !text.StartsWith("<!DOCTYPE", StringComparison.Ordinal) ? Document.ToString(SaveOptions.DisableFormatting) : text);
            }
        }

        return target.ToArray();
    }

    /// <summary>What the hub makes of it.</summary>
    internal WordFileChanges Read(PlanDocument? now = null)
    {
        var (changes, fault) = Try(now: now);
        return changes ?? throw new InvalidOperationException(fault);
    }

    /// <summary>What the hub makes of it, or why it refuses it.</summary>
    internal (WordFileChanges? Changes, string Fault) Try(string? assessment = null, int? planVersion = null, PlanDocument? now = null)
    {
        var reading = WordReading.Of(Bytes(), assessment ?? made.Assessment.Value, planVersion ?? made.Version, version + 3, out var fault);
        return (reading?.Compare(made, now ?? made, out fault), fault);
    }
}
