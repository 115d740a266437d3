namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>The state of a message. The values are those of the annotation <c>x-opt-message-state</c>.</summary>
public enum MessageStatus
{
    /// <summary>Available to the next receiver, or locked by a receiver.</summary>
    Active = 0,

    /// <summary>Deferred by a receiver, and available only by its sequence number.</summary>
    Deferred = 1,

    /// <summary>Waiting for its scheduled time.</summary>
    Scheduled = 2,
}

/// <summary>A message that has just been received.</summary>
public sealed record NewMessage
{
    /// <summary>Message id, by which duplicates are recognised.</summary>
    public string? MessageId { get; init; }

    /// <summary>Session id (AMQP group-id).</summary>
    public string? SessionId { get; init; }

    /// <summary>How long the message can wait before it expires, or null if the sender sets no limit.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>The time from which receivers can see the message, or null if the sender sets no time.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>The bare message as the sender encoded it, preserved byte for byte.</summary>
    public required byte[] Bare { get; init; }

    /// <summary>The sender's message annotations, encoded, or empty if there are none.</summary>
    public byte[] Annotations { get; init; } = [];

    /// <summary>Name of the key with which the message was sent.</summary>
    public string? SentBy { get; init; }

    /// <summary>Returns the text of the application property with a given name, for filters.</summary>
    public Func<string, string?> Property { get; init; } = _ => null;
}

/// <summary>A message as stored by the bus.</summary>
public sealed record StoredMessage
{
    /// <summary>Sequence number, which increases with each message. A scheduled message gets a new number when its time comes.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>Message id.</summary>
    public string? MessageId { get; init; }

    /// <summary>Session id.</summary>
    public string? SessionId { get; init; }

    /// <summary>State of the message.</summary>
    public required MessageStatus Status { get; init; }

    /// <summary>When the bus received the message, or when a scheduled message became visible.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When the message's time to live ends, or null for dead letters.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When a scheduled message is to become visible.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>The number of failed deliveries so far.</summary>
    public required int DeliveryCount { get; init; }

    /// <summary>The lock under which the message is delivered, or null if the message is not locked or is already deleted
    /// (receive-and-delete).</summary>
    public Guid? LockToken { get; init; }

    /// <summary>When the message's lock ends.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>The holder of the message or of its session, or null if nobody holds it or the holder was not looked up.</summary>
    public Holder? Holder { get; init; }

    /// <summary>Why the message is a dead letter.</summary>
    public string? DeadLetterReason { get; init; }

    /// <summary>Why the message is a dead letter, in more detail.</summary>
    public string? DeadLetterDescription { get; init; }

    /// <summary>Path of the queue or subscription that the dead letter came from.</summary>
    public string? DeadLetterSource { get; init; }

    /// <summary>Name of the key with which the message was sent.</summary>
    public string? SentBy { get; init; }

    /// <summary>Whether the file was damaged, so that the message's bytes differ from the bytes that were sent.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>The bare message as the sender encoded it.</summary>
    public required byte[] Bare { get; init; }

    /// <summary>The sender's message annotations, encoded.</summary>
    public required byte[] Annotations { get; init; }
}

/// <summary>The result of sending messages to the bus.</summary>
public abstract record SendOutcome
{
    /// <summary>The messages are on the disk. A message that was dropped as a duplicate has sequence number 0.</summary>
    public sealed record Stored(IReadOnlyList<long> SequenceNumbers) : SendOutcome;

    /// <summary>None of the messages was accepted.</summary>
    public sealed record Refused(string Reason) : SendOutcome;

    /// <summary>None of the messages was accepted, because the sender has reached its limit.</summary>
    public sealed record QuotaExceeded(string Reason) : SendOutcome;
}

/// <summary>What a receiver decides about a message that it holds.</summary>
public abstract record Settlement
{
    /// <summary>A function that changes the bare message, or null if the receiver did not ask to change any properties.</summary>
    public Func<byte[], byte[]>? Rewrite { get; init; }

    /// <summary>The message has been processed and is deleted.</summary>
    public sealed record Complete : Settlement;

    /// <summary>The message is returned to the queue, which counts as a failed delivery.</summary>
    public sealed record Abandon : Settlement;

    /// <summary>The message is returned to the queue unchanged, because it never reached a receiver.</summary>
    public sealed record Released : Settlement;

    /// <summary>The message is deferred and available only by its sequence number.</summary>
    public sealed record Defer : Settlement;

    /// <summary>The message is moved to the dead letters.</summary>
    public sealed record DeadLetter(string? Reason, string? Description) : Settlement;
}

/// <summary>The holder of a message or of its session.</summary>
/// <param name="Until">When the lock ends.</param>
/// <param name="IsGone">Whether the holder's link has ended. Even if the link has ended, the messages are not returned to the queue before
/// the lock ends.</param>
public sealed record Holder(DateTimeOffset Until, bool IsGone);

/// <summary>A session that a receiver holds.</summary>
/// <param name="SessionId">Session id.</param>
/// <param name="Lock">The lock under which the session is held.</param>
/// <param name="LockedUntil">When the lock ends.</param>
public sealed record HeldSession(string SessionId, Guid Lock, DateTimeOffset LockedUntil);

/// <summary>The number of messages in a queue or subscription.</summary>
/// <param name="Path">Address of the queue or subscription.</param>
/// <param name="Active">Messages that are available or locked.</param>
/// <param name="Scheduled">Messages that are waiting for their scheduled time.</param>
/// <param name="Deferred">Messages that are deferred.</param>
/// <param name="DeadLetters">Number of dead letters.</param>
/// <param name="OldestActive">When the oldest active message was received (UTC), or null if there is no active message.</param>
public sealed record MessageQueueCount(string Path, long Active, long Scheduled, long Deferred, long DeadLetters, DateTimeOffset? OldestActive = null);
