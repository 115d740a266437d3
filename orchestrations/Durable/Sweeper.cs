using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Finds assessments that are due according to the store but have not been looked at, whatever the reason: a poke that was lost, a timer that never
/// came (azure-functions-durable-extension issue 1898), an instance that failed or was purged. The store can tell "stuck" from "waiting";
/// the orchestration cannot (issue 1342), and the time of its last activity does not help: an instance that sleeps for weeks is healthy,
/// and one that receives pokes and does nothing is not. So whether an instance is ended depends on how long it has been due according to the store.
/// </summary>
public sealed class Sweeper(
    IAssessmentStore store, CurrentDurableClient hand, InstancePoker poker, IDriverRecord record, TimeProvider time, ILogger<Sweeper> log, IClockTrust? clock = null)
{
    /// <summary>An instance that is this late is poked; until then it may still be starting.</summary>
    public static readonly TimeSpan PokeAfter = TimeSpan.FromMinutes(5);

    /// <summary>
    /// An instance that has been due for this long, and was poked all the while, is ended, so that the next sweep starts it again. Nothing
    /// is lost: all its data is in the store.
    /// </summary>
    public static readonly TimeSpan EndAfter = TimeSpan.FromHours(2);

    /// <summary>The longest gap between consecutive sweeps; after a longer one, what became due in between was not poked.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(15);

    /// <summary>The most assessments handled in one sweep; the rest follow in the next.</summary>
    public const int Max = 500;

    /// <summary>Sweeps once.</summary>
    /// <returns>Assessments that were poked, started or ended.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var sweepingSince = await UnbrokenSinceAsync(now, cancellationToken);
        var late = now - PokeAfter;
        var effects = await store.DueEffectsAsync(late, Max, cancellationToken);
        var due = (await store.DueAsync(late, Max, cancellationToken)).Concat(effects.Select(e => e.Effect.Assessment)).Distinct().ToList();
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

    /// <summary>An assessment whose instance cannot be queried must not keep the sweeper from the others.</summary>
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
            // Somebody suspended it by hand, and will resume it by hand.
            return false;
        }

        // What became due while no sweep ran, or an instance that has only just started, has not been poked for long enough.
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

    /// <summary>When the first of its work became due; null when nothing can be done any more.</summary>
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
