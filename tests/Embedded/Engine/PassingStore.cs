using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Embedded.Tests.Engine;

/// <summary>A store that passes everything on; a test changes the one member it is about. It tells of no commits, as a remote store would.</summary>
internal class PassingStore(IAssessmentStore inner) : IAssessmentStore
{
    public virtual ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellationToken = default) => inner.PutAsync(delivery, cancellationToken);

    public virtual ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellationToken = default) => inner.LoadAsync(assessment, cancellationToken);

    public virtual ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellationToken = default) => inner.CommitAsync(turn, cancellationToken);

    public virtual ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellationToken = default) =>
        inner.OutcomeAsync(assessment, messageId, cancellationToken);

    public virtual ValueTask<IReadOnlyList<Orchestrations.Assessments.RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellationToken = default) =>
        inner.EventsAsync(assessment, after, limit, cancellationToken);

    public virtual ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => inner.DueAsync(now, limit, cancellationToken);

    public virtual ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        inner.DueEffectsAsync(now, limit, cancellationToken);

    public virtual ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default) => inner.NextDueAsync(cancellationToken);

    public virtual ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellationToken = default) =>
        inner.RecordAttemptAsync(attempt, report, cancellationToken);

    public virtual ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellationToken = default) => inner.EffectsAsync(assessment, cancellationToken);

    public virtual ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellationToken = default) => inner.ListAsync(query, cancellationToken);
}

/// <summary>Every turn leaves a wake-up that is due already, as a fault in a decision would.</summary>
internal sealed class AlwaysDue(IAssessmentStore inner) : PassingStore(inner)
{
    public override ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellationToken = default) =>
        base.CommitAsync(turn with { WakeAt = DateTimeOffset.MinValue }, cancellationToken);
}
