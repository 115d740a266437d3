using IntegrationHub.Contracts.Fhir.Subjects;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>
/// Refuses an input that refers to a FHIR document about another child, for every interface by which an input can arrive. Other files do
/// not say in a form that the hub can read whom they are about.
/// </summary>
public sealed class DocumentSubjects(AttachmentStore attachments, IAssessmentStore store) : IInputCheck
{
    /// <inheritdoc/>
    public async ValueTask<Refusal?> RefusalOfAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        KnownChild? known = null;
        foreach (var document in NamedDocuments.Of(delivery.Input).Where(named => IsText(named.ContentType)))
        {
            if (known is null)
            {
                if ((await store.LoadAsync(delivery.Assessment, cancellationToken)).State.Facts?.Child is not { } child)
                {
                    return null;
                }

                known = new KnownChild { Assessment = delivery.Assessment, Child = child, References = new HashSet<string>(), HasAllReferences = false };
            }

            var kept = await attachments.LookAtAsync(AttachmentStore.FolderOf(delivery.Assessment), document.Sha256, cancellationToken);
            if (kept.Succeeded && SubjectReader.Read(kept.Value, document.ContentType, known) is { Contradictions: [var first, ..] })
            {
                return new Refusal("document-of-another-child", $"You refer to a document about a child other than the child of this case: {first.Path} {first.Reason} Nothing was accepted.");
            }
        }

        return null;
    }

    private static bool IsText(string contentType) =>
        contentType.Contains("fhir", StringComparison.Ordinal) || contentType.Contains("json", StringComparison.Ordinal) || contentType.Contains("xml", StringComparison.Ordinal)
        || contentType.StartsWith("text/", StringComparison.Ordinal);
}
