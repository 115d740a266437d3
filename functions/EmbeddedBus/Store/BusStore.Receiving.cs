namespace IntegrationHub.EmbeddedBus.Store;

/// <content>Messages going out, what receivers do with them, and sessions.</content>
public sealed partial class BusStore
{
    /// <summary>Gives out messages in order, as many as there are, up to <paramref name="most"/>.</summary>
    /// <param name="room">From where.</param>
    /// <param name="session">The session held, where the queue or subscription takes sessions.</param>
    /// <param name="most">The largest number returned.</param>
    /// <param name="keep">True for peek-lock; false for receive and delete.</param>
    /// <param name="isGone">
    /// Whether the receiver has gone: then it gets nothing, and what it holds does not count as a failed delivery when the lock runs out.
    /// </param>
    /// <param name="isOwn">The receiver is part of this process: its locks do not run out.</param>
    public async Task<IReadOnlyList<HeldMessage>> ReceiveAsync(
        WaitingRoom room, HeldSession? session, int most, bool keep, Func<bool>? isGone = null, bool isOwn = false)
    {
        ArgumentNullException.ThrowIfNull(room);
        await UpToDateAsync();

        var given = new List<HeldMessage>();
        while (given.Count < most
            && deliveries.Take(room, session, most - given.Count, isOwn ? null : room.Settings.LockDuration, isGone) is { Count: > 0 } taken)
        {
            alarm.Set();
            foreach (var held in taken)
            {
                if (Find(held, MessageStatus.Active) is not { } message)
                {
                    continue;
                }

                if (message.IsDamaged && room.DeadLetters is not null)
                {
                    // A message that is not as it was sent must not be taken for an answer: a person sees it among the dead letters.
                    await SettleAsync(room, held.Token, new Settlement.DeadLetter(DeadLetterReasons.Damaged, "Its bytes on the disk are not those that were sent."));
                }
                else
                {
                    given.Add(message);
                }
            }
        }

        return keep || given.Count == 0 ? given : await DeleteAsync(room, given);
    }

    /// <summary>Delivers deferred messages by their numbers; null when one of them does not exist.</summary>
    public async Task<IReadOnlyList<HeldMessage>?> ReceiveDeferredAsync(
        WaitingRoom room, IReadOnlyList<long> sequenceNumbers, HeldSession? session, bool keep, Func<bool>? isGone = null)
    {
        ArgumentNullException.ThrowIfNull(room);
        ArgumentNullException.ThrowIfNull(sequenceNumbers);
        var given = new List<HeldMessage>();
        foreach (var sequenceNumber in sequenceNumbers)
        {
            var held = deliveries.TakeDeferred(room, sequenceNumber, session, isGone);
            if (held is null || Find(held, MessageStatus.Deferred) is not { } message || (room.TakesSessions && message.SessionId != session?.SessionId))
            {
                foreach (var token in given.Select(one => one.LockToken).Append(held?.Token).OfType<Guid>())
                {
                    await SettleAsync(room, token, new Settlement.PutBack());
                }

                return null;
            }

            given.Add(message);
        }

        alarm.Set();
        return keep ? given : await DeleteAsync(room, given);
    }

    /// <summary>
    /// Settles a held message as its receiver asks; false when the lock is lost. A request that arrives in time counts as in time, however long the disk takes.
    /// </summary>
    public async Task<bool> SettleAsync(WaitingRoom room, Guid lockToken, Settlement settlement)
    {
        ArgumentNullException.ThrowIfNull(settlement);
        if (deliveries.BeginSettling(room, lockToken) is not { } held)
        {
            return false;
        }

        if (settlement is Settlement.PutBack)
        {
            var notices = new Notices();
            deliveries.EndSettling(held, Fate.Free, notices);
            Tell(notices);
            return true;
        }

        return await DecideAsync(
            held,
            () =>
            {
                Settling.Settle(ledger, held, settlement);
                return true;
            },
            Fate.Restored);
    }

    /// <summary>Renews locks, all or none; null when one is lost.</summary>
    public Task<IReadOnlyList<DateTimeOffset>?> RenewLocksAsync(WaitingRoom room, IReadOnlyList<Guid> lockTokens) =>
        Task.FromResult(deliveries.Renew(room, lockTokens));

    /// <summary>Takes a session: the one named, or the next with a free message; null when it is already held, or there is none.</summary>
    /// <param name="room">From where.</param>
    /// <param name="sessionId">Which; null for the next.</param>
    /// <param name="isGone">Whether the receiver has gone: what it holds then does not count as a failed delivery when the lock runs out.</param>
    /// <param name="isOwn">The receiver is part of this process: its lock does not run out.</param>
    public async Task<HeldSession?> AcceptSessionAsync(WaitingRoom room, string? sessionId, Func<bool>? isGone = null, bool isOwn = false)
    {
        ArgumentNullException.ThrowIfNull(room);
        await UpToDateAsync();

        var lasts = isOwn ? (TimeSpan?)null : room.Settings.LockDuration;
        var session = deliveries.Accept(room, sessionId, lasts, isGone);
        if (session is null && sessionId is not null && deliveries.IsEnding(room, sessionId))
        {
            // Its last holder has let it go; what that holder settled is on the way to the disk.
            await commits.RunAsync(_ => 0);
            session = deliveries.Accept(room, sessionId, lasts, isGone);
        }

        alarm.Set();
        return session;
    }

    /// <summary>Renews a session's lock; null when it is lost.</summary>
    public Task<HeldSession?> RenewSessionAsync(WaitingRoom room, HeldSession session) => Task.FromResult(deliveries.Renew(room, session));

    /// <summary>Releases a session; its unsettled messages are free again, and that does not count as a failed delivery.</summary>
    public Task ReleaseSessionAsync(WaitingRoom room, HeldSession session)
    {
        var notices = new Notices();
        deliveries.Release(room, session, notices);
        Tell(notices);
        return Task.CompletedTask;
    }

    /// <summary>The message of a lock; null when it no longer exists, and then the lock has been removed.</summary>
    private HeldMessage? Find(MessageLock held, MessageStatus status)
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

    private async Task<IReadOnlyList<HeldMessage>> DeleteAsync(WaitingRoom room, IReadOnlyList<HeldMessage> given)
    {
        var settled = await Task.WhenAll(given.Select(message => SettleAsync(room, message.LockToken!.Value, new Settlement.Complete())));
        return [.. given.Where((_, n) => settled[n]).Select(message => message with { LockToken = null, LockedUntil = null })];
    }
}
