using IntegrationHub.EmbeddedBus.Access;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Sqlite;

namespace IntegrationHub.EmbeddedBus.Store;

/// <summary>
/// The messages of the embedded bus, with the semantics of Azure Service Bus. Messages, counts and states are durable in one SQLite file,
/// and a call that changes them returns after the change has reached the disk; locks and sessions are in memory, so acquiring one never
/// waits for the disk. The <see cref="TimeProvider"/> is the only source of time.
/// </summary>
public sealed partial class BusStore : IDisposable
{
    // While the clock is not trusted, work that is due waits, and the bus checks at this interval whether somebody has confirmed the clock.
    private static readonly TimeSpan UntilClockIsAskedAgain = TimeSpan.FromMinutes(1);

    // After a transaction that failed, for instance because the disk is full, due work is tried again by itself only after this time.
    private static readonly TimeSpan PauseAfterFault = TimeSpan.FromSeconds(1);

    private readonly TimeProvider clock;
    private readonly DataFile file;
    private readonly StoredMessageReader rows;
    private readonly GroupCommit commits;
    private readonly Ledger ledger;
    private readonly Deliveries deliveries;
    private readonly Alarm alarm;
    private readonly BusEvents events;

    // Counts of failed deliveries that are being written to the disk. Nobody receives a message before its count is written.
    private Task counting = Task.CompletedTask;

    // The time before which due work is not tried again after a fault, in ticks, so that other threads can read it safely.
    private long notBefore;

    /// <summary>Opens the file, or creates it.</summary>
    /// <param name="path">Path of the SQLite file; its folder must exist.</param>
    /// <param name="topology">The queues, topics and subscriptions of the bus.</param>
    /// <param name="clock">The source of time.</param>
    /// <param name="onFault">Called when a subscriber throws; the bus and the other subscribers continue.</param>
    /// <param name="bounds">The limits on what the bus stores for one sender.</param>
    /// <param name="trust">Says whether the clock is trusted; null means always. While it is not, no message expires and no scheduled
    /// message is sent: if the clock were weeks ahead for a moment, all waiting messages would be dead-lettered.</param>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The file cannot be opened, or is not an SQLite file.</exception>
    public BusStore(string path, Topology topology, TimeProvider clock, Action<Exception>? onFault = null, SenderLimits? bounds = null, IClockTrust? trust = null)
    {
        ArgumentNullException.ThrowIfNull(topology);
        ArgumentNullException.ThrowIfNull(clock);
        Topology = topology;
        this.clock = clock;
        events = new BusEvents(onFault);
        deliveries = new Deliveries(clock);
        file = DataFile.Open(path, BusTables.Migrations);
        ledger = new Ledger(file, topology, clock, new SenderUsage(file, bounds ?? new SenderLimits(), BusKey.RootName), trust);
        ledger.Amounts.Load();
        Recovery.Recover(file, topology, deliveries);
        rows = new StoredMessageReader(DataFile.OpenForReading(path));
        alarm = new Alarm(clock, Earliest, OnAlarm);
        commits = new GroupCommit(file, "bus-file", () => DueWork.Do(ledger, deliveries), AfterCommit);
        _ = commits.RunAsync(_ => 0); // Sets the alarm for messages that are already waiting.
    }

    /// <summary>Raised when messages in a queue or subscription have become available, on the thread that made them available. A handler
    /// must return quickly.</summary>
    public event Action<MessageQueue> MessagesAvailable { add => events.MessagesAvailable += value; remove => events.MessagesAvailable -= value; }

    /// <summary>Raised when messages of a session have become available, in the same way as <see cref="MessagesAvailable"/> and after that
    /// event.</summary>
    public event Action<MessageQueue, string> SessionAvailable { add => events.SessionAvailable += value; remove => events.SessionAvailable -= value; }

    /// <summary>Raised when a session lock has expired, in the same way as <see cref="MessagesAvailable"/>.</summary>
    public event Action<Guid> SessionLockExpired { add => events.SessionLost += value; remove => events.SessionLost -= value; }

    /// <summary>The queues, topics and subscriptions of the bus.</summary>
    public Topology Topology { get; }

    /// <summary>Accepts all of these messages or none.</summary>
    public Task<SendOutcome> SendAsync(SendTarget target, IReadOnlyList<NewMessage> messages) => commits.RunAsync(_ => Sending.Send(ledger, target, messages));

    /// <summary>Cancels all of these scheduled messages or none. The result is false if one of the messages no longer exists.</summary>
    public Task<bool> CancelScheduledAsync(SendTarget target, IReadOnlyList<long> sequenceNumbers) =>
        commits.RunAsync(_ => Sending.Cancel(ledger, target, sequenceNumbers));

    /// <summary>Reads messages in any state without locking them.</summary>
    public async Task<IReadOnlyList<StoredMessage>> PeekAsync(MessageQueue messageQueue, long from, string? sessionId, int most)
    {
        await UpToDateAsync();
        return [.. rows.Peek(messageQueue, from, sessionId, most).Select(message => message with
        {
            LockedUntil = deliveries.LockedUntil(message.SequenceNumber),
            Holder = deliveries.HolderOf(messageQueue, message.SequenceNumber, message.SessionId),
        })];
    }

    /// <summary>The stored state of a session, or null if it has none.</summary>
    public Task<byte[]?> SessionStateAsync(MessageQueue messageQueue, string sessionId) => commits.RunAsync(_ => Sessions.State(ledger, messageQueue, sessionId));

    /// <summary>Stores the state of a session. The result is false if the session's lock is lost.</summary>
    public async Task<bool> SetSessionStateAsync(MessageQueue messageQueue, HeldSession session, byte[]? state)
    {
        if (deliveries.Find(messageQueue, session) is null)
        {
            return false;
        }

        await commits.RunAsync(_ =>
        {
            Sessions.Remember(ledger, messageQueue, session.SessionId, state);
            return true;
        });
        return true;
    }

    /// <summary>Lists the ids of sessions.</summary>
    /// <param name="messageQueue">The queue or subscription to which the sessions belong.</param>
    /// <param name="changedSince">If null, lists the sessions that have a message now; otherwise, the sessions in which a message has
    /// arrived or the state was set since this time.</param>
    /// <param name="skip">The number of sessions to skip.</param>
    /// <param name="top">The greatest number of sessions returned.</param>
    public Task<IReadOnlyList<string>> ListSessionsAsync(MessageQueue messageQueue, DateTimeOffset? changedSince, int skip, int top) =>
        commits.RunAsync(_ => Sessions.List(ledger, messageQueue, changedSince, skip, top));

    /// <summary>Counts the messages in each queue and subscription.</summary>
    public Task<IReadOnlyList<MessageQueueCount>> CountAsync() => commits.RunAsync(_ => DeadLetters.Count(ledger, Topology));

    /// <summary>Sends one dead letter back to its queue or subscription. The result is false if the dead letter does not exist or a
    /// receiver holds it.</summary>
    public async Task<bool> ResubmitAsync(MessageQueue messageQueue, long sequenceNumber) =>
        deliveries.LockForBus(messageQueue.DeadLetters!, sequenceNumber, sessionId: null, isDeferred: false) is { } held
        && await ChangeFileAsync(held, () => DeadLetters.Resubmit(ledger, messageQueue, held), Fate.Free);

    /// <inheritdoc/>
    public void Dispose()
    {
        alarm.Dispose();
        commits.Dispose();
        rows.Dispose();
        file.Dispose();
    }

    /// <summary>Changes the bus's file. If that fails, the lock on the message is left in the state that the caller specifies.</summary>
    private async Task<T> ChangeFileAsync<T>(MessageLock held, Func<T> work, Fate otherwise)
    {
        try
        {
            return await commits.RunAsync(_ => work());
        }
        catch
        {
            var notices = new Notices();
            deliveries.EndSettling(held, otherwise, notices);
            Tell(notices);
            throw;
        }
    }

    private void AfterCommit(bool committed)
    {
        var notices = new Notices();
        Volatile.Write(ref notBefore, committed ? 0 : (clock.GetUtcNow() + PauseAfterFault).UtcTicks);
        if (committed)
        {
            foreach (var (held, fate) in ledger.Ended)
            {
                deliveries.EndSettling(held, fate, notices);
            }

            foreach (var (messageQueue, session, sequenceNumber) in ledger.Arrived)
            {
                deliveries.Arrive(messageQueue, session, sequenceNumber, notices);
            }
        }
        else
        {
            // The transaction failed, so the due times and the amounts stored for each sender are read from the file again.
            ledger.NextDue = DateTimeOffset.MinValue;
            ledger.Amounts.Load();
            foreach (var held in ledger.Withdrawn)
            {
                deliveries.EndSettling(held, Fate.Free, notices);
            }
        }

        ledger.Clear();
        Tell(notices);
        alarm.Set();
    }

    /// <summary>Does the work that is due and counts failed deliveries before anything else happens.</summary>
    private async ValueTask UpToDateAsync()
    {
        if (!counting.IsCompleted)
        {
            await counting;
        }

        if (ledger.NextDue <= clock.GetUtcNow() && ledger.IsClockTrusted)
        {
            await commits.RunAsync(_ => 0);
        }
    }

    private DateTimeOffset Earliest()
    {
        var due = ledger.IsClockTrusted ? ledger.NextDue : clock.GetUtcNow() + UntilClockIsAskedAgain;
        var again = new DateTimeOffset(Volatile.Read(ref notBefore), TimeSpan.Zero);
        due = due < again ? again : due;
        return deliveries.NextEnd is { } end && end < due ? end : due;
    }

    private void OnAlarm()
    {
        try
        {
            var notices = new Notices();
            deliveries.Expire(notices);
            Tell(notices);
            // Every transaction first does the work that is due.
            _ = commits.RunAsync(_ => 0);
        }
        catch (ObjectDisposedException)
        {
            // The timer went off while the bus was closing.
        }
    }

    private void Tell(Notices notices)
    {
        if (notices.Failed.Count > 0)
        {
            counting = Task.WhenAll(counting, CountFailedAsync(notices.Failed));
        }

        foreach (var sequenceNumber in notices.Overdue)
        {
            _ = commits.RunAsync(_ =>
            {
                ledger.NextDue = DateTimeOffset.MinValue;
                return file.Run("UPDATE message SET due = expires WHERE seq = $0 AND dead_source IS NULL", sequenceNumber);
            });
        }

        events.Raise(notices);
    }

    private async Task CountFailedAsync(IReadOnlyList<MessageLock> failed)
    {
        try
        {
            await commits.RunAsync(_ =>
            {
                foreach (var held in failed)
                {
                    ledger.Fail(held);
                }

                return true;
            });
        }
        catch (Exception fault) when (fault is not ObjectDisposedException)
        {
            // The disk cannot be written to. A failed delivery that cannot be counted is ignored, and the messages are unlocked.
            events.Fault(fault);
            var notices = new Notices();
            foreach (var held in failed)
            {
                deliveries.EndSettling(held, Fate.Free, notices);
            }

            Tell(notices);
        }
        catch (ObjectDisposedException)
        {
            // The bus is closing, which ends all locks.
        }
    }
}
