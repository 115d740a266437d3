using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Channels;

/// <summary>What a body does with its Task, as input to the assessment.</summary>
public sealed partial class AssessmentExchange(
    IAssessmentStore store, RuleBook rules, TakeInput take, AttachmentStore attachments, TimeProvider time, ILogger<AssessmentExchange> log) : INhsExchange
{
    /// <inheritdoc/>
    public async ValueTask<ExchangeJudgement> Judge(TaskChange change, CancellationToken cancel)
    {
        if (!rules.Serves(change.Assessment.Council))
        {
            return new ExchangeJudgement("There is no such assessment.");
        }

        var state = (await store.LoadAsync(change.Assessment, cancel)).State;
        return InputOf(change, state) is { } input
            && Assessment.Decide(state, input, ActorOf(change), time.GetUtcNow(), rules.For(change.Assessment)).Refusal is { } refusal
                ? new ExchangeJudgement(refusal.Reason)
                : ExchangeJudgement.Accepted;
    }

    /// <inheritdoc/>
    public async ValueTask Deliver(TaskChange change, CancellationToken cancel)
    {
        if (!rules.Serves(change.Assessment.Council))
        {
            return;
        }

        var state = (await store.LoadAsync(change.Assessment, cancel)).State;
        if (InputOf(change, state) is not { } input)
        {
            return;
        }

        foreach (var document in change.Documents)
        {
            using var bytes = new MemoryStream(document.Bytes.ToArray(), writable: false);
            var kept = await attachments.KeepAsync(change.Assessment, document.Reference.FileName, document.Reference.ContentType, bytes, cancel);
            if (kept.Outcome == KeepingOutcome.Transient)
            {
                // Told again later; the advice does not go in before its documents are safe.
                throw new IOException(kept.Reason);
            }

            if (!kept.Succeeded)
            {
                // The bytes stay where they came in, as a Binary; the officer sees the advice and can ask for another copy.
                DocumentNotTaken(log, change.Id, kept.Reason);
            }
        }

        var taken = await take(
            new Delivery { Assessment = change.Assessment, MessageId = change.Id, By = ActorOf(change), ReceivedAt = change.At, Input = input },
            null,
            cancel);
        if (taken.Outcome?.Refusal is { } refusal)
        {
            // It was judged before it was written, and the assessment moved on in between. The body has had its answer.
            await NotTaken(new AnswerNotTaken($"{change.Id}/not-taken", change.Assessment, change.RequestId, refusal.Reason), cancel);
        }
    }

    /// <inheritdoc/>
    public async ValueTask NotTaken(AnswerNotTaken what, CancellationToken cancel)
    {
        if (rules.Serves(what.Assessment.Council) && RequestNames.Parse(what.RequestId) is { } name)
        {
            await take(
                new Delivery { Assessment = what.Assessment, MessageId = what.Id, By = Actor.TheHub, ReceivedAt = time.GetUtcNow(), Input = new NoteAnswerNotTaken(name.Request, what.Detail) },
                null,
                cancel);
        }
    }

    /// <summary>The input that a change amounts to; null when it is only for the body's own record, such as a pause.</summary>
    private static AssessmentInput? InputOf(TaskChange change, AssessmentState state)
    {
        if (change.From == change.To || RequestNames.Parse(change.RequestId) is not { } name)
        {
            return null;
        }

        var request = state.Requests.FirstOrDefault(r => r.Id == name.Request);
        return change.To switch
        {
            FhirTask.TaskStatus.Received when request?.CanBecome(RequestStatus.Acknowledged) != false => new AcknowledgeAdviceRequest(name.Request),
            FhirTask.TaskStatus.Accepted or FhirTask.TaskStatus.InProgress when request?.CanBecome(RequestStatus.Accepted) != false => new AcceptAdviceRequest(name.Request),
            FhirTask.TaskStatus.Rejected or FhirTask.TaskStatus.Failed => new DeclineAdviceRequest(name.Request, change.Reason ?? "The body gave no reason."),
            FhirTask.TaskStatus.Completed when change.Advice is { } advice => new SubmitAdvice(name.Request, advice),
            FhirTask.TaskStatus.Completed => new DeclineAdviceRequest(name.Request, change.Reason ?? "The child is not known to this body."),
            _ => null,
        };
    }

    private static Actor ActorOf(TaskChange change) => new()
    {
        Role = ActorRole.Agency,
        Id = $"fhir {change.Who}",
        Agency = AgencyId.TryParse(change.Who, out var agency, out _) ? agency : null,
    };

    [LoggerMessage(1, LogLevel.Warning, "A document of {Change} was not taken into the document store: {Reason}")]
    private static partial void DocumentNotTaken(ILogger log, string change, string reason);
}
