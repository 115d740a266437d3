namespace IntegrationHub.Functions.Monitoring.DeadLetters;

/// <summary>The dead letters of any kind of bus.</summary>
public interface IDeadLetters
{
    /// <summary>The queues and subscriptions, with the number of waiting messages and dead letters in each.</summary>
    ValueTask<IReadOnlyList<QueueCount>> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// The dead letters of a queue or subscription, the oldest first, at most <paramref name="most"/>; empty when there is no such queue.
    /// </summary>
    ValueTask<IReadOnlyList<DeadLetter>> ReadAsync(string path, int most, CancellationToken cancellationToken = default);

    /// <summary>Returns one dead letter to its queue, to be delivered as if it had just come.</summary>
    ValueTask<ReturnResult> ReturnAsync(string path, long sequenceNumber, CancellationToken cancellationToken = default);
}

/// <summary>The counts of a queue or subscription.</summary>
/// <param name="Path">Name of the queue, or <c>topic/Subscriptions/name</c>.</param>
/// <param name="Waiting">Messages that wait to be received; null where the bus does not say.</param>
/// <param name="Dead">Dead letters.</param>
/// <param name="OrMore">Whether there may be more than were counted.</param>
/// <param name="Oldest">When the oldest message that can be received now arrived, UTC; null when there is none, or the bus does not say.</param>
public sealed record QueueCount(string Path, long? Waiting, long Dead, bool OrMore = false, DateTimeOffset? Oldest = null);

/// <summary>One dead letter, without its content.</summary>
/// <param name="Path">Its queue or subscription.</param>
/// <param name="SequenceNumber">Its sequence number there.</param>
/// <param name="SessionId">Its session: on the hub's queues the assessment's id.</param>
/// <param name="Reason">The reason, in one word.</param>
/// <param name="Description">What to correct.</param>
/// <param name="EnqueuedAt">When it arrived, UTC.</param>
/// <param name="Deliveries">How often it was delivered.</param>
public sealed record DeadLetter(string Path, long SequenceNumber, string? SessionId, string? Reason, string? Description, DateTimeOffset EnqueuedAt, int Deliveries)
{
    /// <summary>
    /// Whether the reason was given by the hub or the bus, which name no child. On an agency's own subscription the agency's program gives
    /// the reason in words of its own, and those are not shown.
    /// </summary>
    public bool IsReasonFromHub => !Path.Contains('/', StringComparison.Ordinal) || Reason is "TTLExpiredException" or "MaxDeliveryCountExceeded" or "HeaderSizeExceeded";
}

/// <summary>The result of returning a dead letter.</summary>
public enum ReturnResult
{
    /// <summary>It is back in its queue.</summary>
    Returned,

    /// <summary>It is no longer there, or somebody has locked it.</summary>
    Gone,

    /// <summary>The bus would drop it as a repeat of itself, because it came only minutes ago.</summary>
    TooEarly,
}
