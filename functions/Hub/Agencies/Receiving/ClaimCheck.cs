using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>Uses <see cref="DocumentCheck"/> to check the documents that a bus message names, and accepts or refuses the message
/// accordingly.</summary>
public sealed class ClaimCheck(DocumentCheck documents)
{
    /// <summary>Checks the documents of a case. The result is null if all documents exist and belong to the sender.</summary>
    internal async ValueTask<IntakeResult?> CheckAsync(
        IReadOnlyList<AttachmentRef> claimed, AssessmentId assessment, DocumentSender? sender, CancellationToken cancellationToken) =>
        Answer(await documents.CheckAsync(claimed, assessment, sender, cancellationToken));

    /// <summary>
    /// Checks the documents of a pushed assessment. The result is null if all documents are in the folder to which the sender uploaded
    /// them.
    /// </summary>
    internal async ValueTask<IntakeResult?> CheckPushedAsync(IReadOnlyList<AttachmentRef> claimed, AgencyId sender, CancellationToken cancellationToken)
    {
        foreach (var claim in claimed)
        {
            var fault = PushedDocuments.FolderOf(claim, sender) is { } folder ? await documents.CheckAsync(claim, folder, cancellationToken) : DocumentFault.Mismatch;
            if (Answer(fault) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private static IntakeResult? Answer(DocumentFault fault) => fault switch
    {
        DocumentFault.None => null,
        DocumentFault.StoreUnavailable => IntakeResult.Again,
        DocumentFault.Missing => IntakeResult.Refused(
            "AttachmentMissing", "A document that the advice refers to is not in the hub, or was not uploaded by this agency. Upload the document first: POST /v1/cases/{id}/attachments, or POST /pushed-assessments/documents for an unsolicited assessment."),
        DocumentFault.Mismatch => IntakeResult.Refused("AttachmentMismatch", "The token, size, type and file name of each document must be the same as in the answer to its upload."),
        _ => IntakeResult.Refused("AttachmentRefused", "A document that the advice refers to cannot be used because it is damaged or contains malware."),
    };
}
