using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>
/// Turns a DocumentReference into advice that consists of a document only. The document goes into section K, and an officer must enter its
/// content.
/// </summary>
public static class DocumentReading
{
    /// <summary>The text that is shown as the author's name if the document does not name an author.</summary>
    public const string UnnamedAuthor = "see the document";

    /// <summary>The text that is shown as the author's role if neither the author's post nor a kind of document is stated.</summary>
    public const string UnnamedRole = "Health service";

    /// <summary>Heading of the note that gives the day on which an attached document was created.</summary>
    internal const string DayOfDocument = "Day of the document";

    /// <summary>Reads a current DocumentReference whose attachments are available.</summary>
    /// <param name="document">The DocumentReference.</param>
    /// <param name="documents">The available documents, among which the bytes of the attachments are found.</param>
    /// <param name="receivedOn">The day to use if the document states no date.</param>
    public static FhirReading<AdviceContent> Read(DocumentReference document, AvailableDocuments documents, DateOnly receivedOn)
    {
        var problems = new List<FhirProblem>();
        if (document.Status != DocumentReferenceStatus.Current)
        {
            problems.Add(new FhirProblem("DocumentReference.status", "only a current document is accepted as advice.", OperationOutcome.IssueType.BusinessRule));
        }

        if (document.DocStatus is CompositionStatus.Preliminary or CompositionStatus.EnteredInError)
        {
            problems.Add(new FhirProblem("DocumentReference.docStatus", "a preliminary document is not accepted as advice.", OperationOutcome.IssueType.BusinessRule));
        }

        var placing = new UsedElements();
        var attachments = new List<AttachmentRef>();
        for (var i = 0; i < document.Content.Count; i++)
        {
            if (document.Content[i].Attachment is { } attachment && documents.Read(attachment, $"DocumentReference.content[{i}].attachment", problems) is { } read)
            {
                attachments.Add(read);
                placing.Add(attachment);
            }
        }

        if (problems.Count > 0)
        {
            return FhirReading<AdviceContent>.Failed(problems);
        }

        var content = Described(document, placing, receivedOn);
        var left = placing.In(document);
        if (left.HasWords)
        {
            attachments.Add(documents.Keep(document, "About the document"));
        }

        return FhirReading<AdviceContent>.Of(content with
        {
            Notes = [.. content.Notes, .. left.HasWords ? [] : left.Notes],
            Attachments = attachments,
            Whole = left.HasWords ? attachments[^1].Sha256 : null,
        });
    }

    private static AdviceContent Described(DocumentReference document, UsedElements placing, DateOnly receivedOn)
    {
        var named = document.Author.Where(author => !string.IsNullOrWhiteSpace(author.Display)).ToList();
        var type = ConceptWords.Of(document.Type);
        var made = document.Content.Select(content => content.Attachment?.Creation).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        DateOnly? written = document.Date is { } date ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(date, London).Date) : made.Select(Day).FirstOrDefault(day => day is not null);
        var notes = new List<AdviceNote>();
        placing.AddWords(document.Type);
        placing.Add(document.DateElement);
        foreach (var author in named)
        {
            placing.Add(author.DisplayElement);
        }

        notes.AddRange(named.Skip(1).Select(author => new AdviceNote("Also by", author.Display!)));
        foreach (var category in document.Category)
        {
            placing.AddWords(category);
            notes.AddRange(ConceptWords.Of(category).Select(text => new AdviceNote("Kind of document", text)));
        }

        if (!string.IsNullOrWhiteSpace(document.Description))
        {
            placing.Add(document.DescriptionElement);
            notes.Add(new AdviceNote("About the document", document.Description));
        }

        notes.AddRange(made.Where(day => Day(day) is null || Day(day) != written).Select(day => new AdviceNote(DayOfDocument, day)));
        return new AdviceContent
        {
            // The officer who enters the document's content also corrects the author's name.
            Author = named.Count > 0 ? named[0].Display! : UnnamedAuthor,
            AuthorRole = type.Count > 0 ? string.Join(", ", type) : UnnamedRole,
            WrittenOn = written ?? receivedOn,
            Notes = notes,
        };
    }

    private static DateOnly? Day(string made) =>
        made.Length >= 10 && DateOnly.TryParseExact(made[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    // Dates in an assessment are dates in London time.
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
}
