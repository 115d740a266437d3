using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Api;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>Checks the documents to which an input refers, for every interface by which an input can arrive.</summary>
public sealed class NamedDocuments(DocumentCheck documents) : IInputCheck
{
    /// <inheritdoc/>
    public async ValueTask<Refusal?> RefusalOfAsync(Delivery delivery, CancellationToken cancellationToken) =>
        Of(delivery.Input) is { Count: > 0 } named
            ? await documents.CheckAsync(named, delivery.Assessment, DocumentSender.Of(delivery.By), cancellationToken) switch
            {
                DocumentFault.None => null,
                DocumentFault.StoreUnavailable => new Refusal(Refusals.StoreUnavailable, "The documents to which you refer cannot be checked at the moment. Nothing was accepted. Send the same request again later."),
                DocumentFault.Missing => new Refusal(
                    "document-missing", $"You refer to a document that you have not uploaded for this case. Upload the document first (POST {ApiAddress.Cases}/{delivery.Assessment}/attachments), then refer to it by the token, size, type and file name that the upload returned."),
                DocumentFault.Mismatch => new Refusal(
                    "document-mismatch", "The token, size, type or file name of a document differs from the answer to its upload."),
                _ => new Refusal("document-refused", "You refer to a document that cannot be used because it is damaged or contains malware."),
            }
            : null;

    /// <summary>The documents to which an input refers.</summary>
    internal static IReadOnlyList<AttachmentRef> Of(AssessmentInput input) => input switch
    {
        SubmitAdvice i => i.Content?.Attachments ?? [],
        ProposeExistingAdvice i => i.Content?.Attachments ?? [],
        RecordFamilyEvidence i => i.Documents ?? [],
        RecordDocument i => [i.Document],
        _ => [],
    };
}
