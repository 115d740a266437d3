using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>
/// How long the oldest due work has waited, at the last reading: a turn (an input in an inbox, or a wake-up) and an effect. Both are near
/// zero while the hub keeps up; if one grows, the hub does not, even if its processes report that they are well.
/// </summary>
public sealed class WorkWatch(IAssessmentStore store, TimeProvider time)
{
    private volatile Ages ages = new(TimeSpan.Zero, TimeSpan.Zero);

    /// <summary>Age of the oldest turn that is due; zero when none is.</summary>
    public TimeSpan Turns => ages.Turns;

    /// <summary>Age of the oldest effect that is due; zero when none is.</summary>
    public TimeSpan Effects => ages.Effects;

    /// <summary>Reads again.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow();
        var effect = (await store.DueEffectsAsync(now, 1, cancellationToken)) is [var longest, ..] ? longest.DueAt : now;
        var turn = now;
        if (await store.DueAsync(now, 1, cancellationToken) is [var id, ..])
        {
            // The assessment that has been due longest comes first; only the assessment itself says since when.
            var found = await store.LoadAsync(id, cancellationToken);
            turn = found.Inbox.Select(d => d.ReceivedAt).Concat(found.WakeAt is { } wake ? [wake] : []).Append(now).Min();
        }

        ages = new Ages(now - turn, now - effect);
    }

    private sealed record Ages(TimeSpan Turns, TimeSpan Effects);
}
