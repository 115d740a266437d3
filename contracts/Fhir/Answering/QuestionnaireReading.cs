using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using static Hl7.Fhir.Model.QuestionnaireResponse;
using Form = IntegrationHub.Contracts.Fhir.Answering.HealthAdviceQuestionnaire;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>
/// Turns a QuestionnaireResponse into advice. Every answer becomes a line or a note, or is reported as a problem with its path. If the
/// response contains more than answers (narrative, extensions, contained resources), the complete response is stored.
/// </summary>
public static class QuestionnaireReading
{
    /// <summary>Reads a response to this version or an earlier version of the published questionnaire.</summary>
    /// <param name="response">The response, with the status completed or amended.</param>
    /// <param name="documents">Finds and collects the documents that the response attaches.</param>
    public static FhirReading<AdviceContent> Read(QuestionnaireResponse response, AvailableDocuments documents)
    {
        var problems = new List<FhirProblem>();
        var isReview = ReviewAdviceQuestionnaire.IsAnsweredBy(response.Questionnaire);
        if (!isReview && (response.Questionnaire is not { } form || !Form.Readable.Contains(form)))
        {
            problems.Add(new FhirProblem(
                "QuestionnaireResponse.questionnaire", $"must be {Form.Canonical}, or {ReviewAdviceQuestionnaire.Canonical} for a review.", OperationOutcome.IssueType.NotSupported));
        }

        if (response.Status is not (QuestionnaireResponseStatus.Completed or QuestionnaireResponseStatus.Amended))
        {
            problems.Add(new FhirProblem("QuestionnaireResponse.status", "only a completed or amended response is accepted as advice.", OperationOutcome.IssueType.BusinessRule));
        }

        var placing = new UsedElements();
        var lines = new ResponseLines(isReview ? AdviceForm.ForReview : AdviceForm.Groups, documents, problems);
        for (var i = 0; i < response.Item.Count; i++)
        {
            var line = new ResponseLine(response.Item[i], $"QuestionnaireResponse.item[{i}]", placing, problems);
            lines.Read(line);
            line.ReportUnexpected();
        }

        var content = lines.Content();
        placing.Add(response.Authored?.StartsWith($"{content.WrittenOn:yyyy-MM-dd}", StringComparison.Ordinal) == true ? response.AuthoredElement : null);
        var left = placing.In(response);
        if (problems.Count == 0 && content.IsDocumentOnly && content.Attachments.Count == 0 && content.Notes.Count == 0)
        {
            problems.Add(new FhirProblem("QuestionnaireResponse.item", "the response is empty: it has neither a line of advice nor a document.", OperationOutcome.IssueType.Required));
        }

        return FhirReading<AdviceContent>.Of(problems, () => left.HasWords
            ? With(content, documents.Keep(response, "Response as received"))
            : content with { Notes = [.. content.Notes, .. left.Notes] });
    }

    /// <summary>Whether the response states that the child is not known to the service, and contains no advice.</summary>
    public static bool IsNilReturn(QuestionnaireResponse response, AdviceContent content) =>
        content.IsDocumentOnly && content.Attachments.Count == 0 && SaysNotKnown(response);

    internal static bool SaysNotKnown(QuestionnaireResponse response) => response.Item.Exists(item =>
        item.LinkId == Form.Known && item.Answer.Exists(answer => answer.Value is Coding { System: FhirUris.AdviceFormCodes, Code: Form.IsNotKnown }));

    private static AdviceContent With(AdviceContent content, AttachmentRef whole) =>
        content with { Attachments = [.. content.Attachments, whole], Whole = whole.Sha256 };
}
