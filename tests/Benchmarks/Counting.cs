using System.Diagnostics;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Benchmarks;

/// <summary>Counts what a store is asked to make durable, and how long each caller waits for it.</summary>
internal sealed class Counting(IAssessmentStore inner) : IAssessmentStore
{
    private long puts;
    private long commits;
    private long attempts;
    private long conflicts;
    private readonly long[] waits = new long[4096];

    internal long Puts => puts;

    internal long Commits => commits;

    internal long Attempts => attempts;

    internal long Conflicts => conflicts;

    internal long Steps => puts + commits + attempts;

    /// <summary>How long a share of all callers waited at most, to a fiftieth.</summary>
    internal TimeSpan Wait(double share)
    {
        var (sum, most) = (0L, (long)(waits.Sum() * share));
        for (var place = 0; place < waits.Length; place++)
        {
            if ((sum += waits[place]) >= most)
            {
                return TimeSpan.FromMicroseconds(Math.Pow(1.02, place));
            }
        }

        return TimeSpan.MaxValue;
    }

    public async ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref puts);
        var began = Stopwatch.GetTimestamp();
        var receipt = await inner.PutAsync(delivery, cancellationToken);
        Waited(began);
        return receipt;
    }

    public async ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref commits);
        var began = Stopwatch.GetTimestamp();
        var result = await inner.CommitAsync(turn, cancellationToken);
        Waited(began);
        Interlocked.Add(ref conflicts, result == CommitResult.Conflict ? 1 : 0);
        return result;
    }

    public async ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref attempts);
        var began = Stopwatch.GetTimestamp();
        await inner.RecordAttemptAsync(attempt, report, cancellationToken);
        Waited(began);
    }

    public ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellationToken = default) => inner.LoadAsync(assessment, cancellationToken);

    public ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellationToken = default) => inner.OutcomeAsync(assessment, messageId, cancellationToken);

    public ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellationToken = default) =>
        inner.EventsAsync(assessment, after, limit, cancellationToken);

    public ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => inner.DueAsync(now, limit, cancellationToken);

    public ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default) => inner.DueEffectsAsync(now, limit, cancellationToken);

    public ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default) => inner.NextDueAsync(cancellationToken);

    public ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellationToken = default) => inner.EffectsAsync(assessment, cancellationToken);

    public ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellationToken = default) => inner.ListAsync(query, cancellationToken);

    private void Waited(long began)
    {
        var place = Math.Log(Math.Max(1, Stopwatch.GetElapsedTime(began).TotalMicroseconds), 1.02);
        Interlocked.Increment(ref waits[Math.Min((int)place, waits.Length - 1)]);
    }
}
