namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>The state of a message. The numbers are those of annotation <c>x-opt-message-state</c>.</summary>
public enum MessageStatus
{
    /// <summary>Available to the next receiver, or locked by one.</summary>
    Active = 0,

    /// <summary>Put aside by a receiver; available by its sequence number only.</summary>
    Deferred = 1,

    /// <summary>Waits for its scheduled time.</summary>
    Scheduled = 2,
}

/// <summary>A message that has just come in.</summary>
public sealed record NewMessage
{
    /// <summary>Message id, by which repeats are recognised.</summary>
    public string? MessageId { get; init; }

    /// <summary>Session id (AMQP group-id).</summary>
    public string? SessionId { get; init; }

    /// <summary>How long it may wait, when the sender says so.</summary>
    public TimeSpan? TimeToLive { get; init; }

    /// <summary>When it is to become visible, when the sender says so.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>The bare message as the sender encoded it: kept to the byte.</summary>
    public required byte[] Bare { get; init; }

    /// <summary>The sender's message annotations, encoded; empty when there are none.</summary>
    public byte[] Annotations { get; init; } = [];

    /// <summary>Name of the key it was sent with.</summary>
    public string? SentBy { get; init; }

    /// <summary>Application property by its name as text, for filters.</summary>
    public Func<string, string?> Property { get; init; } = _ => null;
}

/// <summary>A message as the bus holds it.</summary>
public sealed record HeldMessage
{
    /// <summary>Rises with each message; a scheduled message gets a new one when its time comes.</summary>
    public required long SequenceNumber { get; init; }

    /// <summary>Message id.</summary>
    public string? MessageId { get; init; }

    /// <summary>Session id.</summary>
    public string? SessionId { get; init; }

    /// <summary>Where it is.</summary>
    public required MessageStatus Status { get; init; }

    /// <summary>When it came in, or became visible.</summary>
    public required DateTimeOffset EnqueuedAt { get; init; }

    /// <summary>When its time to live ends; null for dead letters.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When it is to become visible, while it is scheduled.</summary>
    public DateTimeOffset? ScheduledFor { get; init; }

    /// <summary>Deliveries that failed so far.</summary>
    public required int DeliveryCount { get; init; }

    /// <summary>The lock it is delivered under; null when it is not locked, or is already deleted (receive and delete).</summary>
    public Guid? LockToken { get; init; }

    /// <summary>Until when.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>Who holds it, or its session; null where nobody does, or where nobody has looked.</summary>
    public Holder? Holder { get; init; }

    /// <summary>Why it is a dead letter.</summary>
    public string? DeadLetterReason { get; init; }

    /// <summary>The reason in more detail.</summary>
    public string? DeadLetterDescription { get; init; }

    /// <summary>Path of the queue or subscription that it came from.</summary>
    public string? DeadLetterSource { get; init; }

    /// <summary>Name of the key it was sent with.</summary>
    public string? SentBy { get; init; }

    /// <summary>Its bytes are not those that were sent: the file was damaged.</summary>
    public bool IsDamaged { get; init; }

    /// <summary>The bare message as the sender encoded it.</summary>
    public required byte[] Bare { get; init; }

    /// <summary>The sender's message annotations, encoded.</summary>
    public required byte[] Annotations { get; init; }
}

/// <summary>The result of sending.</summary>
public abstract record SendOutcome
{
    /// <summary>On disk. A repeat that duplicate detection dropped has sequence number 0.</summary>
    public sealed record Kept(IReadOnlyList<long> SequenceNumbers) : SendOutcome;

    /// <summary>Not taken, none of them.</summary>
    public sealed record Refused(string Reason) : SendOutcome;

    /// <summary>None of them was accepted: the sender already has as much here as is allowed.</summary>
    public sealed record QuotaExceeded(string Reason) : SendOutcome;
}

/// <summary>What a receiver does with a message it holds.</summary>
public abstract record Settlement
{
    /// <summary>Changes the bare message, where the receiver asked for changed properties.</summary>
    public Func<byte[], byte[]>? Rewrite { get; init; }

    /// <summary>Done with.</summary>
    public sealed record Complete : Settlement;

    /// <summary>Given back; counts as a failed delivery.</summary>
    public sealed record Abandon : Settlement;

    /// <summary>Given back untouched: it never reached a receiver.</summary>
    public sealed record PutBack : Settlement;

    /// <summary>Put aside; available by its sequence number.</summary>
    public sealed record Defer : Settlement;

    /// <summary>To the dead letters.</summary>
    public sealed record DeadLetter(string? Reason, string? Description) : Settlement;
}

/// <summary>Who holds a message or its session.</summary>
/// <param name="Until">Until when.</param>
/// <param name="IsGone">Its link has ended: what it holds is not given back before the lock ends.</param>
public sealed record Holder(DateTimeOffset Until, bool IsGone);

/// <summary>A session that a receiver holds.</summary>
/// <param name="SessionId">Session id.</param>
/// <param name="Lock">The lock it is held under.</param>
/// <param name="LockedUntil">Until when.</param>
public sealed record HeldSession(string SessionId, Guid Lock, DateTimeOffset LockedUntil);

/// <summary>How many messages a queue or subscription holds.</summary>
/// <param name="Path">Address of the queue or subscription.</param>
/// <param name="Active">Available or locked.</param>
/// <param name="Scheduled">Waiting for their scheduled time.</param>
/// <param name="Deferred">Put aside.</param>
/// <param name="DeadLetters">Dead letters.</param>
/// <param name="OldestActive">When the oldest of the active ones came in, UTC; null when there is none.</param>
public sealed record RoomCount(string Path, long Active, long Scheduled, long Deferred, long DeadLetters, DateTimeOffset? OldestActive = null);
