namespace IntegrationHub.EmbeddedBus.Store;

/// <content>Delivery and settlement of messages, and sessions.</content>
public sealed partial class BusStore
{
    /// <summary>Delivers the waiting messages in order, up to the given number.</summary>
    /// <param name="messageQueue">The queue or subscription to receive from.</param>
    /// <param name="session">The session held, or null if the queue or subscription does not use sessions.</param>
    /// <param name="most">The greatest number of messages returned.</param>
    /// <param name="keep">True for peek-lock, false for receive-and-delete.</param>
    /// <param name="isGone"> Whether the receiver has disconnected. A disconnected receiver gets no message, and its messages do not count
    /// as failed deliveries when their locks expire. </param>
    /// <param name="isOwn">Whether the receiver is part of this process, so that its locks do not expire.</param>
    public async Task<IReadOnlyList<StoredMessage>> ReceiveAsync(
        MessageQueue messageQueue, HeldSession? session, int most, bool keep, Func<bool>? isGone = null, bool isOwn = false)
    {
        ArgumentNullException.ThrowIfNull(messageQueue);
        await UpToDateAsync();

        var given = new List<StoredMessage>();
        var locks = new List<MessageLock>();
        try
        {
            while (given.Count < most
                && deliveries.Take(messageQueue, session, most - given.Count, isOwn ? null : messageQueue.Settings.LockDuration, isGone) is { Count: > 0 } taken)
            {
                locks.AddRange(taken);
                alarm.Set();
                foreach (var held in taken)
                {
                    if (Find(held, MessageStatus.Active) is not { } message)
                    {
                        continue;
                    }

                    if (message.IsDamaged && messageQueue.DeadLetters is not null)
                    {
                        // A message that differs from what was sent must not be processed, so it is dead-lettered for an operator to look at.
                        await SettleAsync(messageQueue, held.Token, new Settlement.DeadLetter(DeadLetterReasons.Damaged, "The message's bytes on the disk differ from the bytes that were sent."));
                    }
                    else
                    {
                        given.Add(message);
                    }
                }
            }
        }
        catch
        {
            // The caller gets none of the messages, so it cannot release them, and the locks of the hub's own receivers never expire.
            Release(messageQueue, locks);
            throw;
        }

        return keep || given.Count == 0 ? given : await DeleteAsync(messageQueue, given);
    }

    /// <summary>Delivers deferred messages by their sequence numbers. The result is null if one of the messages does not exist.</summary>
    public async Task<IReadOnlyList<StoredMessage>?> ReceiveDeferredAsync(
        MessageQueue messageQueue, IReadOnlyList<long> sequenceNumbers, HeldSession? session, bool keep, Func<bool>? isGone = null)
    {
        ArgumentNullException.ThrowIfNull(messageQueue);
        ArgumentNullException.ThrowIfNull(sequenceNumbers);
        var given = new List<StoredMessage>();
        foreach (var sequenceNumber in sequenceNumbers)
        {
            var held = deliveries.TakeDeferred(messageQueue, sequenceNumber, session, isGone);
            if (held is null || Find(held, MessageStatus.Deferred) is not { } message || (messageQueue.UsesSessions && message.SessionId != session?.SessionId))
            {
                foreach (var token in given.Select(one => one.LockToken).Append(held?.Token).OfType<Guid>())
                {
                    await SettleAsync(messageQueue, token, new Settlement.Released());
                }

                return null;
            }

            given.Add(message);
        }

        alarm.Set();
        return keep ? given : await DeleteAsync(messageQueue, given);
    }

    /// <summary>
    /// Settles a locked message as its receiver requests. The result is false if the lock is lost. A request that arrives before the lock
    /// expires is accepted, however long the disk takes.
    /// </summary>
    public async Task<bool> SettleAsync(MessageQueue messageQueue, Guid lockToken, Settlement settlement)
    {
        ArgumentNullException.ThrowIfNull(settlement);
        if (deliveries.BeginSettling(messageQueue, lockToken) is not { } held)
        {
            return false;
        }

        if (settlement is Settlement.Released)
        {
            var notices = new Notices();
            deliveries.EndSettling(held, Fate.Free, notices);
            Tell(notices);
            return true;
        }

        return await ChangeFileAsync(
            held,
            () =>
            {
                Settling.Settle(ledger, held, settlement);
                return true;
            },
            Fate.Restored);
    }

    /// <summary>Renews all the given locks. If one of them is lost, none is renewed and the result is null.</summary>
    public Task<IReadOnlyList<DateTimeOffset>?> RenewLocksAsync(MessageQueue messageQueue, IReadOnlyList<Guid> lockTokens) =>
        Task.FromResult(deliveries.Renew(messageQueue, lockTokens));

    /// <summary>Accepts a session: the named session, or the next one with an available message. The result is null if the named session is
    /// already held, or if no session has an available message.</summary>
    /// <param name="messageQueue">The queue or subscription of the session.</param>
    /// <param name="sessionId">Id of the session, or null for the next session.</param>
    /// <param name="isGone">Whether the receiver has disconnected. The messages of a disconnected receiver do not count as failed
    /// deliveries when the lock expires.</param>
    /// <param name="isOwn">Whether the receiver is part of this process, so that its lock does not expire.</param>
    public async Task<HeldSession?> AcceptSessionAsync(MessageQueue messageQueue, string? sessionId, Func<bool>? isGone = null, bool isOwn = false)
    {
        ArgumentNullException.ThrowIfNull(messageQueue);
        await UpToDateAsync();

        var lasts = isOwn ? (TimeSpan?)null : messageQueue.Settings.LockDuration;
        var session = deliveries.Accept(messageQueue, sessionId, lasts, isGone);
        if (session is null && sessionId is not null && deliveries.IsEnding(messageQueue, sessionId))
        {
            // The last holder has released the session, and that holder's settlements are still being written to the disk.
            await commits.RunAsync(_ => 0);
            session = deliveries.Accept(messageQueue, sessionId, lasts, isGone);
        }

        alarm.Set();
        return session;
    }

    /// <summary>Renews a session's lock. The result is null if the lock is lost.</summary>
    public Task<HeldSession?> RenewSessionAsync(MessageQueue messageQueue, HeldSession session) => Task.FromResult(deliveries.Renew(messageQueue, session));

    /// <summary>Releases a session. The session's unsettled messages become available again, which does not count as a failed
    /// delivery.</summary>
    public Task ReleaseSessionAsync(MessageQueue messageQueue, HeldSession session)
    {
        var notices = new Notices();
        deliveries.Release(messageQueue, session, notices);
        Tell(notices);
        return Task.CompletedTask;
    }

    /// <summary>Makes messages available again if their locks have not ended yet. The delivery does not count as failed.</summary>
    private void Release(MessageQueue messageQueue, IReadOnlyList<MessageLock> locks)
    {
        var notices = new Notices();
        foreach (var one in locks)
        {
            // A message that was dead-lettered, or that no longer exists, has no lock any more.
            if (deliveries.BeginSettling(messageQueue, one.Token) is { } held)
            {
                deliveries.EndSettling(held, Fate.Free, notices);
            }
        }

        Tell(notices);
    }

    /// <summary>Finds the message that a lock belongs to. If the message no longer exists, the lock is removed and the result is
    /// null.</summary>
    private StoredMessage? Find(MessageLock held, MessageStatus status)
    {
        var message = rows.Find(held.Room, held.SequenceNumber, status);
        if (message is not null)
        {
            return message with { LockToken = held.Token, LockedUntil = held.Until == DateTimeOffset.MaxValue ? null : held.Until };
        }

        var notices = new Notices();
        deliveries.EndSettling(held, Fate.Gone, notices);
        Tell(notices);
        return null;
    }

    private async Task<IReadOnlyList<StoredMessage>> DeleteAsync(MessageQueue messageQueue, IReadOnlyList<StoredMessage> given)
    {
        var settled = await Task.WhenAll(given.Select(message => SettleAsync(messageQueue, message.LockToken!.Value, new Settlement.Complete())));
        return [.. given.Where((_, n) => settled[n]).Select(message => message with { LockToken = null, LockedUntil = null })];
    }
}
