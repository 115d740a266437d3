using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>
/// How long the oldest due work had waited at the last reading, separately for turns (an input in an inbox, or a wake-up) and
/// effects. Both waiting times are near zero while the hub keeps up. If one of the waiting times grows, the hub is falling behind, even if
/// its processes report that they are healthy.
/// </summary>
public sealed class WorkMonitor(IAssessmentStore store, TimeProvider time)
{
    private volatile Ages ages = new(TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Age of the oldest turn that is due, or zero if none is due.</summary>
    public TimeSpan Turns => ages.Turns;

    /// <summary>Age of the oldest effect that is due, or zero if none is due.</summary>
    public TimeSpan Effects => ages.Effects;

    /// <summary>Reads the ages of the oldest due turn and the oldest due effect again.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var effect = (await store.DueEffectsAsync(now, 1, cancellationToken)) is [var longest, ..] ? longest.DueAt : now;
        var turn = now;
        if (await store.DueAsync(now, 1, cancellationToken) is [var id, ..])
        {
            // The assessment that has been due longest is listed first. Only the assessment itself records when it became due.
            var found = await store.LoadAsync(id, cancellationToken);
            turn = found.Inbox.Select(d => d.ReceivedAt).Concat(found.WakeAt is { } wake ? [wake] : []).Append(now).Min();
        }

        ages = new Ages(now - turn, now - effect);
    }

    private sealed record Ages(TimeSpan Turns, TimeSpan Effects);
}
