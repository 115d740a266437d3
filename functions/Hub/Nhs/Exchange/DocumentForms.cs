using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>Converts documents of advice into the format of the document store.</summary>
internal static class DocumentForms
{
    /// <summary>
    /// The converted documents, with the checksum of each received document as the key. A document that the store would refuse is reported
    /// with its path.
    /// </summary>
    internal static IReadOnlyDictionary<string, AdviceDocument> Of(IEnumerable<AdviceDocument> found, List<FhirProblem> problems)
    {
        var kept = new Dictionary<string, AdviceDocument>(StringComparer.Ordinal);
        foreach (var document in found)
        {
            var form = AttachmentForm.Of(document.Reference.ContentType, document.Bytes.ToArray());
            if (!form.Succeeded)
            {
                problems.Add(new FhirProblem(document.Path, form.Reason, OperationOutcome.IssueType.NotSupported));
                continue;
            }

            var (type, bytes) = (form.Value.Type, form.Value.Bytes);
            var hash = PlanJson.ContentHash(bytes);
            var reference = document.Reference with { Token = $"sha256/{hash}", ContentType = type, Size = bytes.Length, Sha256 = hash };
            kept[document.Reference.Sha256] = document with { Reference = reference, Bytes = bytes };
        }

        return kept;
    }
}
