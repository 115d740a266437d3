using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using Amqp.Types;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>
/// A receiver's attach to a session, which is not answered as soon as its frame arrives, but later: with the session, with a refusal, or
/// because the receiver has detached. The attach is answered exactly once, between two frames of its connection. A session that becomes
/// available only after the answer is released again.
/// </summary>
internal sealed class SessionAttach(AttachContext context, Caller caller, MessageQueue messageQueue, BusStore store, LinkRegistry links, ILogger log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly PumpWork work = PumpWork.Of(context.Link);
    private SessionWaiter? waiter;
    private int answered;

    /// <summary>Accepts the named session, or waits for the next available session.</summary>
    /// <param name="sessionId">Id of the session, or null for the next session.</param>
    /// <param name="clock">The clock that measures the wait.</param>
    internal void Begin(string? sessionId, TimeProvider clock)
    {
        waiter = sessionId is null ? new SessionWaiter(context.Link, Give, Refuse) : null;
        links.Enter(this);
        context.Link.AddClosedCallback((_, _) => _ = TryAnswer());
        if (waiter is not null)
        {
            waiter.StartTimer(clock, Wait());
            links.AddWaiter(messageQueue, waiter);
        }
        else
        {
            _ = TakeAsync(sessionId!);
        }
    }

    /// <summary>
    /// Called when the peer has detached a link. The attach is completed first, without a source, because AMQPNetLite cannot detach a link
    /// that is not attached and would close the whole connection with all its links.
    /// </summary>
    internal void OnRemoteDetach(Link link)
    {
        if (context.Link == link && TryAnswer())
        {
            context.Attach.Source = null;
            SendAnswer(() => context.Link.CompleteAttach(context.Attach, null));
        }
    }

    private async Task TakeAsync(string sessionId)
    {
        try
        {
            if (await store.AcceptSessionAsync(messageQueue, sessionId, () => context.Link.IsClosed) is { } session)
            {
                Give(session);
            }
            else
            {
                Refuse(new Error(Annotation.SessionCannotBeLocked) { Description = "Another receiver holds this session." });
            }
        }
        catch (ObjectDisposedException)
        {
            // The bus is closing, and the connection with it.
        }
        catch (Exception exception)
        {
            // This is the outermost handler, which must answer: otherwise the receiver would wait for ever.
            BusLog.ReceiveFailed(log, messageQueue.Path, exception);
            Refuse(new Error(ErrorCode.InternalError) { Description = "The bus cannot read its file. Try again." });
        }
    }

    private TimeSpan Wait()
    {
        var asked = context.Attach.Properties?[Annotation.Timeout] switch
        {
            uint milliseconds => TimeSpan.FromMilliseconds(milliseconds),
            int milliseconds and > 0 => TimeSpan.FromMilliseconds(milliseconds),
            long milliseconds and > 0 and < int.MaxValue => TimeSpan.FromMilliseconds(milliseconds),
            _ => Patience,
        };
        return asked < Patience ? asked : Patience;
    }

    private void Refuse(Error error) => work.Post(() =>
    {
        if (TryAnswer())
        {
            SendAnswer(() => context.Complete(error));
        }
    });

    private void Give(HeldSession session) => work.Post(() =>
    {
        if (!TryAnswer() || !SendAnswer(() => Open(session)))
        {
            caller.LetGo(messageQueue, session);
            _ = store.ReleaseSessionAsync(messageQueue, session);
        }
    });

    private void Open(HeldSession session)
    {
        // These properties tell the receiver which session it has and when the lock ends.
        var filters = ((Source)context.Attach.Source).FilterSet;
        filters[Annotation.SessionFilter] = filters[Annotation.SessionFilter] is DescribedValue described
            ? new DescribedValue(described.Descriptor, session.SessionId)
            : session.SessionId;
        context.Attach.Properties ??= [];
        context.Attach.Properties[Annotation.SessionLockedUntil] = session.LockedUntil.UtcTicks;
        caller.Hold(messageQueue, session);
        ReceiverLink.Open(context, caller, messageQueue, session, store, links, log);
    }

    /// <summary>Sends the answer. The result is false if the connection has just broken, in which case the receiver needs no
    /// answer.</summary>
    private bool SendAnswer(Action answer)
    {
        try
        {
            answer();
            return true;
        }
        catch (Exception fault)
        {
            // This is the outermost handler and runs in a connection's loop. An exception here ends only that connection.
            BusLog.WaiterGone(log, messageQueue.Path, fault.GetType().Name);
            return false;
        }
    }

    private bool TryAnswer()
    {
        if (Interlocked.Exchange(ref answered, 1) == 1)
        {
            return false;
        }

        links.Leave(this);
        waiter?.EndWait();
        return true;
    }
}
