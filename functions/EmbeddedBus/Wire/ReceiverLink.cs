using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>The sending end of a receiver's link: delivers messages as credit allows and does what the receiver decides about them.</summary>
internal sealed class ReceiverLink(ListenerLink link, Caller caller, PumpWork work, WaitingRoom room, HeldSession? session, BusStore store, LinkRegistry links, ILogger log)
    : CreditedLink(link)
{
    // One piece of work on the file; what is left of the credit takes the next.
    private const int MaxAtOnce = 64;
    private const int RoomForAnnotations = 64 * 1024;

    // 0: nothing runs. 1: runs. 2: runs, and has been called again meanwhile.
    private int running;

    internal WaitingRoom Room => room;

    internal HeldSession? Session => session;

    /// <summary>Completes a receiver's attach.</summary>
    internal static void Open(AttachContext context, Caller caller, WaitingRoom room, HeldSession? session, BusStore store, LinkRegistry links, ILogger log)
    {
        var receiver = new ReceiverLink(context.Link, caller, PumpWork.Of(context.Link), room, session, store, links, log);
        links.Enter(receiver);
        // What the bus adds (annotations, a dead letter's reason) is allowed on top of the largest size of a message.
        context.Attach.MaxMessageSize = BusEntities.MaxMessageBytes + RoomForAnnotations;
        context.Complete(receiver, 0);
    }

    internal void OnMessagesFreed() => Wake();

    /// <summary>The peer has detached; the answer to it has yet to go out.</summary>
    internal void OnRemoteDetach(Link detached)
    {
        if (Link == detached)
        {
            End();
        }
    }

    internal void OnSessionLost()
    {
        End();
        Close(new Error(Annotation.SessionLockLost) { Description = "The session lock has expired." });
    }

    public override void OnLinkClosed(ListenerLink closed, Error error)
    {
        base.OnLinkClosed(closed, error);
        links.Leave(this);
        if (session is not null)
        {
            caller.LetGo(room, session);
            _ = ReleaseSessionAsync(session);
        }
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
        // When a link closes, AMQPNetLite reports what was unsettled as released. In Service Bus the locks stay until they run out.
        if (!HasEnded && !Link.IsClosed && dispositionContext.Message is OutgoingMessage { Held.LockToken: { } token } && dispositionContext.DeliveryState is { } state)
        {
            _ = SettleAsync(dispositionContext.Message, token, state, dispositionContext.Settled);
        }
    }

    protected override void Wake()
    {
        if (Interlocked.CompareExchange(ref running, 1, 0) == 0)
        {
            _ = RunAsync();
        }
        else
        {
            Interlocked.CompareExchange(ref running, 2, 1);
            // It may have ended between the two checks: then this call is the one that runs.
            if (Interlocked.CompareExchange(ref running, 1, 0) == 0)
            {
                _ = RunAsync();
            }
        }
    }

    private async Task RunAsync()
    {
        try
        {
            do
            {
                Volatile.Write(ref running, 1);
                while (await GiveOutAsync())
                {
                }
            }
            while (Interlocked.CompareExchange(ref running, 0, 1) == 2);
        }
        catch (ObjectDisposedException)
        {
            // The bus is closing, and the link with it.
        }
        catch (Exception exception)
        {
            // The outermost handler: the receiver must be told that its link has failed, or it waits for ever.
            BusLog.ReceiveFailed(log, room.Path, exception);
            Close(new Error(ErrorCode.InternalError) { Description = "The bus cannot read. Try again." });
        }
    }

    /// <summary>True when there may be more to give.</summary>
    private async Task<bool> GiveOutAsync()
    {
        var most = Math.Min(Credit, MaxAtOnce);
        if (most > 0 && caller.KeyFor(room.Path, BusRights.Listen) is null)
        {
            Close(Caller.Unauthorized(BusRights.Listen));
            return false;
        }

        if (most == 0)
        {
            await FinishDrainAsync();
            return false;
        }

        var drains = IsDraining;
        var messages = await store.ReceiveAsync(room, session, most, keep: !Link.SettleOnSend, isGone: () => HasEnded || Link.IsClosed);
        foreach (var unsent in messages.Skip(messages.Count == 0 ? 0 : await SendAsync(messages)))
        {
            if (unsent.LockToken is { } token)
            {
                await store.SettleAsync(room, token, new Settlement.PutBack());
            }
        }

        if (messages.Count == 0 && drains)
        {
            await FinishDrainAsync();
        }

        return messages.Count > 0;
    }

    /// <summary>
    /// Sends on the connection's own loop, between two of its frames. AMQPNetLite counts a transfer only after it has written it: a flow that
    /// answers the transfer and is read at that instant on the loop makes it take a window of 2^32 - 1, which Microsoft's client offers, for 0,
    /// and nothing would go out on this link any more.
    /// </summary>
    /// <returns>How many were sent; the others were not, because the link has ended.</returns>
    private Task<int> SendAsync(IReadOnlyList<HeldMessage> messages)
    {
        var encoded = messages.Select(message => (Message: OutgoingMessage.From(message), Bytes: OutgoingMessage.Encode(message))).ToList();
        var sent = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Post(() =>
        {
            try
            {
                sent.SetResult(encoded.TakeWhile(one => TrySend(one.Message, one.Bytes)).Count());
            }
            catch (Exception fault)
            {
                // Whatever the library throws concerns only this link, not the loop.
                sent.SetException(fault);
            }
        });
        return sent.Task;
    }

    private async Task SettleAsync(Message message, Guid token, DeliveryState state, bool isSettled)
    {
        try
        {
            if (SettlementOf(state) is not { } settlement)
            {
                return; // A state on the way (received): nothing is decided yet.
            }

            var done = await store.SettleAsync(room, token, settlement);
            if (!isSettled && !HasEnded)
            {
                // The answer is always "accepted", whatever was asked: SDKs take the error of an echoed "rejected" for the bus's own.
                PumpWork.Write(Link, () => Link.DisposeMessage(message, done ? new Accepted() : new Rejected { Error = Lost() }, settled: true));
            }
        }
        catch (ObjectDisposedException)
        {
            // The bus is closing: the lock stays as it was.
        }
        catch (Exception exception)
        {
            // The outermost handler. The lock stays as it was; the receiver is told and decides again.
            BusLog.SettleFailed(log, room.Path, exception);
            Close(new Error(ErrorCode.InternalError) { Description = "The bus cannot write. Try again." });
        }
    }

    private Error Lost() => session is null
        ? new Error(Annotation.MessageLockLost) { Description = "The lock has expired, or the message is already settled." }
        : new Error(Annotation.SessionLockLost) { Description = "The session lock has expired, or the message is already settled." };

    internal static Settlement? SettlementOf(DeliveryState state) => state switch
    {
        Accepted => new Settlement.Complete(),
        // AMQP 1.0 part 3, section 3.4.4: not acted on, so not a failed delivery.
        Released => new Settlement.PutBack(),
        // The delivery count rises on abandon although SDKs leave delivery-failed false.
        Modified { UndeliverableHere: true } modified => new Settlement.Defer { Rewrite = Rewrite(modified.MessageAnnotations) },
        Modified modified => new Settlement.Abandon { Rewrite = Rewrite(modified.MessageAnnotations) },
        Rejected rejected => DeadLetter(rejected.Error),
        _ => null,
    };

    internal static Func<byte[], byte[]>? Rewrite(Map? changes) =>
        changes is null || changes.Count == 0 ? null : bare => OutgoingMessage.WithProperties(bare, changes);

    private static Settlement.DeadLetter DeadLetter(Error? error)
    {
        var info = error?.Info;
        var reason = Info(Annotation.DeadLetterReason) ?? (error?.Condition is { } condition && info is null ? condition.ToString() : null);
        var rest = new Map();
        foreach (var (name, value) in info ?? [])
        {
            if (name.ToString() is not (Annotation.DeadLetterReason or Annotation.DeadLetterDescription))
            {
                rest[name] = value;
            }
        }

        return new Settlement.DeadLetter(reason, Info(Annotation.DeadLetterDescription) ?? error?.Description) { Rewrite = Rewrite(rest) };

        string? Info(string name) => info?.FirstOrDefault(pair => pair.Key.ToString() == name).Value?.ToString();
    }

    private async Task ReleaseSessionAsync(HeldSession held)
    {
        try
        {
            await store.ReleaseSessionAsync(room, held);
        }
        catch (ObjectDisposedException)
        {
            // The bus is closing; on opening nobody holds a session.
        }
    }

    private void Close(Error error) => PumpWork.Write(Link, () => Link.Close(TimeSpan.Zero, error));

    /// <summary>Waits for it, so that no message is fetched meanwhile for credit that the drain takes away.</summary>
    private Task FinishDrainAsync()
    {
        if (!IsDraining)
        {
            return Task.CompletedTask;
        }

        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        work.Post(() =>
        {
            FinishDrain();
            done.SetResult();
        });
        return done.Task;
    }
}
