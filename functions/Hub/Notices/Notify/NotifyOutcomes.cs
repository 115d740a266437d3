using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Notices.Notify;

/// <summary>What was done with a report of Notify.</summary>
internal enum ReportTaken
{
    /// <summary>It is on record, or says nothing that belongs there.</summary>
    Yes,

    /// <summary>The sending that it speaks of is not on record yet: it must come again.</summary>
    NotYet,
}

/// <summary>Takes what Notify says became of a notice into its case, however it came and however often.</summary>
/// <param name="store">The cases.</param>
/// <param name="take">How an input is brought in.</param>
/// <param name="time">The clock.</param>
internal sealed class NotifyOutcomes(IAssessmentStore store, TakeInput take, TimeProvider time)
{
    /// <summary>Takes a status.</summary>
    internal Task<ReportTaken> TakeAsync(string council, NotifyNotification said, CancellationToken cancellationToken) => said.Standing switch
    {
        NotifyStanding.Delivered => TakeAsync(council, said.Reference, NoticeOutcome.Delivered, said, cancellationToken),
        NotifyStanding.Failed => TakeAsync(council, said.Reference, NoticeOutcome.Failed, said, cancellationToken),
        _ => Task.FromResult(ReportTaken.Yes),
    };

    /// <summary>Takes a letter that came back.</summary>
    internal Task<ReportTaken> TakeReturnedAsync(string council, NotifyReturned said, CancellationToken cancellationToken) => TakeAsync(
        council, said.Reference, NoticeOutcome.Returned, new NotifyNotification { Id = said.NotificationId ?? "", Status = "returned" }, cancellationToken);

    private async Task<ReportTaken> TakeAsync(string council, string? reference, NoticeOutcome outcome, NotifyNotification said, CancellationToken cancellationToken)
    {
        // What the hub did not send, or sent for another council, is no news of it.
        if (reference is null || !AssessmentId.TryParse(reference.Split('/')[0], out var assessment, out _) || assessment.Council.Value != council)
        {
            return ReportTaken.Yes;
        }

        var state = (await store.LoadAsync(assessment, cancellationToken)).State;
        if (state.Notices.FirstOrDefault(n => n.Sending == reference) is not { } notice)
        {
            // It may be faster than our own record of the sending.
            var effects = await store.EffectsAsync(assessment, cancellationToken);
            return effects.Any(e => e.End is null && e.Effect.Effect is SendNotice && (e.Effect.Effect.Repeats ?? e.Effect.Id) == AssessmentNotices.EffectOf(reference))
                || await WaitsAsync(assessment, reference, cancellationToken)
                    ? ReportTaken.NotYet
                    : ReportTaken.Yes;
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

    /// <summary>The effect has ended, and its report waits in the inbox.</summary>
    private async Task<bool> WaitsAsync(AssessmentId assessment, string reference, CancellationToken cancellationToken) =>
        (await store.LoadAsync(assessment, cancellationToken)).Inbox.Any(d => d.Input is EffectSettled { Effect: SendNotice } settled && NoticeSending.Read(settled.Detail)?.Reference == reference);
}
