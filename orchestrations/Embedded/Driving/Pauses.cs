namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>How long a loop sleeps when it has nothing to do.</summary>
internal static class Pauses
{
    /// <summary>
    /// What is already due is being dealt with, and a signal comes when it is done; looking again before that is a precaution and need not
    /// happen often.
    /// </summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    internal static TimeSpan For(DateTimeOffset? next, TimeProvider time, EngineOptions options)
    {
        var until = next is { } at ? at - time.GetUtcNow() : options.LookAgainAfter;
        return until < Shortest ? Shortest : until > options.LookAgainAfter ? options.LookAgainAfter : until;
    }

    /// <summary>Sleeps; returns without an exception when it is stopped.</summary>
    internal static async Task UntilAsync(DateTimeOffset? instant, TimeProvider time, CancellationToken cancellationToken)
    {
        var pause = (instant ?? time.GetUtcNow()) - time.GetUtcNow();
        await Task.Delay(pause < Shortest ? Shortest : pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
