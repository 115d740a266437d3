using IntegrationHub.Contracts.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Record a document of the case that did not come with advice or with the family's evidence, such as the letter of request or a report
/// sent by post.
/// </summary>
/// <param name="DocumentId">Id of the document, chosen by the sender and unique in the assessment.</param>
/// <param name="What">What the document is, in a few words.</param>
/// <param name="ReceivedOn">Day on which the council received the document.</param>
/// <param name="Document">The document, which has already been uploaded.</param>
/// <param name="From">Who wrote or sent the document, in words, or null if the document says so itself.</param>
public sealed record RecordDocument(string DocumentId, string What, DateOnly ReceivedOn, AttachmentRef Document, string? From = null)
    : AssessmentInput, IStep<RecordDocument>
{
    /// <summary>Limit on the number of a case's documents, as its state lists them all. No real case file has that many.</summary>
    public const int MaxDocuments = 200;

    public static StepDefinition<RecordDocument> Definition { get; } = new("record-document", "Add a document to the case")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """
            {
              "documentId": "document-1",
              "what": "Letter of request",
              "receivedOn": "2026-06-01",
              "from": "Sam Example",
              "document": {
                "token": "330/330-ABCDEFGHJKMN/attachments/9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                "fileName": "letter.pdf",
                "contentType": "application/pdf",
                "size": 4,
                "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
              }
            }
            """,
        Days = x => [x.Past("ReceivedOn", "The day on which the document was received", i => i.ReceivedOn, (s, _) => DatedFacts.Birth(s))],
    };

    // Documents can also be added after the case has ended, because a document that arrives late is stored with the case.
    internal override void Decide(Deciding d)
    {
        if (InputChecks.Id(d, DocumentId, "The document's id")
            && InputChecks.Text(d, What, "The description of the document")
            && d.Require(d.State.Documents.All(one => one.Id != DocumentId), "already-recorded", "A document with this id is already on record.")
            && d.Require(d.State.Documents.Count < MaxDocuments, "too-many-documents", $"At most {MaxDocuments} documents can be added to a case in this way."))
        {
            d.Happened(new DocumentRecorded(new CaseDocument(DocumentId, What, ReceivedOn, Document, From)));
        }
    }
}

/// <summary>A document was added to the case.</summary>
public sealed record DocumentRecorded(CaseDocument Document) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("documentRecorded", "A document was added to the case.")
    {
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Documents = With(state.Documents, Document) };

    public override string Describe(TimelineContext context) => $"A document that was received on {Day(Document.ReceivedOn)} was added to the case.";

    public override string? Note() => Document.From is { } from ? $"{Document.What}, from {from}" : Document.What;
}
