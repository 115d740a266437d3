using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>
/// The sending end of a link, with its own count of credit. AMQPNetLite's listener forgets the credit when a flow repeats the limit it
/// already knows, and answers a drain without the drain flag, which rhea (and so Azure's SDK) waits for; both are corrected here.
/// </summary>
internal abstract class CreditedLink(ListenerLink link) : LinkEndpoint
{
    private readonly Lock gate = new();
    private int credit;
    private bool draining;

    // Set without the gate: the library reports a closed link while it holds the link's own lock, which sending takes inside the gate.
    private volatile bool isOver;

    protected ListenerLink Link => link;

    /// <summary>No transfer can be sent any more.</summary>
    protected bool HasEnded => isOver;

    /// <summary>Messages that may be sent now.</summary>
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

    /// <summary>There may be something to send.</summary>
    protected abstract void Wake();

    /// <summary>Sends one message; false when the link has ended, and then it has not been sent.</summary>
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

    /// <summary>Tells the receiver, if it asked to drain, that nothing more will come for the credit it gave. For the connection's loop only.</summary>
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

    /// <summary>True when a drain waits to be finished.</summary>
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

    // Called by the connection's loop: what a link that is closing at this moment throws there would close the whole connection.
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
