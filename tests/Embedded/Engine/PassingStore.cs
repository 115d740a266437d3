using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Embedded.Tests.Engine;

/// <summary>A store that passes everything on; a test changes the one member it is about. It tells of no commits, as a remote store would.</summary>
internal class PassingStore(IAssessmentStore inner) : IAssessmentStore
{
    public virtual ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellation = default) => inner.PutAsync(delivery, cancellation);

    public virtual ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellation = default) => inner.LoadAsync(assessment, cancellation);

    public virtual ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellation = default) => inner.CommitAsync(turn, cancellation);

    public virtual ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellation = default) =>
        inner.OutcomeAsync(assessment, messageId, cancellation);

    public virtual ValueTask<IReadOnlyList<Orchestrations.Assessments.RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellation = default) =>
        inner.EventsAsync(assessment, after, limit, cancellation);

    public virtual ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation = default) => inner.DueAsync(now, limit, cancellation);

    public virtual ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellation = default) =>
        inner.DueEffectsAsync(now, limit, cancellation);

    public virtual ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellation = default) => inner.NextDueAsync(cancellation);

    public virtual ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellation = default) =>
        inner.RecordAttemptAsync(attempt, report, cancellation);

    public virtual ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellation = default) => inner.EffectsAsync(assessment, cancellation);

    public virtual ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellation = default) => inner.ListAsync(query, cancellation);
}

/// <summary>Every turn leaves a wake-up that is due already, as a fault in a decision would.</summary>
internal sealed class AlwaysDue(IAssessmentStore inner) : PassingStore(inner)
{
    public override ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellation = default) =>
        base.CommitAsync(turn with { WakeAt = DateTimeOffset.MinValue }, cancellation);
}
