namespace IntegrationHub.Local.Bus.Store;

/// <summary>
/// The messages of the embedded bus, durable in one SQLite file, with the semantics of Azure Service Bus. Every method answers after its
/// work has reached the disk. Time comes from the <see cref="TimeProvider"/> alone.
/// </summary>
public sealed class BusStore : IDisposable
{
    private readonly BusFile file;
    private readonly GroupCommit commits;
    private readonly Ledger ledger;
    private readonly ITimer alarm;
    private readonly TimeProvider clock;
    private DateTimeOffset? alarmAt;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">Path of the SQLite file; its folder must be there.</param>
    /// <param name="topology">The entities.</param>
    /// <param name="clock">Time.</param>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file cannot be opened, or is no SQLite file.</exception>
    public BusStore(string path, Topology topology, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentNullException.ThrowIfNull(clock);
        Topology = topology;
        this.clock = clock;
        file = new BusFile(path);
        ledger = new Ledger(file, topology, clock);
        Recover();
        alarm = clock.CreateTimer(_ => OnAlarm(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        commits = new GroupCommit(file, () => DueWork.Do(ledger), AfterCommit);
        _ = commits.Run(() => 0); // Sets the alarm for what is already waiting.
    }

    /// <summary>Messages in this room have become free. Raised after the commit, on the file's thread: hand it on quickly.</summary>
    public event Action<WaitingRoom>? MessagesFreed;

    /// <summary>Messages of this session have become free. Raised like <see cref="MessagesFreed"/>, and after it.</summary>
    public event Action<WaitingRoom, string>? SessionFreed;

    /// <summary>The session lock has run out. Raised like <see cref="MessagesFreed"/>.</summary>
    public event Action<Guid>? SessionLost;

    /// <summary>The entities.</summary>
    public Topology Topology { get; }

    /// <summary>Takes messages in, all or none.</summary>
    public Task<SendOutcome> Send(SendTarget target, IReadOnlyList<NewMessage> messages) => commits.Run(() => Sending.Send(ledger, target, messages));

    /// <summary>Cancels scheduled messages, all or none; false when one is not there any more.</summary>
    public Task<bool> CancelScheduled(SendTarget target, IReadOnlyList<long> sequenceNumbers) => commits.Run(() => Sending.Cancel(ledger, target, sequenceNumbers));

    /// <summary>Gives out messages in order, as many as there are, up to <paramref name="most"/>.</summary>
    /// <param name="room">From where.</param>
    /// <param name="session">The session held, where the room takes sessions.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="keep">True for peek-lock; false for receive and delete.</param>
    /// <param name="isGone">Asked when its turn has come: a receiver that has gone meanwhile gets nothing, so that no lock is held for nobody.</param>
    public Task<IReadOnlyList<HeldMessage>> Receive(WaitingRoom room, HeldSession? session, int most, bool keep, Func<bool>? isGone = null) =>
        commits.Run(() => isGone?.Invoke() is true ? [] : Receiving.Receive(ledger, room, session, most, keep));

    /// <summary>Gives out deferred messages by their numbers; null when one of them is not there to be had.</summary>
    public Task<IReadOnlyList<HeldMessage>?> ReceiveDeferred(WaitingRoom room, IReadOnlyList<long> sequenceNumbers, HeldSession? session, bool keep) =>
        commits.Run(() => Receiving.ReceiveDeferred(ledger, room, sequenceNumbers, session, keep));

    /// <summary>Messages as they are, without taking them, whatever their state.</summary>
    public Task<IReadOnlyList<HeldMessage>> Peek(WaitingRoom room, long from, string? sessionId, int most) =>
        commits.Run(() => Receiving.Peek(ledger, [room], from, sessionId, most));

    /// <summary>Does with a held message what its receiver wants; false when the lock is lost.</summary>
    public Task<bool> Settle(WaitingRoom room, Guid lockToken, Settlement settlement) => commits.Run(() => Receiving.Settle(ledger, room, lockToken, settlement));

    /// <summary>Renews locks, all or none; null when one is lost.</summary>
    public Task<IReadOnlyList<DateTimeOffset>?> RenewLocks(WaitingRoom room, IReadOnlyList<Guid> lockTokens) =>
        commits.Run(() => Receiving.Renew(ledger, room, lockTokens));

    /// <summary>Takes a session: the one named, or the next with a free message; null when it is taken, or there is none.</summary>
    public Task<HeldSession?> AcceptSession(WaitingRoom room, string? sessionId) => commits.Run(() => Sessions.Accept(ledger, room, sessionId));

    /// <summary>Renews a session's lock; null when it is lost.</summary>
    public Task<HeldSession?> RenewSession(WaitingRoom room, HeldSession session) => commits.Run(() => Sessions.Renew(ledger, room, session));

    /// <summary>Lets a session go; its unsettled messages are free again.</summary>
    public Task<bool> ReleaseSession(WaitingRoom room, HeldSession session) => commits.Run(() =>
    {
        Sessions.Release(ledger, room, session.SessionId, session.Lock);
        return true;
    });

    /// <summary>What a session remembers; null when nothing.</summary>
    public Task<byte[]?> SessionState(WaitingRoom room, string sessionId) => commits.Run(() => Sessions.State(ledger, room, sessionId));

    /// <summary>Sets what a session remembers; false when its lock is lost.</summary>
    public Task<bool> RememberSession(WaitingRoom room, HeldSession session, byte[]? state) => commits.Run(() => Sessions.Remember(ledger, room, session, state));

    /// <summary>Ids of the sessions with messages, or with a state changed since then.</summary>
    public Task<IReadOnlyList<string>> ListSessions(WaitingRoom room, DateTimeOffset changedSince, int skip, int top) =>
        commits.Run(() => Sessions.List(ledger, room, changedSince, skip, top));

    /// <summary>How many messages each queue and subscription holds.</summary>
    public Task<IReadOnlyList<RoomCount>> Count() => commits.Run(() => DeadLetters.Count(ledger, Topology));

    /// <summary>Sends one dead letter of this room back to it; false when it is not there or a receiver holds it.</summary>
    public Task<bool> Resubmit(WaitingRoom room, long sequenceNumber) => commits.Run(() => DeadLetters.Resubmit(ledger, room, sequenceNumber));

    /// <inheritdoc/>
    public void Dispose()
    {
        alarm.Dispose();
        commits.Dispose();
        file.Dispose();
    }

    private void Recover()
    {
        file.Run("BEGIN IMMEDIATE");
        foreach (var room in Topology.Rooms)
        {
            file.Run("INSERT INTO room (path) VALUES ($1) ON CONFLICT DO NOTHING", room.Path);
            room.Id = (long)file.Scalar("SELECT id FROM room WHERE path = $1", room.Path)!;
            // A room that was away for a while (see DueWork) has its times again.
            file.Run("UPDATE message SET due = COALESCE(scheduled, locked_until, expires) WHERE room = $1 AND due IS NULL AND session_lock IS NULL AND dead_source IS NULL", room.Id);
        }

        // A session is held by a link, and no link outlives the process. Message locks are kept: their tokens are still good.
        foreach (var (room, id, held) in file.Rows(
            "SELECT room, id, lock FROM session WHERE lock IS NOT NULL", row => (row.GetInt64(0), row.GetString(1), new Guid(row.GetFieldValue<byte[]>(2)))))
        {
            if (ledger.Room(room) is { } place)
            {
                Sessions.Release(ledger, place, id, held);
            }
        }

        file.Run("COMMIT");
        ledger.Freed.Clear();
        ledger.FreedSessions.Clear();
    }

    private void AfterCommit(bool committed)
    {
        if (committed)
        {
            foreach (var room in ledger.Freed)
            {
                MessagesFreed?.Invoke(room);
            }

            foreach (var (room, session) in ledger.FreedSessions)
            {
                SessionFreed?.Invoke(room, session);
            }

            foreach (var session in ledger.LostSessions)
            {
                SessionLost?.Invoke(session);
            }

            SetAlarm();
        }

        ledger.Freed.Clear();
        ledger.FreedSessions.Clear();
        ledger.LostSessions.Clear();
    }

    private void SetAlarm()
    {
        var next = DueWork.Next(ledger);
        if (next == alarmAt)
        {
            return;
        }

        alarmAt = next;
        // A timer takes at most 49 days; a longer wait wakes early and finds nothing due.
        var wait = next is { } hour ? TimeSpan.FromMilliseconds(Math.Clamp((hour - clock.GetUtcNow()).TotalMilliseconds, 1, TimeSpan.FromDays(30).TotalMilliseconds)) : Timeout.InfiniteTimeSpan;
        alarm.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void OnAlarm()
    {
        try
        {
            // The work is what every transaction begins with. Setting the alarm anew is part of it, whatever the next hour is.
            _ = commits.Run(() => alarmAt = null);
        }
        catch (ObjectDisposedException)
        {
            // The alarm rang while the bus was closing.
        }
    }
}
