namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>How long a loop sleeps when it has nothing to do.</summary>
internal static class Pauses
{
    /// <summary>
    /// What is already due is being dealt with, and a signal comes when it is done; looking again before that is a precaution and need not
    /// happen often.
    /// </summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    internal static TimeSpan For(DateTimeOffset? next, TimeProvider time, EngineOptions settings)
    {
        var until = next is { } at ? at - time.GetUtcNow() : settings.LookAgainAfter;
        return until < Shortest ? Shortest : until > settings.LookAgainAfter ? settings.LookAgainAfter : until;
    }

    /// <summary>Sleeps; returns without an exception when it is stopped.</summary>
    internal static async Task UntilAsync(DateTimeOffset? instant, TimeProvider time, CancellationToken stopping)
    {
        var pause = (instant ?? time.GetUtcNow()) - time.GetUtcNow();
        await Task.Delay(pause < Shortest ? Shortest : pause, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
