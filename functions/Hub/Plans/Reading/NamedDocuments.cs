using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Api;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>Checks the documents that an input names, whichever interface it came through.</summary>
public sealed class NamedDocuments(DocumentCheck documents) : IInputCheck
{
    /// <inheritdoc/>
    public async ValueTask<Refusal?> RefusalOfAsync(Delivery delivery, CancellationToken cancellationToken) =>
        Of(delivery.Input) is { Count: > 0 } named
            ? await documents.CheckAsync(named, delivery.Assessment, DocumentSender.Of(delivery.By), cancellationToken) switch
            {
                DocumentFault.None => null,
                DocumentFault.StoreAway => new Refusal(Refusals.StoreAway, "The named documents cannot be checked at the moment. Nothing was accepted; send the same again later."),
                DocumentFault.Missing => new Refusal(
                    "document-missing", $"A named document was not uploaded by you for this case. Upload it first: POST {ApiAddress.Cases}/{delivery.Assessment}/attachments, and refer to it as in the answer."),
                DocumentFault.Mismatch => new Refusal(
                    "document-mismatch", "A document's token, size, type or file name differs from the answer to its upload."),
                _ => new Refusal("document-refused", "A named document cannot be used: it is damaged, or contains malware."),
            }
            : null;

    /// <summary>The documents that an input names.</summary>
    internal static IReadOnlyList<AttachmentRef> Of(AssessmentInput input) => input switch
    {
        SubmitAdvice i => i.Content?.Attachments ?? [],
        ProposeExistingAdvice i => i.Content?.Attachments ?? [],
        RecordFamilyEvidence i => i.Documents ?? [],
        RecordDocument i => [i.Document],
        _ => [],
    };
}
