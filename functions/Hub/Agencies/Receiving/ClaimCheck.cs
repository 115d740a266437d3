using IntegrationHub.Contracts.Advice;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>Holds the documents that a message names against those that were uploaded: every one must lie in the hub, as large and of the hash that the message says.</summary>
public sealed class ClaimCheck(AttachmentStore attachments)
{
    /// <summary>Null when all of them do.</summary>
    /// <param name="claimed">What the message says.</param>
    /// <param name="folderOf">The folder in which a document must lie; null for one whose token is not the sender's to name.</param>
    /// <param name="cancellation">Stops it.</param>
    internal async ValueTask<Taken?> CheckAsync(IReadOnlyList<AttachmentRef> claimed, Func<AttachmentRef, string?> folderOf, CancellationToken cancellation)
    {
        foreach (var claim in claimed)
        {
            if (folderOf(claim) is not { } folder)
            {
                return Mismatch;
            }

            var kept = await attachments.ReadAsync(folder, claim.Sha256, cancellation);
            switch (kept.Outcome)
            {
                case KeepingOutcome.Transient:
                    return Taken.Again;
                case KeepingOutcome.Missing:
                    return Taken.Refused("AttachmentMissing", "A document of the advice is not in the hub. Upload it first: POST /assessments/{id}/attachments, or POST /pushed-assessments/documents for an assessment that nobody asked for.");
                case not (KeepingOutcome.Done or KeepingOutcome.AlreadyThere):
                    return Taken.Refused("AttachmentRefused", "A document of the advice cannot be used: it is damaged, or a scanner found malware in it.");
            }

            if (kept.Value!.Length != claim.Size || claim.Token != AttachmentStore.TokenOf(folder, claim.Sha256))
            {
                return Mismatch;
            }
        }

        return null;
    }

    private static Taken Mismatch => Taken.Refused("AttachmentMismatch", "A document's token or size is not what the upload answered.");
}
