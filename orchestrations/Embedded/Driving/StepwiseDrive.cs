using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>
/// Drives by hand, on a clock that somebody else moves. Everything is begun in a fixed order on one thread; only the waits for the disk
/// overlap, so that many turns share a flush and a year passes in minutes. A round takes no more assessments than share a flush and
/// then carries out their effects, so that an assessment is dealt with while the store still holds it in memory.
/// </summary>
internal sealed class StepwiseDrive(
    IAssessmentStore store,
    Func<AssessmentId, CancellationToken, ValueTask<Turn?>> takeTurn,
    EffectRunner runner,
    TimeProvider time,
    EngineSettings settings)
{
    /// <summary>Turns of one assessment at one instant after which it is plain that it will not come to rest; a lawful one needs a handful.</summary>
    private const int MostTurnsAtOnce = 1000;

    internal async Task<int> RunDueAsync(CancellationToken cancellation)
    {
        var turns = new Dictionary<AssessmentId, int>();
        for (var done = 0; ;)
        {
            var inRound = await TakeTurnsAsync(turns, cancellation);
            inRound += await RunEffectsAsync(cancellation);
            if (inRound == 0)
            {
                return done;
            }

            done += inRound;
        }
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

    private async Task<int> TakeTurnsAsync(Dictionary<AssessmentId, int> turns, CancellationToken cancellation)
    {
        var due = await store.DueAsync(time.GetUtcNow(), settings.MostTurns, cancellation);
        var taking = new Task<Turn?>[due.Count];
        for (var n = 0; n < due.Count; n++)
        {
            if ((turns[due[n]] = turns.GetValueOrDefault(due[n]) + 1) > MostTurnsAtOnce)
            {
                throw new InvalidOperationException($"{due[n]} is due again and again at the same instant.");
            }

            taking[n] = takeTurn(due[n], cancellation).AsTask();
        }

        await Task.WhenAll(taking);
        return due.Count;
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
