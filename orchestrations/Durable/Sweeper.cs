using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Finds assessments that are due by the store and were not looked at, whatever the reason: a poke that was lost, a timer that never
/// came (azure-functions-durable-extension issue 1898), an instance that failed or was purged. The store knows "stuck" from "waiting";
/// the orchestration does not (issue 1342), nor does the instant at which it last moved: one that sleeps for weeks is well, and one that
/// takes in pokes and does nothing is not. So an instance is ended by how long the store says that it has been due.
/// </summary>
public sealed class Sweeper(
    IAssessmentStore store, ClientAtHand hand, Poker poker, IDriverRecord record, TimeProvider time, ILogger<Sweeper> log, IClockTrust? clock = null)
{
    /// <summary>An instance that is this late is poked; before, it is on its way.</summary>
    public static readonly TimeSpan PokeAfter = TimeSpan.FromMinutes(5);

    /// <summary>
    /// An instance that has been due for this long, and was poked all the while, is ended, so that the next sweep starts it again. It loses
    /// nothing: all it knows is in the store.
    /// </summary>
    public static readonly TimeSpan EndAfter = TimeSpan.FromHours(2);

    /// <summary>Two sweeps that are further apart did not follow each other: what became due in between was not poked.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(15);

    /// <summary>Assessments looked after in one sweep; the rest come with the next.</summary>
    public const int Most = 500;

    /// <summary>Sweeps once.</summary>
    /// <returns>Assessments that were poked, started or ended.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var sweepingSince = await UnbrokenSinceAsync(now, cancellationToken);
        var late = now - PokeAfter;
        var effects = await store.DueEffectsAsync(late, Most, cancellationToken);
        var due = (await store.DueAsync(late, Most, cancellationToken)).Concat(effects.Select(e => e.Effect.Assessment)).Distinct().ToList();
        var woken = 0;
        foreach (var assessment in due)
        {
            woken += await TryWakeAsync(assessment, now, sweepingSince, cancellationToken) ? 1 : 0;
        }

        // At the end: a sweep that failed does not count.
        await record.WriteAsync(IDriverRecord.LastSweep, now, cancellationToken);
        return woken;
    }

    private async Task<DateTimeOffset> UnbrokenSinceAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await record.ReadAsync(IDriverRecord.LastSweep, cancellationToken) is { } last
            && last <= now && now - last <= LongestGap
            && await record.ReadAsync(IDriverRecord.SweepingSince, cancellationToken) is { } since)
        {
            return since;
        }

        await record.WriteAsync(IDriverRecord.SweepingSince, now, cancellationToken);
        return now;
    }

    /// <summary>One assessment whose instance cannot be asked must not keep the sweeper from the others.</summary>
    private async Task<bool> TryWakeAsync(AssessmentId assessment, DateTimeOffset now, DateTimeOffset sweepingSince, CancellationToken cancellationToken)
    {
        try
        {
            return await WakeAsync(assessment, now, sweepingSince, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // The edge of one item of a background loop; the next sweep meets it again.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            DurableLog.NotPoked(log, assessment.Value, fault.GetType().Name, fault.StackTrace);
            return false;
        }
    }

    private async Task<bool> WakeAsync(AssessmentId assessment, DateTimeOffset now, DateTimeOffset sweepingSince, CancellationToken cancellationToken)
    {
        var instance = await hand.Client.GetInstanceAsync(assessment.Value, cancellationToken);
        if (instance is { RuntimeStatus: OrchestrationRuntimeStatus.Suspended })
        {
            // Somebody stopped it by hand, and will let it go on by hand.
            return false;
        }

        // Neither what became due while nobody swept nor an instance that was only just started has been poked for long enough.
        if (instance is { IsCompleted: false }
            && clock is not { MayDecideByTime: false }
            && await DueSinceAsync(assessment, now, cancellationToken) is { } since
            && new[] { since, sweepingSince, instance.CreatedAt }.Max() < now - EndAfter)
        {
            await hand.Client.TerminateInstanceAsync(assessment.Value, "It was due and did not wake.", cancellationToken);
            DurableLog.Slept(log, assessment.Value, since, "ended");
            return true;
        }

        await poker.PokeAsync(assessment, cancellationToken);
        return true;
    }

    /// <summary>Since when something of it could have been done; null when nothing can be any more.</summary>
    private async Task<DateTimeOffset?> DueSinceAsync(AssessmentId assessment, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var loaded = await store.LoadAsync(assessment, cancellationToken);
        var effects = await store.EffectsAsync(assessment, cancellationToken);
        return loaded.Inbox.Select(delivery => (DateTimeOffset?)delivery.ReceivedAt)
            .Append(loaded.WakeAt)
            .Concat(effects.Where(effect => effect.End is null).Select(effect => effect.NextAt))
            .Where(at => at <= now)
            .Min();
    }
}
