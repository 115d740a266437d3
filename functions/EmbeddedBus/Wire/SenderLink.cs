using Amqp;
using Amqp.Framing;
using Amqp.Listener;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>The receiving end of a sender's link: a message is accepted only after it is on the disk.</summary>
internal sealed class SenderLink(Caller caller, SendTarget target, BusStore store, ILogger log) : LinkEndpoint
{
    /// <summary>The greatest number of messages that can be in transit at once. The sender holds back any further messages.</summary>
    internal const int Credit = 256;

    public override void OnMessage(MessageContext messageContext) => _ = TakeAsync(messageContext.Link, messageContext.Message);

    public override void OnFlow(FlowContext flowContext)
    {
        // A sender's flow frame states how much it has to send, and does not change the credit that the bus gives.
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
        // The sender settles the outcome that the bus sent to it, so nothing is left to do.
    }

    private async Task TakeAsync(ListenerLink link, Message message)
    {
        try
        {
            var outcome = await KeepAsync((IncomingMessage)message);
            PumpWork.Write(link, () =>
            {
                link.DisposeMessage(message, outcome, settled: true);
                message.Dispose(); // Returns the buffer to its pool.
            });
        }
        catch (ObjectDisposedException)
        {
            // The bus is closing. The sender gets no answer, and sends again when the bus is available.
        }
        catch (Exception exception)
        {
            // This is the outermost handler. The bus does not know whether the message was stored, so it does not answer. The sender tries
            // again, and a repeat is dropped.
            BusLog.SendFailed(log, target.Path, exception);
            PumpWork.Write(link, () => link.Close(TimeSpan.Zero, new Error(ErrorCode.InternalError) { Description = "The bus cannot write to its file. Try again." }));
        }
    }

    private async Task<Outcome> KeepAsync(IncomingMessage message)
    {
        if (caller.KeyFor(target.Path, BusRights.Send) is not { } key)
        {
            return new Rejected { Error = Caller.Unauthorized(BusRights.Send) };
        }

        if (message.Unpack(out var problem) is not { } messages)
        {
            return new Rejected { Error = problem };
        }

        return await store.SendAsync(target, [.. messages.Select(one => one.ToStored(key))]) switch
        {
            SendOutcome.QuotaExceeded full => new Rejected { Error = new Error(ErrorCode.ResourceLimitExceeded) { Description = full.Reason } },
            SendOutcome.Refused refused => new Rejected { Error = new Error(ErrorCode.NotAllowed) { Description = refused.Reason } },
            _ => new Accepted(),
        };
    }
}
