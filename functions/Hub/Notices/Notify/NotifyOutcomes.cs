using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Notices.Notify;

/// <summary>The result of processing a report from Notify.</summary>
internal enum ReportTaken
{
    /// <summary>The report has been recorded, or contains nothing to record.</summary>
    Yes,

    /// <summary>The notice is not recorded as sent yet, so Notify must deliver the report again.</summary>
    NotYet,
}

/// <summary>Records in the case what Notify reports about a notice, even if a report arrives several times or by different
/// routes.</summary>
/// <param name="store">The cases.</param>
/// <param name="take">Submits an input to a case.</param>
/// <param name="book">The notices that were sent; one message to a person can contain several items.</param>
/// <param name="time">The clock.</param>
internal sealed class NotifyOutcomes(IAssessmentStore store, TakeInput take, INoticeStore book, TimeProvider time)
{
    /// <summary>Records the status of a notice.</summary>
    internal Task<ReportTaken> TakeAsync(string council, NotifyNotification said, CancellationToken cancellationToken) => said.Standing switch
    {
        NotifyStanding.Delivered => TakeAsync(council, said.Reference, NoticeOutcome.Delivered, said, cancellationToken),
        NotifyStanding.Failed => TakeAsync(council, said.Reference, NoticeOutcome.Failed, said, cancellationToken),
        _ => Task.FromResult(ReportTaken.Yes),
    };

    /// <summary>Records that a letter was returned.</summary>
    internal Task<ReportTaken> TakeReturnedAsync(string council, NotifyReturned said, CancellationToken cancellationToken) => TakeAsync(
        council, said.Reference, NoticeOutcome.Returned, new NotifyNotification { Id = said.NotificationId ?? "", Status = "returned" }, cancellationToken);

    private async Task<ReportTaken> TakeAsync(string council, string? reference, NoticeOutcome outcome, NotifyNotification said, CancellationToken cancellationToken)
    {
        // A report on something that the hub did not send, or sent for another council, is ignored.
        if (reference is null || !AssessmentId.TryParse(reference.Split('/')[0], out var assessment, out _) || assessment.Council.Value != council)
        {
            return ReportTaken.Yes;
        }

        var state = (await store.LoadAsync(assessment, cancellationToken)).State;
        if (state.Notices.FirstOrDefault(n => n.Sending == reference) is not { } notice)
        {
            // The report may arrive before the hub has recorded that the notice was sent.
            var effects = await store.EffectsAsync(assessment, cancellationToken);
            return effects.Any(e => e.End is null && e.Effect.Effect is not PublishStatus && AssessmentNotices.EffectOf(e.Effect.Effect.Repeats ?? e.Effect.Id) == AssessmentNotices.EffectOf(reference))
                || await WaitsAsync(assessment, reference, cancellationToken) ? ReportTaken.NotYet
                : outcome == NoticeOutcome.Failed ? await NotDeliveredAsync(assessment, reference, said, cancellationToken)
                : ReportTaken.Yes;
        }

        if (await WasSentAsOtherAsync(assessment, reference, said.Id, cancellationToken))
        {
            // The report is about a message to a former address, after which the notice was sent again.
            return ReportTaken.Yes;
        }

        var now = time.GetUtcNow();
        var on = LondonDate.Of(said.CompletedAt is { } completed && completed < now ? completed : now);
        await take(
            new Delivery
            {
                Assessment = assessment,
                MessageId = $"notify/{reference}/{said.Id}/{said.Status}",
                By = Actor.TheHub,
                ReceivedAt = now,
                Input = new RecordNoticeOutcome(notice.Id, outcome, on < notice.SentOn ? notice.SentOn.Value : on, $"GOV.UK Notify: {said.Status}, {said.Id}", reference),
            },
            null, cancellationToken);
        return ReportTaken.Yes;
    }

    /// <summary>The message about a request for advice that was sent under the reference, or null if there is none, or if the request was
    /// sent again since then.</summary>
    private static Effect? MessageOf(IReadOnlyList<EffectRecord> effects, string reference)
    {
        var sent = effects.LastOrDefault(e => e.End == EffectOutcome.Done && e.Effect.Effect is not SendNotice && (e.Effect.Effect.Repeats ?? e.Effect.Id) == reference)?.Effect;
        return sent?.Effect is SendAdviceRequest asked && effects.LastOrDefault(e => e.Effect.Effect is SendAdviceRequest again && again.RequestId == asked.RequestId && again.Colleague == asked.Colleague)?.Effect.Id != sent.Id
            ? null
            : sent?.Effect;
    }

    // A morning's reminders to one person are one message, which can be about several cases.
    private async Task<ReportTaken> NotDeliveredAsync(AssessmentId assessment, string reference, NotifyNotification said, CancellationToken cancellationToken)
    {
        foreach (var item in book.Of(assessment).FirstOrDefault(kept => kept.Id == reference)?.Effects ?? [reference])
        {
            if (AssessmentId.TryParse(item.Split('/')[0], out var about, out _) && MessageOf(await store.EffectsAsync(about, cancellationToken), item) is { } message)
            {
                await take(
                    new Delivery
                    {
                        Assessment = about,
                        MessageId = $"notify/{item}/{said.Id}/{said.Status}",
                        By = Actor.TheHub,
                        ReceivedAt = time.GetUtcNow(),
                        Input = new NoteMessageNotDelivered(message, $"GOV.UK Notify: {said.Status}, {said.Id}"),
                    },
                    null, cancellationToken);
            }
        }

        return ReportTaken.Yes;
    }

    /// <summary>Whether the notice was given by a message other than this one, under the same reference.</summary>
    private async Task<bool> WasSentAsOtherAsync(AssessmentId assessment, string reference, string id, CancellationToken cancellationToken) =>
        id.Length > 0
        && (await store.EffectsAsync(assessment, cancellationToken)).Select(e => NoticeSending.Read(e.LastDetail)).LastOrDefault(sent => sent?.Reference == reference) is { Taken: var taken }
        && (taken.StartsWith(NoticeMessage.PostedPrefix, StringComparison.Ordinal) || taken.StartsWith(NoticeMessage.MailedPrefix, StringComparison.Ordinal))
        && !taken.Contains(id, StringComparison.Ordinal);

    /// <summary>Whether the report that ends the effect is still waiting in the inbox of the case.</summary>
    private async Task<bool> WaitsAsync(AssessmentId assessment, string reference, CancellationToken cancellationToken) =>
        (await store.LoadAsync(assessment, cancellationToken)).Inbox.Any(d => d.Input is EffectSettled { Effect: SendNotice } settled && NoticeSending.Read(settled.Detail)?.Reference == reference);
}
