using System.Text;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>Makes a document from a family's text, so that everybody who is asked for advice receives it.</summary>
internal static class WordsDocument
{
    /// <summary>Stores the family's text as a document of a case, exactly as the family sent it.</summary>
    internal static Task<StoreResult<AttachmentRef>> KeepAsync(
        AttachmentStore documents, AssessmentId assessment, string name, string title, IEnumerable<(string Heading, string Words)> lines, CancellationToken cancellationToken)
    {
        var text = string.Join("\n\n", lines.Select(l => $"{l.Heading}\n{l.Words}").Prepend(title)) + "\n";
        return documents.KeepAsync(
            assessment, DocumentSender.Of(new Actor { Role = ActorRole.Family, Id = "family" })!.Value, name, "text/plain", new MemoryStream(Encoding.UTF8.GetBytes(text)), cancellationToken);
    }
}
