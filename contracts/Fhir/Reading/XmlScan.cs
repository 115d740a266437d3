using System.Xml;
using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Reading;

/// <summary>
/// One pass over XML before the SDK sees it: well-formed, no DTD (so no entity can expand or fetch anything), no deeper than JSON may be
/// (the SDK recurses, and a deep enough text would end the process).
/// </summary>
internal static class XmlScan
{
    internal static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    internal static FhirProblem? Check(byte[] utf8)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(utf8, writable: false), Settings);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.XmlDeclaration && reader["encoding"] is { } encoding && !encoding.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
                {
                    return Bad("FHIR XML is UTF-8; the XML declaration names another encoding.");
                }

                if (reader.Depth > JsonScan.MaxDepth)
                {
                    return Bad($"the XML is nested more than {JsonScan.MaxDepth} levels deep.") with { Code = OperationOutcome.IssueType.TooCostly };
                }

                if (reader.NodeType == XmlNodeType.Element && reader.LocalName is ("Resource" or "DomainResource"))
                {
                    return Bad("an element names an abstract resource type, of which there are no instances.");
                }
            }

            return null;
        }
        catch (XmlException broken)
        {
            return Bad($"not well-formed XML (or with a DTD, which is refused) at line {broken.LineNumber}, position {broken.LinePosition}.");
        }
    }

    private static FhirProblem Bad(string reason) => new("", reason, OperationOutcome.IssueType.Structure) { Status = 400, Rule = "xml" };
}
