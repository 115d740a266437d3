using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>
/// The sending end of a link, with its own count of credit. AMQPNetLite's listener loses the credit when a flow repeats a limit already
/// known, and answers a drain without the drain flag, for which rhea (and so Azure's SDK) waits. This class corrects both faults of
/// AMQPNetLite.
/// </summary>
internal abstract class CreditedLink(ListenerLink link) : LinkEndpoint
{
    private readonly Lock gate = new();
    private int credit;
    private bool draining;

    // This is set without the lock "gate": the library reports a closed link while it holds the link's own lock, and sending acquires the
    // link's lock while it holds "gate".
    private volatile bool isOver;

    protected ListenerLink Link => link;

    /// <summary>Whether the link has ended, so that no more transfers can be sent.</summary>
    protected bool HasEnded => isOver;

    /// <summary>The number of messages that can be sent now.</summary>
    protected int Credit
    {
        get
        {
            lock (gate)
            {
                return HasEnded ? 0 : Math.Max(0, credit);
            }
        }
    }

    public override void OnFlow(FlowContext flowContext)
    {
        lock (gate)
        {
            credit += flowContext.Messages;
            draining = link.IsDraining;
            if (flowContext.Messages <= 0 && !draining && !HasEnded)
            {
                TrySetCredit(credit, drain: false);
            }
        }

        Wake();
    }

    public override void OnLinkClosed(ListenerLink closed, Error error) => End();

    /// <summary>Called when there may be a message to send.</summary>
    protected abstract void Wake();

    /// <summary>Sends one message. The result is false if the link has ended and the message was not sent.</summary>
    protected bool TrySend(Message message, ByteBuffer? encoded)
    {
        lock (gate)
        {
            if (HasEnded || link.IsClosed)
            {
                return false;
            }

            try
            {
                link.SendMessage(message, encoded);
                credit--;
                return true;
            }
            catch (AmqpException)
            {
                return false; // The peer is detaching.
            }
            catch (ObjectDisposedException)
            {
                return false; // The connection has gone.
            }
        }
    }

    /// <summary>Informs a receiver that has requested a drain that its credit will bring no more messages. Only the connection's loop may
    /// call this method.</summary>
    protected void FinishDrain()
    {
        lock (gate)
        {
            if (!draining || HasEnded || link.IsClosed)
            {
                return;
            }

            draining = false;
            credit = 0;
            TrySetCredit(0, drain: true);
        }
    }

    /// <summary>Whether the receiver has requested a drain that is not finished yet.</summary>
    protected bool IsDraining
    {
        get
        {
            lock (gate)
            {
                return draining;
            }
        }
    }

    protected void End() => isOver = true;

    // Called on the connection's loop. If a link that is just closing threw an exception in that loop, the whole connection would be
    // closed.
    private void TrySetCredit(int now, bool drain)
    {
        try
        {
            link.SetCredit(now, drain);
        }
        catch (Exception gone) when (gone is AmqpException or ObjectDisposedException)
        {
            isOver = true;
        }
    }
}
