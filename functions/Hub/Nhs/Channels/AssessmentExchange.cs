using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Nhs.Channels;

/// <summary>Converts an NHS body's changes to its Task into inputs to the assessment.</summary>
public sealed partial class AssessmentExchange(
    IAssessmentStore store, RuleBook rules, TakeInput take, AttachmentStore attachments, KeepingRules keeping, TimeProvider time, ILogger<AssessmentExchange> log) : INhsExchange
{
    /// <inheritdoc/>
    public async ValueTask<ExchangeCheck> CheckAsync(TaskChange change, CancellationToken cancellationToken)
    {
        if (!rules.Serves(change.Assessment.Council))
        {
            return new ExchangeCheck("There is no such assessment.");
        }

        var state = (await store.LoadAsync(change.Assessment, cancellationToken)).State;
        if (change.Documents.FirstOrDefault(document => document.Bytes.Length > keeping.MaxAttachmentBytes) is { } large)
        {
            return new ExchangeCheck($"{large.Path}: the document is larger than {keeping.MaxAttachmentBytes} bytes.");
        }

        foreach (var input in TaskInputs.Of(change, state))
        {
            var decision = Assessment.Decide(state, input, ActorOf(change), time.GetUtcNow(), rules.For(change.Assessment));
            if (decision.Refusal is { } refusal)
            {
                return new ExchangeCheck(refusal.Reason);
            }

            state = decision.After;
        }

        return ExchangeCheck.Accepted;
    }

    /// <inheritdoc/>
    public async ValueTask DeliverAsync(TaskChange change, CancellationToken cancellationToken)
    {
        if (!rules.Serves(change.Assessment.Council))
        {
            return;
        }

        if (change.Unreadable is { } fault)
        {
            await NotAcceptedAsync(new AnswerNotAccepted($"{change.Id}/unreadable", change.Assessment, change.RequestId, fault), cancellationToken);
            return;
        }

        var inputs = TaskInputs.Of(change, (await store.LoadAsync(change.Assessment, cancellationToken)).State);
        var sender = DocumentSender.Of(ActorOf(change));
        var documents = new List<AttachmentRef>();
        foreach (var document in inputs.Any(input => input is SubmitAdvice) ? change.Documents : [])
        {
            var form = new AttachmentForm(document.Reference.ContentType, document.Bytes.ToArray());
            var kept = sender is { } who
                ? await attachments.KeepAsync(change.Assessment, who, AttachmentStore.NameToShow(document.Reference.FileName), form, cancellationToken)
                : StoreResult.Failed<AttachmentRef>(KeepingOutcome.Refused, "This body is not registered as an agency that sends documents.");
            if (kept.Outcome == KeepingOutcome.Transient)
            {
                // The change is delivered again later, because the advice is submitted only after its documents are stored.
                throw new IOException(kept.Reason);
            }

            if (!kept.Succeeded)
            {
                // The document was valid when it was accepted, so something is wrong with the document store. The bytes are still stored as
                // they were received.
                DocumentNotTaken(log, change.Id, kept.Reason);
                await NotAcceptedAsync(new AnswerNotAccepted($"{change.Id}/document-{document.Reference.Sha256}", change.Assessment, change.RequestId, $"A document of the advice could not be stored: {kept.Outcome}. Ask for another copy."), cancellationToken);
                continue;
            }

            documents.Add(kept.Value);
        }

        // The case uses the document store's own reference, so that the documents listed in the case can be fetched.
        inputs = [.. inputs.Select(input => input is SubmitAdvice advice ? advice with { Content = advice.Content with { Attachments = documents } } : input)];

        for (var i = 0; i < inputs.Count; i++)
        {
            // The change of status comes last, and its message has the change's own id. The message ids of all other inputs from this
            // change end in a number.
            var id = i == inputs.Count - 1 && TaskInputs.ChangesRequest(inputs[i]) ? change.Id : $"{change.Id}/said/{i + 1}";
            var taken = await take(
                new Delivery { Assessment = change.Assessment, MessageId = id, By = ActorOf(change), ReceivedAt = change.At, Input = inputs[i] },
                null,
                cancellationToken);
            if (taken.Outcome?.Refusal is { } refusal)
            {
                // The change was checked before it was written, but the assessment changed in the meantime. The body has already received
                // the response to its change.
                await NotAcceptedAsync(new AnswerNotAccepted($"{id}/not-taken", change.Assessment, change.RequestId, refusal.Reason), cancellationToken);
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask NotAcceptedAsync(AnswerNotAccepted what, CancellationToken cancellationToken)
    {
        if (rules.Serves(what.Assessment.Council) && RequestNames.Parse(what.RequestId) is { } name)
        {
            await take(
                new Delivery { Assessment = what.Assessment, MessageId = what.Id, By = Actor.TheHub, ReceivedAt = time.GetUtcNow(), Input = new NoteAnswerNotTaken(name.Request, what.Detail, what.Posted) },
                null,
                cancellationToken);
        }
    }

    private static Actor ActorOf(TaskChange change) => new()
    {
        Role = ActorRole.Agency,
        Id = $"fhir {change.Who}",
        Agency = AgencyId.TryParse(change.Who, out var agency, out _) ? agency : null,
    };

    [LoggerMessage(1, LogLevel.Warning, "The document store did not accept a document of {Change}: {Reason}")]
    private static partial void DocumentNotTaken(ILogger log, string change, string reason);
}
