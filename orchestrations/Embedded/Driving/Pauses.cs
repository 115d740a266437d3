namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>How long a loop sleeps when it has nothing to do.</summary>
internal static class Pauses
{
    /// <summary>
    /// The shortest pause of a loop. When the work that is already due is done, a signal wakes the loop, so checking before then is only a
    /// precaution and need not happen often.
    /// </summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    internal static TimeSpan For(DateTimeOffset? next, TimeProvider time, EngineOptions options)
    {
        var until = next is { } at ? at - time.GetUtcNow() : options.RecheckAfter;
        return until < Shortest ? Shortest : until > options.RecheckAfter ? options.RecheckAfter : until;
    }

    /// <summary>Sleeps until a time, and returns without an exception if the loop is stopped.</summary>
    internal static async Task UntilAsync(DateTimeOffset? instant, TimeProvider time, CancellationToken cancellationToken)
    {
        var pause = (instant ?? time.GetUtcNow()) - time.GetUtcNow();
        await Task.Delay(pause < Shortest ? Shortest : pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
