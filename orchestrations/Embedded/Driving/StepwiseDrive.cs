using System.Runtime.InteropServices;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>
/// Drives by hand, on a clock that somebody else moves. Everything is begun in a fixed order on one thread; only the waits for the disk
/// overlap, so that many turns share a flush and a year passes in minutes. A round takes only as many assessments as share a few flushes,
/// and then carries out their effects, so that an assessment is dealt with while the store still holds it in memory.
/// </summary>
internal sealed class StepwiseDrive(
    IAssessmentStore store,
    Func<AssessmentId, CancellationToken, ValueTask<Turn?>> takeTurn,
    EffectRunner runner,
    TimeProvider time,
    EngineOptions options)
{
    /// <summary>How many turns one assessment may take at one instant: more mean that it will never finish. A normal one needs a handful.</summary>
    private const int MaxTurnsAtOnce = 1000;

    /// <summary>Everything begun is awaited between turns and effects; a round is this many times what may run at once, so that this happens rarely.</summary>
    private const int WindowsInRound = 4;

    internal async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var turns = new Dictionary<AssessmentId, int>();
        for (var done = 0; ;)
        {
            var inRound = await TakeTurnsAsync(turns, cancellationToken);
            inRound += await RunEffectsAsync(cancellationToken);
            if (inRound == 0)
            {
                return done;
            }

            done += inRound;
        }
    }

    internal async Task<int> AdvanceToAsync(DateTimeOffset to, Action<DateTimeOffset> setClock, CancellationToken cancellationToken)
    {
        var done = await RunDueAsync(cancellationToken);
        while (await store.NextDueAsync(cancellationToken) is { } next && next <= to)
        {
            if (next > time.GetUtcNow())
            {
                setClock(next);
            }

            done += await RunDueAsync(cancellationToken);
        }

        if (to > time.GetUtcNow())
        {
            setClock(to);
        }

        return done;
    }

    private async Task<int> TakeTurnsAsync(Dictionary<AssessmentId, int> turns, CancellationToken cancellationToken)
    {
        var due = await store.DueAsync(time.GetUtcNow(), options.MaxTurns * WindowsInRound, cancellationToken);
        foreach (var id in due)
        {
            ref var taken = ref CollectionsMarshal.GetValueRefOrAddDefault(turns, id, out _);
            if (++taken > MaxTurnsAtOnce)
            {
                throw new InvalidOperationException($"{id} is due again and again at the same instant.");
            }
        }

        await InHalvesAsync(due, id => takeTurn(id, cancellationToken).AsTask(), options.Deciders ?? 1);
        return due.Count;
    }

    private async Task<int> RunEffectsAsync(CancellationToken cancellationToken)
    {
        var due = await store.DueEffectsAsync(time.GetUtcNow(), int.MaxValue, cancellationToken);
        await InHalvesAsync(due, effect => runner.RunAsync(effect, cancellationToken).AsTask(), 1);
        return due.Count;
    }

    /// <summary>
    /// Begins them all, in order on one thread, with no more at the same time than <see cref="EngineOptions.MaxTurns"/>. While one
    /// half of these waits for the disk the other is begun, so that processor and disk work at the same time.
    /// </summary>
    private async Task InHalvesAsync<T>(IReadOnlyList<T> items, Func<T, Task> begin, int threads)
    {
        var half = Math.Max(1, options.MaxTurns / 2);
        var before = Task.CompletedTask;
        for (var from = 0; from < items.Count; from += half)
        {
            if (half == options.MaxTurns)
            {
                await before;
            }

            var batch = new Task[Math.Min(half, items.Count - from)];
            if (threads == 1)
            {
                Begin(from, 0);
            }
            else
            {
                var start = from;
                await Task.WhenAll(Enumerable.Range(0, threads).Select(first => Task.Run(() => Begin(start, first))));
            }

            var begun = Task.WhenAll(batch);
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!before.IsCompletedSuccessfully)
            {
                // The caller that gets the exception may rely on nothing still running.
                await Task.WhenAll(before, begun);
            }

            before = begun;

            void Begin(int start, int first)
            {
                for (var n = first; n < batch.Length; n += threads)
                {
                    batch[n] = begin(items[start + n]);
                }
            }
        }

        await before;
    }
}
