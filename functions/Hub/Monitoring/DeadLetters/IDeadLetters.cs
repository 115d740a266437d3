namespace IntegrationHub.Functions.Monitoring.DeadLetters;

/// <summary>Access to the dead letters of any kind of bus.</summary>
public interface IDeadLetters
{
    /// <summary>The queues and subscriptions, with the number of waiting messages and dead letters in each.</summary>
    ValueTask<IReadOnlyList<QueueCount>> CountAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Up to the given number of dead letters of a queue or subscription, oldest first; empty if there is no such queue.
    /// </summary>
    ValueTask<IReadOnlyList<DeadLetter>> ReadAsync(string path, int most, CancellationToken cancellationToken = default);

    /// <summary>Returns one dead letter to its queue, to be delivered as a new message.</summary>
    ValueTask<ReturnResult> ReturnAsync(string path, long sequenceNumber, CancellationToken cancellationToken = default);
}

/// <summary>The counts of a queue or subscription.</summary>
/// <param name="Path">Name of the queue, or <c>topic/Subscriptions/name</c>.</param>
/// <param name="Waiting">Number of messages that wait to be received, or null if the bus does not report it.</param>
/// <param name="Dead">Number of dead letters.</param>
/// <param name="OrMore">Whether there may be more messages than were counted.</param>
/// <param name="Oldest">Time of arrival, UTC, of the oldest message that can be received now, or null if there is none or the bus does not
/// report it.</param>
public sealed record QueueCount(string Path, long? Waiting, long Dead, bool OrMore = false, DateTimeOffset? Oldest = null);

/// <summary>One dead letter, without its content.</summary>
/// <param name="Path">Queue or subscription of the message.</param>
/// <param name="SequenceNumber">Sequence number of the message in the queue or subscription.</param>
/// <param name="SessionId">Session of the message: on the hub's queues, the assessment's id.</param>
/// <param name="Reason">Why the message is a dead letter, in one word.</param>
/// <param name="Description">What must be corrected before the message can be used.</param>
/// <param name="EnqueuedAt">Time of arrival, UTC.</param>
/// <param name="Deliveries">How many times the message was delivered.</param>
public sealed record DeadLetter(string Path, long SequenceNumber, string? SessionId, string? Reason, string? Description, DateTimeOffset EnqueuedAt, int Deliveries)
{
    /// <summary>
    /// Whether the hub or the bus gave the reason, which then names no child. On an agency's own subscription, the agency's program writes
    /// the text of the reason, which is not shown.
    /// </summary>
    public bool IsReasonFromHub => !Path.Contains('/', StringComparison.Ordinal) || Reason is "TTLExpiredException" or "MaxDeliveryCountExceeded" or "HeaderSizeExceeded";
}

/// <summary>The result of returning a dead letter.</summary>
public enum ReturnResult
{
    /// <summary>The message is back in its queue.</summary>
    Returned,

    /// <summary>The message is no longer a dead letter, or somebody has locked it.</summary>
    Gone,

    /// <summary>The message arrived only minutes ago, so the bus would drop the returned message as a duplicate.</summary>
    TooEarly,
}
