using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Embedded.Tests.Crash;

/// <summary>The process died; nothing after this happens in it.</summary>
public sealed class ProcessDiedException() : Exception("The process died here.");

/// <summary>
/// A store whose process dies at its nth durable operation: before it, so that it never happened, or after it, so that it happened and
/// nobody heard of it. From then on nothing answers any more. Or only the operation fails, and the process lives on.
/// </summary>
internal sealed class DyingStore(IAssessmentStore inner, int diesAt, bool afterwards, bool livesOn = false) : IAssessmentStore
{
    private int operations;
    private volatile bool dead;

    /// <summary>Durable operations so far.</summary>
    internal int Operations => operations;

    public ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellationToken = default) => DurablyAsync(() => inner.PutAsync(delivery, cancellationToken));

    public ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellationToken = default) => DurablyAsync(() => inner.CommitAsync(turn, cancellationToken));

    public async ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellationToken = default) =>
        await DurablyAsync(async () =>
        {
            await inner.RecordAttemptAsync(attempt, report, cancellationToken);
            return true;
        });

    public ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellationToken = default) => Alive().LoadAsync(assessment, cancellationToken);

    public ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellationToken = default) =>
        Alive().OutcomeAsync(assessment, messageId, cancellationToken);

    public ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellationToken = default) =>
        Alive().EventsAsync(assessment, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => Alive().DueAsync(now, limit, cancellationToken);

    public ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        Alive().DueEffectsAsync(now, limit, cancellationToken);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default) => Alive().NextDueAsync(cancellationToken);

    public ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellationToken = default) => Alive().EffectsAsync(assessment, cancellationToken);

    public ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellationToken = default) => Alive().ListAsync(query, cancellationToken);

    private async ValueTask<T> DurablyAsync<T>(Func<ValueTask<T>> operation)
    {
        _ = Alive();
        if (++operations != diesAt)
        {
            return await operation();
        }

        dead = !livesOn;
        if (afterwards)
        {
            await operation();
        }

        throw livesOn ? new StoreUnavailableException(StoreFault.InputOutput, "The disk failed here.") : new ProcessDiedException();
    }

    private IAssessmentStore Alive() => dead ? throw new ProcessDiedException() : inner;
}
