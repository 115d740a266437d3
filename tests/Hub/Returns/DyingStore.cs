using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>A store whose process dies at one of its commits: just before it, or when it is durable and nobody has been told.</summary>
internal sealed class DyingStore(IAssessmentStore inner, int atCommit, bool afterwards) : IAssessmentStore
{
    private int commits;

    public async ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellation = default)
    {
        var dies = ++commits == atCommit;
        if (dies && !afterwards)
        {
            throw new DeathException();
        }

        var result = await inner.CommitAsync(turn, cancellation);
        return dies ? throw new DeathException() : result;
    }

    public ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellation = default) => inner.PutAsync(delivery, cancellation);

    public ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellation = default) => inner.LoadAsync(assessment, cancellation);

    public ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellation = default) => inner.OutcomeAsync(assessment, messageId, cancellation);

    public ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellation = default) =>
        inner.EventsAsync(assessment, after, limit, cancellation);

    public ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellation = default) => inner.DueAsync(now, limit, cancellation);

    public ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellation = default) => inner.DueEffectsAsync(now, limit, cancellation);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellation = default) => inner.NextDueAsync(cancellation);

    public ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellation = default) => inner.RecordAttemptAsync(attempt, report, cancellation);

    public ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellation = default) => inner.EffectsAsync(assessment, cancellation);

    public ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellation = default) => inner.ListAsync(query, cancellation);

    internal sealed class DeathException : Exception;
}
