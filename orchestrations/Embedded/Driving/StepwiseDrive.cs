using System.Runtime.InteropServices;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>
/// Drives the engine step by step, on a clock that the caller sets. Everything begins in a fixed order on one thread; only the waits for
/// the disk overlap, so that many turns share a flush and a year can be simulated in minutes. A round takes only so many assessments that
/// a few flushes are enough for them, and then carries out their effects, so that each assessment is handled while the store still has it
/// in memory.
/// </summary>
internal sealed class StepwiseDrive(
    IAssessmentStore store,
    Func<AssessmentId, CancellationToken, ValueTask<Turn?>> takeTurn,
    EffectRunner runner,
    TimeProvider time,
    EngineOptions options)
{
    /// <summary>The greatest number of turns of one assessment at one instant. More turns mean that the assessment will never finish; a
    /// normal assessment needs only a few.</summary>
    private const int MaxTurnsAtOnce = 1000;

    /// <summary>The number of assessments in a round, as a multiple of the turns that can run at the same time. The drive waits for all
    /// turns before it starts effects, and for all effects before the next turns. A larger round makes these waits rare.</summary>
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
                throw new InvalidOperationException($"{id} is due repeatedly at the same instant and never finishes.");
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
    /// Begins all items in order on one thread, with at most <see cref="EngineOptions.MaxTurns"/> at the same time. While one half of the
    /// items waits for the disk, the other half begins, so that processor and disk work in parallel.
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
                // All work must have ended before the caller gets the exception.
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
