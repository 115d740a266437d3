using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>The advice in a Task's output.</summary>
/// <param name="Content">The advice, or null if there is none.</param>
/// <param name="NilReturn">The text that the body sent with a nil return, or null if there is no nil return.</param>
/// <param name="Documents">The documents of the advice, in the format in which they are stored.</param>
public sealed record AdviceOutput(AdviceContent? Content, string? NilReturn, IReadOnlyList<AdviceDocument> Documents);

/// <summary>
/// Reads the output of a Task in any of the three formats. Several outputs are combined into one piece of advice with all their lines.
/// Every document is included in the format in which it is stored, and a document that cannot be stored is reported before anything is
/// accepted.
/// </summary>
public static class AdviceInTask
{
    /// <summary>Reads all outputs of a Task.</summary>
    /// <param name="task">The Task.</param>
    /// <param name="find">Finds the target of a reference in the current submission or in the store, or returns null.</param>
    /// <param name="receivedOn">The date to use if a document has no date.</param>
    /// <param name="isCorrection">Whether withdrawn resources (entered in error, superseded) are left out instead of refused.</param>
    public static FhirReading<AdviceOutput> Read(FhirTask task, Func<string, Resource?> find, DateOnly receivedOn, bool isCorrection = false)
    {
        var problems = new List<FhirProblem>();
        var documents = new AvailableDocuments(url => find(url) as Binary);
        var contents = new List<AdviceContent>();
        var nil = new List<string>();
        var isNil = false;
        for (var i = 0; i < task.Output.Count; i++)
        {
            var output = task.Output[i];
            var at = $"Task.output[{i}].value";
            if (RequestCodes.CodeIn(output.Type, FhirUris.TaskOutputCodes) == RequestCodes.OutputNilReturn)
            {
                isNil = true;
                nil.AddRange(ConceptWordsOf(output.Type));
                if (NilWords(output.Value) is { } words)
                {
                    nil.Add(words);
                    continue;
                }

                if (output.Value is not ResourceReference { Reference: not null })
                {
                    problems.Add(new FhirProblem(at, "a nil return must be true, or a text or code that gives the reason.", OperationOutcome.IssueType.Value));
                    continue;
                }
            }

            if (output.Value is not ResourceReference { Reference: { } text } reference)
            {
                problems.Add(new FhirProblem(at, "an output must be a reference to the advice, or a nil return.", OperationOutcome.IssueType.Required));
                continue;
            }

            if (find(text) is not { } resource)
            {
                problems.Add(new FhirProblem(at, "the output refers to a resource that the hub does not have.", OperationOutcome.IssueType.NotFound));
                continue;
            }

            if (isCorrection && IsTakenBack(resource))
            {
                continue;
            }

            if (resource is QuestionnaireResponse answered && ReviewAdviceQuestionnaire.IsAnsweredBy(answered.Questionnaire) != IsForReview(task))
            {
                problems.Add(new FhirProblem(at, "the response answers a different questionnaire from the one that the Task names.", OperationOutcome.IssueType.BusinessRule));
                continue;
            }

            var read = Content(resource, documents, receivedOn);
            problems.AddRange(read.Problems);
            if (read.Value is not { } content)
            {
                continue;
            }

            if (resource is QuestionnaireResponse response && QuestionnaireReading.IsNilReturn(response, content))
            {
                isNil = true;
                nil.Add(AdviceMerging.InWords(content));
            }
            else
            {
                contents.Add(content with { Notes = [.. content.Notes, .. Beside(output, reference)] });
            }
        }

        if (isNil && contents.Count > 0)
        {
            problems.Add(new FhirProblem("Task.output", "send either advice or a nil return, not both.", OperationOutcome.IssueType.BusinessRule));
        }

        var kept = problems.Count > 0 ? null : DocumentForms.Of(documents.Found, problems);
        return FhirReading<AdviceOutput>.Of(problems, () => new AdviceOutput(
            AdviceMerging.Merge(contents, kept!), !isNil ? null : string.Join('\n', nil.Where(text => text.Length > 0)), [.. kept!.Values.DistinctBy(document => document.Reference.Sha256)]));
    }

    /// <summary>Whether the author withdrew the resource or marked it as entered in error.</summary>
    internal static bool IsTakenBack(Resource resource) => resource switch
    {
        QuestionnaireResponse response => response.Status == QuestionnaireResponse.QuestionnaireResponseStatus.EnteredInError,
        DocumentReference document => document.Status is DocumentReferenceStatus.EnteredInError or DocumentReferenceStatus.Superseded
            || document.DocStatus == CompositionStatus.EnteredInError,
        _ => false,
    };

    private static bool IsForReview(FhirTask task) => RequestCodes.CodeIn(task.Code, FhirUris.AdviceTaskCodes) == RequestCodes.TaskReviewAdvice;

    // The display text of the reference is the body's own name for the document.
    private static IEnumerable<AdviceNote> Beside(FhirTask.OutputComponent output, ResourceReference reference)
    {
        var words = ConceptWordsOf(output.Type).Append(reference.Display).Append(reference.Identifier?.Value)
            .Where(text => !string.IsNullOrWhiteSpace(text) && text != RequestCodes.OutputAdvice).Select(text => text!).Distinct(StringComparer.Ordinal).ToList();
        return words.Count == 0 ? [] : [new AdviceNote("Submitted as", string.Join('\n', words))];
    }

    // The words of a nil return, or null if they cannot be given as one text.
    private static string? NilWords(DataType? value) => value switch
    {
        FhirBoolean yes => yes.Value == true ? "" : null,
        CodeableConcept concept => string.Join(", ", ConceptWords.WithCodes(concept)),
        ResourceReference { Reference: not null } => null,
        ResourceReference reference => string.Join(", ", ((string?[])[reference.Display, reference.Identifier?.Value]).OfType<string>()),
        _ => ConceptWords.Of(value),
    };

    private static IEnumerable<string> ConceptWordsOf(CodeableConcept? concept) => concept is null
        ? []
        : concept.Coding.Select(coding => coding.System == FhirUris.TaskOutputCodes ? OwnWords(coding) : ConceptWords.Of((DataType)coding)).Prepend(concept.Text).OfType<string>();

    // What a body shows for one of the hub's own codes, if it says more than the code.
    private static string? OwnWords(Coding coding) =>
        coding.Code?.Replace('-', ' ').Equals(coding.Display?.Replace('-', ' '), StringComparison.OrdinalIgnoreCase) == true ? null : coding.Display;

    private static FhirReading<AdviceContent> Content(Resource resource, AvailableDocuments documents, DateOnly receivedOn) => resource switch
    {
        QuestionnaireResponse response => QuestionnaireReading.Read(response, documents),
        Bundle bundle => CompositionReading.Read(bundle, documents),
        DocumentReference reference => Document(reference, documents, receivedOn),
        Binary => FhirReading<AdviceContent>.Failed(new FhirProblem("Task.output", "a Binary has no description, so refer to a DocumentReference instead.", OperationOutcome.IssueType.BusinessRule)),
        _ => FhirReading<AdviceContent>.Failed(new FhirProblem("Task.output", "advice must be a QuestionnaireResponse, a document Bundle or a DocumentReference.", OperationOutcome.IssueType.NotSupported)),
    };

    // If the document is itself a FHIR document Bundle, it is read section by section, and the document itself is stored too.
    private static FhirReading<AdviceContent> Document(DocumentReference reference, AvailableDocuments documents, DateOnly receivedOn)
    {
        var before = documents.Found.Count;
        var read = DocumentReading.Read(reference, documents, receivedOn);
        if (read.Value is not { } described)
        {
            return read;
        }

        var all = new List<AdviceContent> { described };
        foreach (var document in documents.Found.Skip(before).Where(document => described.Whole != document.Reference.Sha256).ToList())
        {
            if (FhirFormats.Parse(document.Reference.ContentType) is { } format
                && FhirReader.Read(document.Bytes, format, FhirReader.MaxBinaryBytes).Value is Bundle { Type: Bundle.BundleType.Document } bundle
                && CompositionReading.Read(bundle, documents, document.Reference) is { Value: { } content })
            {
                all.Insert(0, content);
            }
        }

        return FhirReading<AdviceContent>.Of(AdviceMerging.Merge(all)!);
    }
}
