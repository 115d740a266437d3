using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>What is wrong with a document that somebody names.</summary>
public enum DocumentFault
{
    /// <summary>Nothing: it is there, it is theirs, and it is what they say.</summary>
    None,

    /// <summary>It is not in the hub, or somebody else brought it: the two look the same.</summary>
    Missing,

    /// <summary>Token, size, type or name is not what the upload answered.</summary>
    Mismatch,

    /// <summary>It is damaged, or malware is in it.</summary>
    Refused,

    /// <summary>The store is away.</summary>
    StoreAway,
}

/// <summary>
/// The one check of the documents that are named in advice or evidence, for every interface (HTTP, bus, FHIR, pushed): each was uploaded before,
/// by this sender, to this folder, and is as large, of the type and of the hash that is said.
/// </summary>
public sealed class DocumentCheck(AttachmentStore attachments)
{
    /// <summary>Checks documents of a case.</summary>
    /// <param name="named">What is named.</param>
    /// <param name="assessment">The case.</param>
    /// <param name="sender">Who names them; null for one who brings no documents.</param>
    /// <param name="cancellation">Ends the check.</param>
    public async ValueTask<DocumentFault> CheckAsync(
        IEnumerable<AttachmentRef> named, AssessmentId assessment, DocumentSender? sender, CancellationToken cancellation)
    {
        foreach (var document in named)
        {
            if (sender is not { } who)
            {
                return DocumentFault.Missing;
            }

            var fault = await CheckAsync(document, AttachmentStore.FolderOf(assessment), cancellation);
            if (fault == DocumentFault.None && !who.MayNameAnything)
            {
                fault = await attachments.WasBroughtByAsync(assessment, document.Sha256, who, cancellation);
            }

            if (fault != DocumentFault.None)
            {
                return fault;
            }
        }

        return DocumentFault.None;
    }

    /// <summary>Checks one document against the folder in which it must lie.</summary>
    internal async ValueTask<DocumentFault> CheckAsync(AttachmentRef document, string folder, CancellationToken cancellation)
    {
        var kept = await attachments.LookAtAsync(folder, document.Sha256, cancellation);
        return kept.Outcome switch
        {
            KeepingOutcome.Transient => DocumentFault.StoreAway,
            KeepingOutcome.Missing => DocumentFault.Missing,
            not (KeepingOutcome.Done or KeepingOutcome.AlreadyThere) => DocumentFault.Refused,
            _ => kept.Value!.LongLength == document.Size
                && document.Token == AttachmentStore.TokenOf(folder, document.Sha256)
                && AttachmentSniffer.Agrees(document.ContentType, AttachmentForm.TypeOfKept(kept.Value).Split(';')[0])
                && AttachmentStore.IsFileName(document.FileName)
                    ? DocumentFault.None
                    : DocumentFault.Mismatch,
        };
    }
}
