using System.Xml;

namespace IntegrationHub.Functions.Returns;

/// <summary>Writes a return as XML, one person at a time, so that only one person is in memory.</summary>
internal sealed class Sen2XmlWriter : IDisposable
{
    private readonly Sen2Layout layout;
    private readonly XmlWriter writer;

    internal Sen2XmlWriter(Sen2Layout layout, IEnumerable<Sen2Item> header, Stream xml)
    {
        this.layout = layout;
        writer = XmlWriter.Create(xml, new XmlWriterSettings { Indent = true, NewLineChars = "\n", CloseOutput = false });
        writer.WriteStartElement(layout.Root);
        writer.WriteStartElement("Header");
        foreach (var block in header)
        {
            Write(block);
        }

        writer.WriteEndElement();
        writer.WriteStartElement("Persons");
    }

    internal void Write(Sen2Item item) => Sen2Xml.Element(item, layout).WriteTo(writer);

    /// <summary>Completes and closes the file.</summary>
    public void Dispose()
    {
        writer.WriteEndElement();
        writer.WriteEndElement();
        writer.Dispose();
    }
}
