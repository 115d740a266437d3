using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>What is wrong with a document that a sender refers to.</summary>
public enum DocumentFault
{
    /// <summary>Nothing is wrong: the document exists, belongs to the sender, and matches its description.</summary>
    None,

    /// <summary>The document is not in the hub, or somebody else uploaded it; the sender gets the same answer in both cases.</summary>
    Missing,

    /// <summary>The token, size, type or name of the document differs from the answer to the upload.</summary>
    Mismatch,

    /// <summary>The document is damaged, or contains malware.</summary>
    Refused,

    /// <summary>The store cannot be reached.</summary>
    StoreUnavailable,
}

/// <summary>
/// Checks the documents to which advice or evidence refers, whichever interface the advice or evidence arrives by. The sender must already
/// have uploaded each document to the case, and the document's size, type and hash must be as stated.
/// </summary>
public sealed class DocumentCheck(AttachmentStore attachments)
{
    /// <summary>Checks every document to which a sender refers in a case.</summary>
    /// <param name="named">The documents to which the sender refers.</param>
    /// <param name="assessment">The case.</param>
    /// <param name="sender">Who refers to the documents, or null for somebody who is not able to send documents.</param>
    /// <param name="cancellationToken">Cancels the check.</param>
    public async ValueTask<DocumentFault> CheckAsync(
        IEnumerable<AttachmentRef> named, AssessmentId assessment, DocumentSender? sender, CancellationToken cancellationToken)
    {
        foreach (var document in named)
        {
            if (sender is not { } who)
            {
                return DocumentFault.Missing;
            }

            var fault = await CheckAsync(document, AttachmentStore.FolderOf(assessment), cancellationToken);
            if (fault == DocumentFault.None && !who.MayNameAnything)
            {
                fault = await attachments.CheckSenderAsync(assessment, document.Sha256, who, cancellationToken);
            }

            if (fault != DocumentFault.None)
            {
                return fault;
            }
        }

        return DocumentFault.None;
    }

    // JSON that was sent as a plain text is both.
    private static bool IsOfType(byte[] bytes, string type) =>
        AttachmentSniffer.Agrees(type, AttachmentForm.StoredMediaType(bytes).Split(';')[0]) || AttachmentSniffer.Agrees(type, AttachmentSniffer.TypeOf(bytes) ?? "");

    /// <summary>Checks one document, which must be in the given folder.</summary>
    internal async ValueTask<DocumentFault> CheckAsync(AttachmentRef document, string folder, CancellationToken cancellationToken)
    {
        var kept = await attachments.LookAtAsync(folder, document.Sha256, cancellationToken);
        return kept.Outcome switch
        {
            KeepingOutcome.Transient => DocumentFault.StoreUnavailable,
            KeepingOutcome.Missing => DocumentFault.Missing,
            not (KeepingOutcome.Done or KeepingOutcome.AlreadyThere) => DocumentFault.Refused,
            _ => kept.Value!.LongLength == document.Size
                && document.Token == AttachmentStore.TokenOf(folder, document.Sha256)
                && IsOfType(kept.Value, document.ContentType)
                && AttachmentStore.IsFileName(document.FileName)
                    ? DocumentFault.None
                    : DocumentFault.Mismatch,
        };
    }
}
