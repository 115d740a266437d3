using IntegrationHub.Contracts.Fhir.TaskLife;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Channels;

/// <summary>Converts the changes that a body made to its Task into inputs.</summary>
internal static class TaskInputs
{
    /// <summary>
    /// The inputs in order: notes and reports first, then the change of status. The list is empty if the change contains nothing new.
    /// </summary>
    internal static IReadOnlyList<AssessmentInput> Of(TaskChange change, AssessmentState state)
    {
        if (RequestNames.Parse(change.RequestId) is not { } name)
        {
            return [];
        }

        AssessmentInput[] moves = change.IsCorrection ? Correction(change, name.Request, state) : Move(change, name.Request, state) is { } move ? [move] : [];

        // A planned period sets the day on which the answer is expected. A period that has passed, or that of a closed Task, says when the
        // work was done.
        var expected = TaskTransitions.IsFinal(change.To) ? null : change.Said.Select(saying => saying.Until).LastOrDefault(until => until >= LondonDate.Of(change.At));
        var accepts = moves is [AcceptAdviceRequest];
        var isOpen = state.Requests.FirstOrDefault(r => r.Id == name.Request)?.IsOpen == true;
        var said = change.Said.Select(saying => (AssessmentInput)new ReportOnAdviceRequest(
            name.Request, saying.Report, saying.Text, saying.Until is not null && isOpen && !accepts ? expected : null));
        return [.. said, .. moves.Select(one => one is AcceptAdviceRequest accepted ? accepted with { ExpectedOn = expected } : one)];
    }

    /// <summary>Whether an input changes the request or its advice; an input that is only a note does not.</summary>
    internal static bool ChangesRequest(AssessmentInput input) => input is not ReportOnAdviceRequest;

    private static AssessmentInput? Move(TaskChange change, string id, AssessmentState state)
    {
        if (change.From == change.To)
        {
            return null;
        }

        var request = state.Requests.FirstOrDefault(r => r.Id == id);
        return change.To switch
        {
            FhirTask.TaskStatus.Received when request?.CanChangeTo(RequestStatus.Acknowledged) != false => new AcknowledgeAdviceRequest(id),

            // After a refusal the case decides whether the body can still answer, even if the request has been withdrawn since.
            FhirTask.TaskStatus.Accepted when change.From is FhirTask.TaskStatus.Rejected or FhirTask.TaskStatus.Failed => request is { IsOpen: true } ? null : new AcceptAdviceRequest(id),
            FhirTask.TaskStatus.Accepted or FhirTask.TaskStatus.InProgress when request?.CanChangeTo(RequestStatus.Accepted) != false => new AcceptAdviceRequest(id),
            FhirTask.TaskStatus.Rejected or FhirTask.TaskStatus.Failed => new DeclineAdviceRequest(id, change.Reason ?? "The body gave no reason."),
            FhirTask.TaskStatus.Completed when change.Advice is { } advice => new SubmitAdvice(id, advice),
            FhirTask.TaskStatus.Completed => new DeclineAdviceRequest(id, NilWords(change)),
            _ => null,
        };
    }

    // The same correction may be received twice: as a new version of the answer and as a new output of the Task.
    private static AssessmentInput[] Correction(TaskChange change, string id, AssessmentState state)
    {
        var standing = state.Advice.LastOrDefault(advice => advice.RequestId == id && advice.Counts);
        return change switch
        {
            // The body completed its Task with a nil return, and now gives advice.
            { Advice: { } advice } when state.Requests.FirstOrDefault(r => r.Id == id)?.Status == RequestStatus.Declined => [new AcceptAdviceRequest(id), new SubmitAdvice(id, advice)],
            { Advice: { } advice } => standing?.HasContent(advice) == true ? [] : [new SubmitAdvice(id, advice, standing is null ? null : change.Reason)],
            _ when standing is null && state.Advice.Any(advice => advice.RequestId == id && advice.RetractedOn is not null) => [],
            { NilReturn: not null } => [new RetractAdvice(id, NilWords(change))],
            _ => [new RetractAdvice(id, change.Reason ?? "The author marked the advice as entered in error or superseded.")],
        };
    }

    private static string NilWords(TaskChange change)
    {
        var words = string.Join('\n', ((string?[])[change.Reason, change.NilReturn]).Where(text => !string.IsNullOrWhiteSpace(text)));
        return words.Length > 0 ? words : "The child is not known to this body.";
    }
}
