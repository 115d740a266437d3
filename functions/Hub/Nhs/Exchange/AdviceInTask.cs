using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>The advice that a Task's output carries.</summary>
/// <param name="Content">The advice; null when there is none.</param>
/// <param name="NilReturn">The body has nothing to say.</param>
/// <param name="Documents">The documents met.</param>
public sealed record AdviceOutput(AdviceContent? Content, bool NilReturn, IReadOnlyList<AdviceDocument> Documents);

/// <summary>
/// Reads the output of a Task in any of the three forms. Several outputs make one advice: the first with structured lines gives the
/// lines, and every document goes along.
/// </summary>
public static class AdviceInTask
{
    /// <summary>Reads all outputs of <paramref name="task"/>.</summary>
    /// <param name="task">The Task.</param>
    /// <param name="find">Finds what a reference names, among what is being written and what is kept; null when there is none.</param>
    /// <param name="receivedOn">Day to take for a document that names none.</param>
    public static FhirReading<AdviceOutput> Read(FhirTask task, Func<string, Resource?> find, DateOnly receivedOn)
    {
        var problems = new List<FhirProblem>();
        var documents = new DocumentsAtHand(url => find(url) as Binary);
        var contents = new List<AdviceContent>();
        var nil = false;
        for (var i = 0; i < task.Output.Count; i++)
        {
            var output = task.Output[i];
            var at = $"Task.output[{i}].value";
            if (AskCodes.CodeIn(output.Type, FhirUris.TaskOutputCodes) == AskCodes.OutputNilReturn)
            {
                nil = true;
                continue;
            }

            if (output.Value is not ResourceReference { Reference: { } text } reference)
            {
                problems.Add(new FhirProblem(at, "an output is a reference to the advice, or a nil return.", OperationOutcome.IssueType.Required));
                continue;
            }

            if (find(text) is not { } resource)
            {
                problems.Add(new FhirProblem(at, "what the output refers to is not here.", OperationOutcome.IssueType.NotFound));
                continue;
            }

            var read = Content(resource, documents, receivedOn);
            problems.AddRange(read.Problems);
            if (read.Value is { } content)
            {
                contents.Add(content);
            }
        }

        return FhirReading<AdviceOutput>.Of(problems, () => new AdviceOutput(Merge(contents), nil, documents.Found));
    }

    private static FhirReading<AdviceContent> Content(Resource resource, DocumentsAtHand documents, DateOnly receivedOn) => resource switch
    {
        QuestionnaireResponse response => QuestionnaireReading.Read(response, documents),
        Bundle bundle => CompositionReading.Read(bundle),
        DocumentReference reference => Document(reference, documents, receivedOn),
        Binary => FhirReading<AdviceContent>.Failed(new FhirProblem("Task.output", "a Binary says nothing about itself; refer to a DocumentReference.", OperationOutcome.IssueType.BusinessRule)),
        _ => FhirReading<AdviceContent>.Failed(new FhirProblem("Task.output", "advice is a QuestionnaireResponse, a document Bundle or a DocumentReference.", OperationOutcome.IssueType.NotSupported)),
    };

    // A document that is itself a FHIR document Bundle is read by its sections, and kept whole as well.
    private static FhirReading<AdviceContent> Document(DocumentReference reference, DocumentsAtHand documents, DateOnly receivedOn)
    {
        var before = documents.Found.Count;
        var read = DocumentReading.Read(reference, documents, receivedOn);
        foreach (var document in documents.Found.Skip(before))
        {
            if (read.Value is not null && FhirFormats.Parse(document.Reference.ContentType) is { } format
                && FhirReader.Read(document.Bytes, format, FhirReader.MaxBinaryBytes).Value is Bundle { Type: Bundle.BundleType.Document } bundle
                && CompositionReading.Read(bundle, document.Reference) is { Value: { } content })
            {
                return FhirReading<AdviceContent>.Of(content);
            }
        }

        return read;
    }

    private static AdviceContent? Merge(List<AdviceContent> contents)
    {
        var lead = contents.Find(content => !content.IsDocumentOnly) ?? contents.FirstOrDefault();
        return lead is null ? null : lead with { Attachments = [.. contents.SelectMany(content => content.Attachments).DistinctBy(attachment => attachment.Sha256)] };
    }
}
