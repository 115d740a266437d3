using System.Xml;
using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Reading;

/// <summary>
/// Checks XML before the SDK reads it. The XML must be well-formed and must not have a DTD, so that no entity can expand or fetch anything.
/// XML must not be nested deeper than JSON, because the SDK recurses and a very deep text would end the process.
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
                    return Bad("FHIR XML must be in UTF-8, but the XML declaration names another encoding.");
                }

                if (reader.Depth > JsonScan.MaxDepth)
                {
                    return Bad($"the XML is nested more than {JsonScan.MaxDepth} levels deep.") with { Code = OperationOutcome.IssueType.TooCostly };
                }

                if (reader.NodeType == XmlNodeType.Element && reader.LocalName is ("Resource" or "DomainResource"))
                {
                    return Bad("an element names an abstract resource type, which cannot be sent.");
                }
            }

            return null;
        }
        catch (XmlException broken)
        {
            return Bad($"the XML is not well-formed or has a DTD (not allowed) at line {broken.LineNumber}, position {broken.LinePosition}.");
        }
    }

    private static FhirProblem Bad(string reason) => new("", reason, OperationOutcome.IssueType.Structure) { Status = 400, Rule = "xml" };
}
