using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using Amqp.Listener;

namespace IntegrationHub.Local.Bus.Wire;

/// <summary>The link on which answers of <c>$cbs</c> or <c>$management</c> go back, each as soon as there is credit for it.</summary>
internal sealed class ReplyLink(ListenerLink link, Caller caller) : CreditedLink(link)
{
    private readonly ConcurrentQueue<Message> answers = new();
    private readonly Lock turn = new();

    internal void Answer(Message answer)
    {
        answers.Enqueue(answer);
        Wake();
    }

    public override void OnDisposition(DispositionContext dispositionContext)
    {
        // Answers are not kept: whatever became of one, there is nothing to do.
        if (!dispositionContext.Settled && !IsOver)
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
