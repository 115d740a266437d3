using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>DocumentReference to advice: a document only, which goes into section K and which a person must read in.</summary>
public static class DocumentReading
{
    /// <summary>Reads a current DocumentReference whose attachments are at hand.</summary>
    /// <param name="document">The reference.</param>
    /// <param name="documents">Where its bytes are found.</param>
    /// <param name="receivedOn">Day to take when the document names none.</param>
    public static FhirReading<AdviceContent> Read(DocumentReference document, DocumentsAtHand documents, DateOnly receivedOn)
    {
        var problems = new List<FhirProblem>();
        if (document.Status != DocumentReferenceStatus.Current)
        {
            problems.Add(new FhirProblem("DocumentReference.status", "only a current document is advice.", OperationOutcome.IssueType.BusinessRule));
        }

        if (document.DocStatus is CompositionStatus.Preliminary or CompositionStatus.EnteredInError)
        {
            problems.Add(new FhirProblem("DocumentReference.docStatus", "a preliminary document is not yet advice.", OperationOutcome.IssueType.BusinessRule));
        }

        var attachments = document.Content
            .Select((content, i) => content.Attachment is { } attachment ? documents.Read(attachment, $"DocumentReference.content[{i}].attachment", problems) : null)
            .OfType<AttachmentRef>().ToList();
        return FhirReading<AdviceContent>.Of(problems, () => new AdviceContent
        {
            // The document speaks for itself; a person who reads it in puts the author right.
            Author = document.Author.Select(author => author.Display).FirstOrDefault(name => name is not null) ?? "see the document",
            AuthorRole = document.Type?.Text ?? document.Type?.Coding.FirstOrDefault()?.Display ?? "Health service",
            WrittenOn = document.Date is { } written ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(written, London).Date) : receivedOn,
            Attachments = attachments,
        });
    }

    // A day in an assessment is a day in London.
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
}
