using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Benchmarks;

/// <summary>Counts what a store is asked to make durable.</summary>
internal sealed class Counting(IAssessmentStore inner) : IAssessmentStore
{
    private long puts;
    private long commits;
    private long attempts;
    private long conflicts;

    internal long Puts => puts;

    internal long Commits => commits;

    internal long Attempts => attempts;

    internal long Conflicts => conflicts;

    internal long Steps => puts + commits + attempts;

    public ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref puts);
        return inner.PutAsync(delivery, cancellation);
    }

    public async ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref commits);
        var result = await inner.CommitAsync(turn, cancellation);
        Interlocked.Add(ref conflicts, result == CommitResult.Conflict ? 1 : 0);
        return result;
    }

    public ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellation = default)
    {
        Interlocked.Increment(ref attempts);
        return inner.RecordAttemptAsync(attempt, report, cancellation);
    }

    public ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellation = default) => inner.LoadAsync(assessment, cancellation);

    public ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellation = default) => inner.OutcomeAsync(assessment, messageId, cancellation);

    public ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellation = default) =>
        inner.EventsAsync(assessment, after, limit, cancellation);

    public ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation = default) => inner.DueAsync(now, limit, cancellation);

    public ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellation = default) => inner.DueEffectsAsync(now, limit, cancellation);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellation = default) => inner.NextDueAsync(cancellation);

    public ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellation = default) => inner.EffectsAsync(assessment, cancellation);

    public ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellation = default) => inner.ListAsync(query, cancellation);
}
