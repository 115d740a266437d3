using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace IntegrationHub.Functions.Returns;

/// <summary>
/// Reads and writes a return as XML. Persons are read one at a time, so that reading needs little more memory than the content of the
/// return itself.
/// </summary>
public static class Sen2Xml
{
    private const string Header = "Header";
    private const string Persons = "Persons";

    // The return of England's largest council is about 60 MB.
    private const long MaxCharacters = 1_000_000_000;

    // Many systems on Windows write XML in windows-1252, which .NET reads only if it is told to.
    static Sen2Xml() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>Reads a return.</summary>
    /// <exception cref="InvalidDataException">The file is not well-formed XML or not a return; the message gives the line but no content.</exception>
    public static Sen2File Read(Stream xml, Sen2Layout layout, Sen2Mapping? mapping = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        var (header, persons, findings) = (new List<Sen2Item>(), new List<Sen2Item>(), new List<Sen2Finding>());
        var isReturn = false;
        var reading = new Sen2Reading(layout, mapping ?? Sen2Mapping.None, findings);
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true, IgnoreProcessingInstructions = true, MaxCharactersInDocument = MaxCharacters };
        try
        {
            using var reader = XmlReader.Create(xml, settings);
            reader.MoveToContent();
            reader.ReadStartElement();
            while (reader.NodeType == XmlNodeType.Element)
            {
                isReturn |= reader.LocalName == Persons;
                switch (reader.LocalName)
                {
                    case Header when XNode.ReadFrom(reader) is XElement element:
                        header.AddRange(reading.Blocks(element, Header, Header));
                        break;
                    case Persons when reader.IsEmptyElement:
                        reader.Read();
                        break;
                    case Persons:
                        reader.ReadStartElement();
                        while (reader.NodeType == XmlNodeType.Element && XNode.ReadFrom(reader) is XElement person)
                        {
                            persons.AddRange(reading.Blocks(new XElement(Persons, person), Persons, "", persons.Count));
                        }

                        reader.ReadEndElement();
                        break;
                    case var other:
                        findings.Add(new(Header, other, "unknown-element", Sen2Severity.Error, "The SEN2 layout for this year does not have an element with this name here."));
                        reader.Skip();
                        break;
                }
            }
        }
        catch (XmlException malformed)
        {
            throw new InvalidDataException(FormattableString.Invariant($"The file is not a well-formed XML return: line {malformed.LineNumber}, column {malformed.LinePosition}.{(malformed.LineNumber == 0 ? " It is empty, or it has a document type declaration, which is not allowed." : "")}"), null);
        }

        return isReturn
            ? new Sen2File(layout, header, persons, findings)
            : throw new InvalidDataException($"The file is not a SEN2 return: it has no element {Persons}.");
    }

    /// <summary>Writes a return with the names and the order of the layout.</summary>
    public static void Write(Sen2File file, Stream xml)
    {
        ArgumentNullException.ThrowIfNull(file);
        using var writing = new Sen2XmlWriter(file.Layout, file.Header, xml);
        foreach (var person in file.Persons)
        {
            writing.Write(person);
        }
    }

    internal static XElement Element(Sen2Item item, Sen2Layout layout) => new(
        item.Block.Name,
        item.Block.Items.Where(field => item.Values.ContainsKey(field.Name)).Select(field => new XElement(field.Name, Clean(item.Values[field.Name]))),
        layout.In(item.Block.Name).SelectMany(block => item.All(block.Name)).Select(child => Element(child, layout)));

    // Values from a database can contain characters that are not allowed in XML.
    private static string Clean(string text) => string.Concat(text.Where(XmlConvert.IsXmlChar));

    /// <summary>Reads the blocks of a return from XML elements, according to the layout.</summary>
    private sealed class Sen2Reading(Sen2Layout layout, Sen2Mapping mapping, List<Sen2Finding> findings)
    {
        internal List<Sen2Item> Blocks(XElement parent, string parentName, string place, int before = 0)
        {
            var found = new List<Sen2Item>();
            foreach (var element in parent.Elements())
            {
                if (layout.In(parentName).FirstOrDefault(block => block.Name == mapping.Name(element.Name.LocalName)) is { } block)
                {
                    found.Add(Item(element, block, Place(place, block, before + found.Count(one => one.Block == block))));
                }
                else
                {
                    findings.Add(Unknown(place.Length == 0 ? parentName : place, element.Name.LocalName));
                }
            }

            return found;
        }

        private Sen2Item Item(XElement element, Sen2Block block, string place)
        {
            var item = new Sen2Item(block, place);
            foreach (var inner in element.Elements())
            {
                var name = mapping.Name(inner.Name.LocalName);
                if (block.Find(name) is { } field && !inner.HasElements)
                {
                    var value = mapping.Value(field.Name, inner.Value.Trim());
                    if (value.Length > 0 && !item.Values.TryAdd(field.Name, value))
                    {
                        findings.Add(new(place, field.Name, "given-twice", Sen2Severity.Error, "The item must not occur twice here."));
                    }
                }
                else if (layout.In(block.Name).FirstOrDefault(child => child.Name == name) is { } child)
                {
                    item.Children.Add(Item(inner, child, Place(place, child, item.All(name).Count())));
                }
                else
                {
                    findings.Add(Unknown(place, inner.Name.LocalName));
                }
            }

            if (element.Attributes().Any(a => !a.IsNamespaceDeclaration) || element.Nodes().OfType<XText>().Any(t => !string.IsNullOrWhiteSpace(t.Value)))
            {
                findings.Add(new(place, null, "unknown-content", Sen2Severity.Error, "There must not be attributes or text here, because the layout has only elements."));
            }

            return item;
        }

        private static Sen2Finding Unknown(string place, string name) =>
            new(place, name, "unknown-element", Sen2Severity.Error, "The SEN2 layout for this year does not have an element with this name here. Map the element in a mapping file, or correct the source.");
    }

    internal static string Place(string parent, Sen2Block block, int before) =>
        string.Create(CultureInfo.InvariantCulture, $"{(parent.Length == 0 ? "" : parent + "/")}{block.Name} {before + 1}");
}
