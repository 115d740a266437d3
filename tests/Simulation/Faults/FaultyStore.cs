using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Simulation.Faults;

/// <summary>The hub's process died; nothing after this happens in it.</summary>
public sealed class ProcessDiedException() : Exception("The process died here.");

/// <summary>
/// A store whose durable operations fail as planned: before anything is written, or after it, when the caller hears nothing but the
/// failure. It can also die at its nth operation; from then on nothing answers any more.
/// </summary>
public sealed class FaultyStore(IAssessmentStore inner, FaultPlan plan) : IAssessmentStore
{
    private readonly ConcurrentDictionary<string, int> tries = new(StringComparer.Ordinal);
    private volatile IAssessmentStore? open = inner;
    private int untilDeath = int.MaxValue;
    private bool deathAfter;
    private long operations;
    private long failures;
    private volatile bool dead;

    /// <summary>Durable operations asked for.</summary>
    public long Operations => Interlocked.Read(ref operations);

    /// <summary>Operations that failed as planned.</summary>
    public long Failures => Interlocked.Read(ref failures);

    /// <summary>The process has died.</summary>
    public bool IsDead => dead;

    /// <summary>It dies at the nth operation from now.</summary>
    public void DieAt(int operation, bool after)
    {
        deathAfter = after;
        Interlocked.Exchange(ref untilDeath, operation);
    }

    /// <summary>
    /// The process is gone, and with it all that it held in memory. The pages' rate limiter (ASP.NET's own, which nobody can dispose of) runs its timer for ever and keeps
    /// whatever the pages could reach: without this, every process of these years would stay in memory with the cases that its store held.
    /// </summary>
    internal void IsGone() => open = null;

    /// <inheritdoc/>
    public ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellationToken = default) =>
        DurablyAsync($"{delivery.Assessment}<{delivery.MessageId}", store => store.PutAsync(delivery, cancellationToken));

    /// <inheritdoc/>
    public ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellationToken = default) =>
        DurablyAsync(FormattableString.Invariant($"{turn.Assessment}@{turn.ExpectedVersion}"), store => store.CommitAsync(turn, cancellationToken));

    /// <inheritdoc/>
    public async ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellationToken = default) =>
        await DurablyAsync(FormattableString.Invariant($"{attempt.EffectId}!{attempt.At.UtcTicks}"), async store =>
        {
            await store.RecordAttemptAsync(attempt, report, cancellationToken);
            return true;
        });

    /// <inheritdoc/>
    public ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellationToken = default) => Alive().LoadAsync(assessment, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellationToken = default) =>
        Alive().OutcomeAsync(assessment, messageId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellationToken = default) =>
        Alive().EventsAsync(assessment, after, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => Alive().DueAsync(now, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) =>
        Alive().DueEffectsAsync(now, limit, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default) => Alive().NextDueAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellationToken = default) => Alive().EffectsAsync(assessment, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellationToken = default) => Alive().ListAsync(query, cancellationToken);

    private async ValueTask<T> DurablyAsync<T>(string operation, Func<IAssessmentStore, ValueTask<T>> write)
    {
        var store = Alive();
        Interlocked.Increment(ref operations);
        if (Interlocked.Decrement(ref untilDeath) == 0)
        {
            dead = true;
            if (deathAfter)
            {
                await write(store);
            }

            throw new ProcessDiedException();
        }

        var before = plan.Level == FaultLevel.None ? 0 : tries.GetValueOrDefault(operation);
        var fault = plan.OfOperation(operation, before);
        if (fault == DiskFault.None)
        {
            var done = await write(store);
            if (before > 0)
            {
                tries.TryRemove(operation, out _);
            }

            return done;
        }

        tries[operation] = before + 1;
        Interlocked.Increment(ref failures);
        if (fault == DiskFault.After)
        {
            await write(store);
        }

        throw new StoreUnavailableException(StoreFault.InputOutput, "The simulated disk failed.");
    }

    private IAssessmentStore Alive() => dead || open is not { } store ? throw new ProcessDiedException() : store;
}
