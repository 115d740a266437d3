using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace IntegrationHub.EmbeddedBus.Wire;

/// <summary>The link that returns the answers of <c>$cbs</c> or <c>$management</c>, each as soon as there is credit for it.</summary>
internal sealed class ReplyLink(ListenerLink link, Caller caller) : CreditedLink(link)
{
    /// <summary>The greatest number of answers that can wait for credit: more than the number of simultaneous requests.</summary>
    internal const int MaxWaiting = 2 * RequestLink.Credit;

    private readonly ConcurrentQueue<Message> answers = new();
    private readonly Lock turn = new();

    internal void Answer(Message answer)
    {
        if (HasEnded)
        {
            return;
        }

        answers.Enqueue(answer);
        PumpWork.Write(Link, () =>
        {
            Wake();
            if (answers.Count > MaxWaiting)
            {
                // If a client sent requests and never received the answers, the bus would have to store them without limit.
                End();
                answers.Clear();
                Link.Close(TimeSpan.Zero, new Error(ErrorCode.ResourceLimitExceeded) { Description = $"More than {MaxWaiting} answers are waiting for credit on this link." });
            }
        });
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
        // Answers are not stored, so nothing has to be done when an answer is settled.
        if (!dispositionContext.Settled && !HasEnded)
        {
            Link.DisposeMessage(dispositionContext.Message, new Accepted(), settled: true);
        }
    }

    public override void OnLinkClosed(ListenerLink closed, Error error)
    {
        base.OnLinkClosed(closed, error);
        caller.AnswerNoMore(this);
    }

    protected override void Wake()
    {
        lock (turn)
        {
            while (Credit > 0 && answers.TryDequeue(out var answer) && TrySend(answer, encoded: null))
            {
            }

            FinishDrain();
        }
    }
}
