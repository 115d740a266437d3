namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>A message that is delivered to a receiver, or that the bus itself is about to change. Kept in memory: a lock does not outlive the process.</summary>
internal sealed class MessageLock(WaitingRoom room, long sequenceNumber, SessionHold? session)
{
    internal Guid Token { get; } = Guid.NewGuid();

    internal WaitingRoom Room => room;

    internal long SequenceNumber => sequenceNumber;

    /// <summary>The session it was delivered under, which then decides how long the lock lasts.</summary>
    internal SessionHold? Session => session;

    /// <summary>Id of the session in which the message is free again; null where its queue or subscription takes none.</summary>
    internal string? SessionId { get; init; } = session?.Session.Id;

    internal DateTimeOffset Until { get; set; }

    /// <summary>True when the receiver that took it has gone: a lock that ends then does not count as a failed delivery.</summary>
    internal Func<bool>? IsGone { get; init; }

    /// <summary>It was deferred and can be taken by its number only, even once it is free again.</summary>
    internal bool IsDeferred { get; init; }

    /// <summary>Its settlement is on the way to the disk: it cannot be settled twice, and it does not run out however slow the disk is.</summary>
    internal bool IsSettling { get; set; }

    /// <summary>Its time to live ended while it was locked.</summary>
    internal bool IsOverdue { get; set; }

    /// <summary>Its place in the list of locks that run out.</summary>
    internal LinkedListNode<MessageLock>? Place { get; set; }
}

/// <summary>A session that a receiver holds, with what was delivered under it.</summary>
internal sealed class SessionHold(WaitingRoom room, SessionState session, Func<bool>? isGone)
{
    internal Guid Lock { get; } = Guid.NewGuid();

    internal WaitingRoom Room => room;

    internal SessionState Session => session;

    internal DateTimeOffset Until { get; set; }

    internal bool IsGone => isGone?.Invoke() ?? false;

    /// <summary>Its receiver has let it go, or lost it; what it was settling is not decided yet.</summary>
    internal bool IsEnding { get; set; }

    internal HashSet<MessageLock> Messages { get; } = [];

    internal LinkedListNode<SessionHold>? Place { get; set; }

    internal HeldSession ToHeld() => new(session.Id, Lock, Until);
}

/// <summary>One session of a queue or subscription: its free messages, and who holds it.</summary>
internal sealed class SessionState(string id)
{
    internal string Id => id;

    internal FreeMessages Free { get; } = new();

    internal SessionHold? Hold { get; set; }

    /// <summary>Its number among the available sessions; 0 when it is not available.</summary>
    internal long InLine { get; set; }
}

/// <summary>What happens to a lock once its settlement is decided.</summary>
internal enum Fate
{
    /// <summary>The message is gone, moved or deferred.</summary>
    Gone,

    /// <summary>The message is free for the next receiver.</summary>
    Free,

    /// <summary>The settlement failed: the lock is as it was.</summary>
    Restored,
}

/// <summary>What must be announced, or written, after locks have changed.</summary>
internal sealed class Notices
{
    /// <summary>Queues and subscriptions in which a message has become free.</summary>
    internal HashSet<WaitingRoom> Rooms { get; } = [];

    /// <summary>Sessions in which a message has become free.</summary>
    internal HashSet<(WaitingRoom Room, string Session)> Sessions { get; } = [];

    /// <summary>Sessions whose lock has run out.</summary>
    internal List<Guid> Lost { get; } = [];

    /// <summary>Messages that are free again and whose time to live has ended meanwhile.</summary>
    internal List<long> Overdue { get; } = [];

    /// <summary>Deliveries that failed: the lock ran out although its receiver was there.</summary>
    internal List<MessageLock> Failed { get; } = [];
}
