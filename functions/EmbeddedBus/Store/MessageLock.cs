namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>The lock of a message that is delivered to a receiver, or that the bus itself is about to change. Locks exist only in memory
/// and end with the process.</summary>
internal sealed class MessageLock(MessageQueue messageQueue, long sequenceNumber, SessionHold? session)
{
    internal Guid Token { get; } = Guid.NewGuid();

    internal MessageQueue Room => messageQueue;

    internal long SequenceNumber => sequenceNumber;

    /// <summary>The session under which the message was delivered, or null. The message's lock lasts as long as the session's.</summary>
    internal SessionHold? Session => session;

    /// <summary>Id of the session to which the message is returned, or null if its queue or subscription does not use
    /// sessions.</summary>
    internal string? SessionId { get; init; } = session?.Session.Id;

    internal DateTimeOffset Until { get; set; }

    /// <summary>Whether the receiver of the message has disconnected. If the lock expires after the receiver has disconnected, this does
    /// not count as a failed delivery.</summary>
    internal Func<bool>? IsGone { get; init; }

    /// <summary>Whether the message was deferred. A deferred message can be received only by its sequence number, even after its lock is
    /// released.</summary>
    internal bool IsDeferred { get; init; }

    /// <summary>Whether the settlement is being written to the disk. While the settlement is being written, the message cannot be settled
    /// again, and the lock does not expire however slow the disk is.</summary>
    internal bool IsSettling { get; set; }

    /// <summary>Whether the message's time to live ended while the message was locked.</summary>
    internal bool IsOverdue { get; set; }

    /// <summary>The lock's place in the list of locks that will expire.</summary>
    internal LinkedListNode<MessageLock>? ListNode { get; set; }
}

/// <summary>A session that a receiver holds, with the messages delivered under it.</summary>
internal sealed class SessionHold(MessageQueue messageQueue, SessionState session, Func<bool>? isGone)
{
    internal Guid Lock { get; } = Guid.NewGuid();

    internal MessageQueue Room => messageQueue;

    internal SessionState Session => session;

    internal DateTimeOffset Until { get; set; }

    internal bool IsGone => isGone?.Invoke() ?? false;

    /// <summary>Whether the receiver has released or lost the session, while some of its settlements are still undecided.</summary>
    internal bool IsEnding { get; set; }

    internal HashSet<MessageLock> Messages { get; } = [];

    internal LinkedListNode<SessionHold>? Place { get; set; }

    internal HeldSession ToHeld() => new(session.Id, Lock, Until);
}

/// <summary>One session of a queue or subscription: its available messages and its holder.</summary>
internal sealed class SessionState(string id)
{
    internal string Id => id;

    internal FreeMessages Free { get; } = new();

    internal SessionHold? Hold { get; set; }

    /// <summary>The number that orders the session among the available sessions (the lowest sequence number of its available messages), or
    /// 0 if the session is not one of them.</summary>
    internal long QueuedAs { get; set; }
}

/// <summary>What happens to a lock once it is decided whether the message is settled.</summary>
internal enum Fate
{
    /// <summary>The message was deleted, moved or deferred.</summary>
    Gone,

    /// <summary>The message is available to the next receiver.</summary>
    Free,

    /// <summary>The settlement failed, so the lock is unchanged.</summary>
    Restored,
}

/// <summary>What subscribers must be notified of, and what must be written to the file, after locks have changed.</summary>
internal sealed class Notices
{
    /// <summary>Queues and subscriptions in which a message has become available.</summary>
    internal HashSet<MessageQueue> Queues { get; } = [];

    /// <summary>Sessions in which a message has become available.</summary>
    internal HashSet<(MessageQueue Room, string Session)> Sessions { get; } = [];

    /// <summary>Sessions whose lock has expired.</summary>
    internal List<Guid> Lost { get; } = [];

    /// <summary>Messages that have been unlocked and whose time to live ended while they were locked.</summary>
    internal List<long> Overdue { get; } = [];

    /// <summary>The locks of failed deliveries: the lock expired although the receiver was still connected.</summary>
    internal List<MessageLock> Failed { get; } = [];
}
