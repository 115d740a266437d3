using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>
/// Drives by hand, on a clock that somebody else moves. Everything is begun in a fixed order on one thread; only the waits for the disk
/// overlap, so that many turns share a flush and a year passes in minutes.
/// </summary>
internal sealed class StepwiseDrive(
    IAssessmentStore store,
    Func<AssessmentId, CancellationToken, ValueTask<Turn?>> takeTurn,
    EffectRunner runner,
    TimeProvider time,
    EngineSettings settings)
{
    /// <summary>Rounds at one instant after which it is plain that nothing will come to rest; a lawful assessment needs a handful.</summary>
    private const int MostRounds = 1000;

    internal async Task<int> RunDueAsync(CancellationToken cancellation)
    {
        var done = 0;
        for (var round = 0; round < MostRounds; round++)
        {
            var inRound = await TakeTurnsAsync(cancellation);
            inRound += await RunEffectsAsync(cancellation);
            if (inRound == 0)
            {
                return done;
            }

            done += inRound;
        }

        var restless = await store.DueAsync(time.GetUtcNow(), 1, cancellation);
        throw new InvalidOperationException($"The same instant is due again and again{(restless.Count > 0 ? $", for instance in {restless[0]}" : "")}.");
    }

    internal async Task<int> AdvanceToAsync(DateTimeOffset to, Action<DateTimeOffset> setClock, CancellationToken cancellation)
    {
        var done = await RunDueAsync(cancellation);
        while (await store.NextDueAsync(cancellation) is { } next && next <= to)
        {
            if (next > time.GetUtcNow())
            {
                setClock(next);
            }

            done += await RunDueAsync(cancellation);
        }

        if (to > time.GetUtcNow())
        {
            setClock(to);
        }

        return done;
    }

    private async Task<int> TakeTurnsAsync(CancellationToken cancellation)
    {
        var due = await store.DueAsync(time.GetUtcNow(), int.MaxValue, cancellation);
        var taken = 0;
        foreach (var batch in due.Chunk(settings.MostTurns))
        {
            var turns = new Task<Turn?>[batch.Length];
            for (var n = 0; n < batch.Length; n++)
            {
                turns[n] = takeTurn(batch[n], cancellation).AsTask();
            }

            taken += (await Task.WhenAll(turns)).Count(t => t is not null);
        }

        return taken;
    }

    private async Task<int> RunEffectsAsync(CancellationToken cancellation)
    {
        var due = await store.DueEffectsAsync(time.GetUtcNow(), int.MaxValue, cancellation);
        foreach (var batch in due.Chunk(settings.MostTurns))
        {
            var attempts = new Task<bool>[batch.Length];
            for (var n = 0; n < batch.Length; n++)
            {
                attempts[n] = runner.RunAsync(batch[n], cancellation).AsTask();
            }

            await Task.WhenAll(attempts);
        }

        return due.Count;
    }
}
