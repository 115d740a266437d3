using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>A store whose process dies at one of its commits: just before it, or when it is durable and nobody has been told.</summary>
internal sealed class DyingStore(IAssessmentStore inner, int atCommit, bool afterwards) : IAssessmentStore
{
    private int commits;

    public async ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellationToken = default)
    {
        var dies = ++commits == atCommit;
        if (dies && !afterwards)
        {
            throw new DeathException();
        }

        var result = await inner.CommitAsync(turn, cancellationToken);
        return dies ? throw new DeathException() : result;
    }

    public ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellationToken = default) => inner.PutAsync(delivery, cancellationToken);

    public ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellationToken = default) => inner.LoadAsync(assessment, cancellationToken);

    public ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellationToken = default) => inner.OutcomeAsync(assessment, messageId, cancellationToken);

    public ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellationToken = default) =>
        inner.EventsAsync(assessment, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => inner.DueAsync(now, limit, cancellationToken);

    public ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => inner.DueEffectsAsync(now, limit, cancellationToken);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default) => inner.NextDueAsync(cancellationToken);

    public ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellationToken = default) => inner.RecordAttemptAsync(attempt, report, cancellationToken);

    public ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellationToken = default) => inner.EffectsAsync(assessment, cancellationToken);

    public ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellationToken = default) => inner.ListAsync(query, cancellationToken);

    internal sealed class DeathException : Exception;
}
