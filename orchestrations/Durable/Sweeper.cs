using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Finds assessments that are due by the store and were not looked at, whatever the reason: a poke that was lost, a timer that never
/// came (azure-functions-durable-extension issue 1898), an instance that failed or was purged. The store knows "stuck" from "waiting";
/// the orchestration does not (issue 1342).
/// </summary>
public sealed class Sweeper(IAssessmentStore store, ClientAtHand hand, Poker poker, TimeProvider time, ILogger<Sweeper> log)
{
    /// <summary>An instance that is this late is poked; before, it is on its way.</summary>
    public static readonly TimeSpan PokeAfter = TimeSpan.FromMinutes(5);

    /// <summary>An instance that is this late though it was poked is ended, so that the next sweep starts it anew. It loses nothing: all it knows is in the store.</summary>
    public static readonly TimeSpan EndAfter = TimeSpan.FromHours(2);

    /// <summary>Assessments looked after in one sweep; the rest come with the next.</summary>
    public const int Most = 500;

    /// <summary>Sweeps once.</summary>
    /// <returns>Assessments that were poked, started or ended.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellation = default)
    {
        var late = time.GetUtcNow() - PokeAfter;
        var effects = await store.DueEffectsAsync(late, Most, cancellation);
        var due = (await store.DueAsync(late, Most, cancellation)).Concat(effects.Select(e => e.Effect.Assessment)).Distinct().ToList();
        foreach (var assessment in due)
        {
            await WakeAsync(assessment, cancellation);
        }

        return due.Count;
    }

    private async Task WakeAsync(AssessmentId assessment, CancellationToken cancellation)
    {
        var instance = await hand.Client.GetInstanceAsync(assessment.Value, cancellation);
        if (instance is { RuntimeStatus: OrchestrationRuntimeStatus.Suspended })
        {
            // Somebody stopped it by hand, and will let it go on by hand.
            return;
        }

        // Every poke it takes in moves this on; one that runs and stands still takes nothing in.
        if (instance is { IsCompleted: false } && instance.LastUpdatedAt < time.GetUtcNow() - EndAfter)
        {
            await hand.Client.TerminateInstanceAsync(assessment.Value, "It was due and did not wake.", cancellation);
            DurableLog.Slept(log, assessment.Value, instance.LastUpdatedAt, "ended");
            return;
        }

        await poker.PokeAsync(assessment, cancellation);
    }
}
