using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Finds assessments that are due according to the store but have not been handled, for any reason: a lost wake event, a timer that never
/// fired (azure-functions-durable-extension issue 1898), or an instance that failed or was purged. The store shows whether an instance is
/// stuck or only waiting; the orchestration does not (issue 1342). The time of the last activity does not help: an instance that sleeps for
/// weeks is healthy, but an instance that receives wake events and does nothing is not. The sweeper therefore decides whether to end an
/// instance by how long the instance's work has been due according to the store.
/// </summary>
public sealed class Sweeper(
    IAssessmentStore store, CurrentDurableClient currentClient, InstanceWaker poker, IDriverRecord record, TimeProvider time, ILogger<Sweeper> log, IClockTrust? clock = null)
{
    /// <summary>The delay after which an instance with due work is sent a wake event. During this delay, the instance may still be
    /// starting.</summary>
    public static readonly TimeSpan WakeAfter = TimeSpan.FromMinutes(5);

    /// <summary>
    /// The delay after which an instance that did not respond to repeated wake events is ended, so that the next sweep starts it again.
    /// No data are lost, because all data are in the store.
    /// </summary>
    public static readonly TimeSpan EndAfter = TimeSpan.FromHours(2);

    /// <summary>The longest gap between two sweeps of one uninterrupted series. After a longer gap, the assessments that became due
    /// during the gap have not been sent a wake event.</summary>
    public static readonly TimeSpan MaxGap = TimeSpan.FromMinutes(15);

    /// <summary>The greatest number of assessments handled in one sweep; the next sweep handles the rest.</summary>
    public const int Max = 500;

    /// <summary>Runs one sweep.</summary>
    /// <returns>The number of assessments whose instances were sent a wake event, started or ended.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var sweepingSince = await UnbrokenSinceAsync(now, cancellationToken);
        var late = now - WakeAfter;
        var effects = await store.DueEffectsAsync(late, Max, cancellationToken);
        var due = (await store.DueAsync(late, Max, cancellationToken)).Concat(effects.Select(e => e.Effect.Assessment)).Distinct().ToList();
        var woken = 0;
        foreach (var assessment in due)
        {
            woken += await TryWakeAsync(assessment, now, sweepingSince, cancellationToken) ? 1 : 0;
        }

        // The time of the sweep is recorded at the end, so that a failed sweep does not count.
        await record.WriteAsync(IDriverRecord.LastSweep, now, cancellationToken);
        return woken;
    }

    private async Task<DateTimeOffset> UnbrokenSinceAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await record.ReadAsync(IDriverRecord.LastSweep, cancellationToken) is { } last
            && last <= now && now - last <= MaxGap
            && await record.ReadAsync(IDriverRecord.SweepingSince, cancellationToken) is { } since)
        {
            return since;
        }

        await record.WriteAsync(IDriverRecord.SweepingSince, now, cancellationToken);
        return now;
    }

    /// <summary>Wakes one assessment. If the instance of this assessment cannot be queried, the sweeper must still handle the other
    /// assessments.</summary>
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
#pragma warning disable CA1031 // The exception of one item must not end the background loop; the next sweep finds the item again.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            DurableLog.NotPoked(log, assessment.Value, fault.GetType().Name, fault.StackTrace);
            return false;
        }
    }

    private async Task<bool> WakeAsync(AssessmentId assessment, DateTimeOffset now, DateTimeOffset sweepingSince, CancellationToken cancellationToken)
    {
        var instance = await currentClient.Client.GetInstanceAsync(assessment.Value, cancellationToken);
        if (instance is { RuntimeStatus: OrchestrationRuntimeStatus.Suspended })
        {
            // Somebody suspended the instance manually, and must resume it manually.
            return false;
        }

        // If an assessment became due while no sweep ran, or if its instance has only just started, it has not yet been sent wake events
        // for long enough.
        if (instance is { IsCompleted: false }
            && clock is not { IsTrusted: false }
            && await DueSinceAsync(assessment, now, cancellationToken) is { } since
            && new[] { since, sweepingSince, instance.CreatedAt }.Max() < now - EndAfter)
        {
            await currentClient.Client.TerminateInstanceAsync(assessment.Value, "The instance was due and did not wake.", cancellationToken);
            DurableLog.Slept(log, assessment.Value, since, "ended");
            return true;
        }

        await poker.WakeAsync(assessment, cancellationToken);
        return true;
    }

    /// <summary>When the assessment's longest overdue work became due, or null if no work is due.</summary>
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
