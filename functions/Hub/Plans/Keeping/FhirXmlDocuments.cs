using System.Xml;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>Recognises FHIR resources in XML that can be stored as documents.</summary>
internal static class FhirXmlDocuments
{
    private const string Fhir = "http://hl7.org/fhir";
    private const string Xhtml = "http://www.w3.org/1999/xhtml";

    // FHIR R4 (narrative.html#xhtml) forbids these elements, because a reader's browser would run them when it opens the file.
    private static readonly HashSet<string> Acting = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "link", "base", "meta", "iframe", "frame", "frameset", "object", "embed", "applet", "form", "input", "button", "svg", "math",
    };

    /// <summary>Whether the document is FHIR without active content.</summary>
    internal static bool IsFhirWithoutActiveContent(byte[] bytes)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes, writable: false), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = bytes.Length });
            return reader.MoveToContent() == XmlNodeType.Element && reader.NamespaceURI == Fhir && HoldsNothingThatActs(reader);
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static bool HoldsNothingThatActs(XmlReader reader)
    {
        do
        {
            if (reader.NodeType == XmlNodeType.ProcessingInstruction
                || (reader.NodeType == XmlNodeType.Element && (reader.NamespaceURI is not (Fhir or Xhtml) || (reader.NamespaceURI == Xhtml && Acting.Contains(reader.LocalName)) || HasActingAttribute(reader))))
            {
                return false;
            }
        }
        while (reader.Read());
        return true;
    }

    private static bool HasActingAttribute(XmlReader reader)
    {
        var acts = false;
        while (reader.MoveToNextAttribute())
        {
            acts |= reader.LocalName.StartsWith("on", StringComparison.OrdinalIgnoreCase)
                || reader.Value.TrimStart().StartsWith("javascript:", StringComparison.OrdinalIgnoreCase);
        }

        reader.MoveToElement();
        return acts;
    }
}
