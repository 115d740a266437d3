using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>The sending end of a receiver's link: delivers messages as credit allows and settles them as the receiver decides.</summary>
internal sealed class ReceiverLink(ListenerLink link, Caller caller, PumpWork work, MessageQueue messageQueue, HeldSession? session, BusStore store, LinkRegistry links, ILogger log)
    : CreditedLink(link)
{
    // The largest number of messages read from the file in one step; the remaining credit is used in the next step.
    private const int MaxAtOnce = 64;
    private const int RoomForAnnotations = 64 * 1024;

    // 0: the loop is not running. 1: the loop is running. 2: the loop is running and has been called again in the meantime.
    private int running;

    internal MessageQueue Room => messageQueue;

    internal HeldSession? Session => session;

    /// <summary>Completes a receiver's attach.</summary>
    internal static void Open(AttachContext context, Caller caller, MessageQueue messageQueue, HeldSession? session, BusStore store, LinkRegistry links, ILogger log)
    {
        var receiver = new ReceiverLink(context.Link, caller, PumpWork.Of(context.Link), messageQueue, session, store, links, log);
        links.Enter(receiver);
        // The bus's own additions (annotations, a dead letter's reason) do not count towards the largest size of a message.
        context.Attach.MaxMessageSize = BusEntities.MaxMessageBytes + RoomForAnnotations;
        context.Complete(receiver, 0);
    }

    internal void OnMessagesFreed() => Wake();

    /// <summary>Called when the peer has detached a link, before the detach is answered.</summary>
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
            caller.LetGo(messageQueue, session);
            _ = ReleaseSessionAsync(session);
        }
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
        // When a link closes, AMQPNetLite reports its unsettled messages as released. Service Bus leaves such messages locked until their
        // locks expire.
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
            // The loop may have ended between the two checks, in which case this call runs it.
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
                while (await DeliverAsync())
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
            // This is the outermost handler. The receiver must learn that its link has failed, or it would wait for ever.
            BusLog.ReceiveFailed(log, messageQueue.Path, exception);
            Close(new Error(ErrorCode.InternalError) { Description = "The bus cannot read its file. Try again." });
        }
    }

    /// <summary>Delivers waiting messages. The result is true if there may be more to deliver.</summary>
    private async Task<bool> DeliverAsync()
    {
        var most = Math.Min(Credit, MaxAtOnce);
        if (most > 0 && caller.KeyFor(messageQueue.Path, BusRights.Listen) is null)
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
        var messages = await store.ReceiveAsync(messageQueue, session, most, keep: !Link.SettleOnSend, isGone: () => HasEnded || Link.IsClosed);
        foreach (var unsent in messages.Skip(messages.Count == 0 ? 0 : await SendAsync(messages)))
        {
            if (unsent.LockToken is { } token)
            {
                await store.SettleAsync(messageQueue, token, new Settlement.Released());
            }
        }

        if (messages.Count == 0 && drains)
        {
            await FinishDrainAsync();
        }

        return messages.Count > 0;
    }

    /// <summary>
    /// Sends on the connection's own loop, between two frames. AMQPNetLite counts a transfer only after writing it. If the loop read the
    /// answering flow between the write and the count, the library would treat the window of 2^32 - 1 that Microsoft's client offers as 0,
    /// and this link would send nothing more.
    /// </summary>
    /// <returns>The number of messages sent. If it is less than the number given, the link ended and the others were not sent.</returns>
    private Task<int> SendAsync(IReadOnlyList<StoredMessage> messages)
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
                // An exception from the library concerns only this link, not the loop.
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
                return; // This is an intermediate state (received), so nothing is decided yet.
            }

            var done = await store.SettleAsync(messageQueue, token, settlement);
            if (!isSettled && !HasEnded)
            {
                // The answer is always "accepted", because SDKs would treat the error in an echoed "rejected" as the bus's own error.
                PumpWork.Write(Link, () => Link.DisposeMessage(message, done ? new Accepted() : new Rejected { Error = Lost() }, settled: true));
            }
        }
        catch (ObjectDisposedException)
        {
            // The bus is closing, so the lock is left unchanged.
        }
        catch (Exception exception)
        {
            // This is the outermost handler. The lock is left unchanged; the receiver is informed and decides again.
            BusLog.SettleFailed(log, messageQueue.Path, exception);
            Close(new Error(ErrorCode.InternalError) { Description = "The bus cannot write to its file. Try again." });
        }
    }

    private Error Lost() => session is null
        ? new Error(Annotation.MessageLockLost) { Description = "The lock has expired, or the message is already settled." }
        : new Error(Annotation.SessionLockLost) { Description = "The session lock has expired, or the message is already settled." };

    internal static Settlement? SettlementOf(DeliveryState state) => state switch
    {
        Accepted => new Settlement.Complete(),
        // AMQP 1.0 part 3, section 3.4.4: the receiver did not act on the message, so the delivery did not fail.
        Released => new Settlement.Released(),
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
            await store.ReleaseSessionAsync(messageQueue, held);
        }
        catch (ObjectDisposedException)
        {
            // The bus is closing, so the session need not be released: when the bus opens again, nobody holds a session.
        }
    }

    private void Close(Error error) => PumpWork.Write(Link, () => Link.Close(TimeSpan.Zero, error));

    /// <summary>Finishes a drain and waits until it is complete, so that no message is fetched meanwhile for credit that the drain
    /// removes.</summary>
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
