using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>Takes the turns of assessments as they fall due, until the loop is stopped.</summary>
internal sealed class TurnLoop(
    IAssessmentStore store,
    Func<AssessmentId, CancellationToken, ValueTask<Turn?>> takeTurn,
    TimeProvider time,
    EngineOptions options,
    WakeSignal wake,
    Action<EngineFault> tell,
    IClockTrust? clock = null)
{
    private const string TheStore = "finding assessments that are due";

    private readonly ConcurrentQueue<AssessmentId> pokes = [];
    private readonly Backoff<AssessmentId> failed = new(time);
    private readonly Backoff<string> storeFaults = new(time);

    internal IReadOnlyList<EngineBackoff> BackoffAfter(int faults) => [.. failed.FailedAtLeast(faults, "taking a turn"), .. storeFaults.FailedAtLeast(faults, "turns")];

    internal void Wake(AssessmentId assessment)
    {
        pokes.Enqueue(assessment);
        wake.Set();
    }

    internal async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                if (await TakeDueAsync(cancellationToken) == 0)
                {
                    await wake.WaitAsync(await UntilNextAsync(cancellationToken), cancellationToken);
                }

                storeFaults.Succeeded(TheStore);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A store that is temporarily unavailable must not end the loop.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                tell(new EngineFault(TheStore, null, null, fault.GetType().Name, fault.StackTrace));
                storeFaults.Failed(TheStore);
                await Pauses.UntilAsync(storeFaults.Next(), time, cancellationToken);
            }
        }
    }

    private async Task<int> TakeDueAsync(CancellationToken cancellationToken)
    {
        // While the clock is not trusted, the earliest possible time is used as the current time: no wake-up can be due then, so only
        // deliveries are handled.
        var now = clock?.IsTrusted == false ? DateTimeOffset.MinValue : time.GetUtcNow();
        var ids = new HashSet<AssessmentId>();
        while (ids.Count < options.MaxTurns && pokes.TryDequeue(out var poked))
        {
            ids.Add(poked);
        }

        // Assessments that failed are also due but are waiting for their retry. As many extra assessments are requested as have failed, so
        // that failed assessments never take up the entire answer of the store.
        ids.UnionWith((await store.DueAsync(now, options.MaxTurns + failed.Count, cancellationToken)).Where(id => !failed.Rests(id)));
        // Each of n threads takes every n-th assessment. Deciding keeps a processor busy, and a single thread would leave the other
        // processors idle.
        AssessmentId[] all = [.. ids];
        var deciders = Math.Min(options.Deciders ?? Environment.ProcessorCount, all.Length);
        var taken = await Task.WhenAll(Enumerable.Range(0, deciders).Select(first => Task.Run(() => TakeAsync(all, first, deciders, cancellationToken), CancellationToken.None)));
        return taken.Sum();
    }

    private async Task<int> TakeAsync(AssessmentId[] all, int first, int step, CancellationToken cancellationToken)
    {
        var taking = new List<Task<bool>>();
        for (var n = first; n < all.Length; n += step)
        {
            taking.Add(TakeAsync(all[n], cancellationToken));
        }

        return (await Task.WhenAll(taking)).Count(t => t);
    }

    private async Task<bool> TakeAsync(AssessmentId id, CancellationToken cancellationToken)
    {
        try
        {
            var turn = await takeTurn(id, cancellationToken);
            failed.Succeeded(id);
            return turn is not null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false;
        }
#pragma warning disable CA1031 // An assessment that cannot be decided must not delay the others.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            tell(new EngineFault("taking a turn", id, null, fault.GetType().Name, fault.StackTrace));
            failed.Failed(id);
            return true;
        }
    }

    private async ValueTask<TimeSpan> UntilNextAsync(CancellationToken cancellationToken)
    {
        var next = clock?.IsTrusted == false ? null : await store.NextDueAsync(cancellationToken);
        if (failed.Next() is { } again && (next is null || next <= time.GetUtcNow() || again < next))
        {
            next = again;
        }

        return Pauses.For(next, time, options);
    }
}
