using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>Takes turns as they fall due, until it is stopped.</summary>
internal sealed class TurnLoop(
    IAssessmentStore store,
    Func<AssessmentId, CancellationToken, ValueTask<Turn?>> takeTurn,
    TimeProvider time,
    EngineOptions settings,
    WakeSignal wake,
    Action<EngineFault> tell,
    IClockTrust? clock = null)
{
    private const string TheStore = "look for what is due";

    private readonly ConcurrentQueue<AssessmentId> pokes = [];
    private readonly Backoff<AssessmentId> failed = new(time);
    private readonly Backoff<string> storeFaults = new(time);

    internal IReadOnlyList<EngineBackoff> BackoffAfter(int faults) => [.. failed.After(faults, "take a turn"), .. storeFaults.After(faults, "turns")];

    internal void Poke(AssessmentId assessment)
    {
        pokes.Enqueue(assessment);
        wake.Set();
    }

    internal async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (await TakeDueAsync(stopping) == 0)
                {
                    await wake.WaitAsync(await UntilNextAsync(stopping), stopping);
                }

                storeFaults.Succeeded(TheStore);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // The edge of the loop: a store that is away for a while must not end it.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                tell(new EngineFault(TheStore, null, null, fault.GetType().Name, fault.StackTrace));
                storeFaults.Failed(TheStore);
                await Pauses.UntilAsync(storeFaults.Next(), time, stopping);
            }
        }
    }

    private async Task<int> TakeDueAsync(CancellationToken stopping)
    {
        // While the clock is not trusted, only deliveries are dealt with: no wake-up is as old as this.
        var now = clock?.MayDecideByTime == false ? DateTimeOffset.MinValue : time.GetUtcNow();
        var ids = new HashSet<AssessmentId>();
        while (ids.Count < settings.MaxTurns && pokes.TryDequeue(out var poked))
        {
            ids.Add(poked);
        }

        // Those that rest are due as well: that many more are requested, so that they never fill the answer.
        ids.UnionWith((await store.DueAsync(now, settings.MaxTurns + failed.Count, stopping)).Where(id => !failed.Rests(id)));
        // Every n-th goes to one thread: deciding is work for the processor, and one thread would leave the other processors idle.
        AssessmentId[] all = [.. ids];
        var deciders = Math.Min(settings.Deciders ?? Environment.ProcessorCount, all.Length);
        var taken = await Task.WhenAll(Enumerable.Range(0, deciders).Select(first => Task.Run(() => TakeAsync(all, first, deciders, stopping), CancellationToken.None)));
        return taken.Sum();
    }

    private async Task<int> TakeAsync(AssessmentId[] all, int first, int step, CancellationToken stopping)
    {
        var taking = new List<Task<bool>>();
        for (var n = first; n < all.Length; n += step)
        {
            taking.Add(TakeAsync(all[n], stopping));
        }

        return (await Task.WhenAll(taking)).Count(t => t);
    }

    private async Task<bool> TakeAsync(AssessmentId id, CancellationToken stopping)
    {
        try
        {
            var turn = await takeTurn(id, stopping);
            failed.Succeeded(id);
            return turn is not null;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return false;
        }
#pragma warning disable CA1031 // The edge of one turn: an assessment that cannot be decided must not hold up the others.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            tell(new EngineFault("take a turn", id, null, fault.GetType().Name, fault.StackTrace));
            failed.Failed(id);
            return true;
        }
    }

    private async ValueTask<TimeSpan> UntilNextAsync(CancellationToken stopping)
    {
        var next = clock?.MayDecideByTime == false ? null : await store.NextDueAsync(stopping);
        if (failed.Next() is { } again && (next is null || next <= time.GetUtcNow() || again < next))
        {
            next = again;
        }

        return Pauses.For(next, time, settings);
    }
}
