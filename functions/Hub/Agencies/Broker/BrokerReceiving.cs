using System.Collections.Concurrent;
using Amqp;
using Amqp.Framing;
using Amqp.Types;
using IntegrationHub.Contracts.Bus;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>
/// Receives from the hub's queues for as long as the host runs. No more messages are here unsettled than the credit says, and none is
/// acknowledged before <see cref="IBusReceiver"/> has answered, which it does after the inbox has it. When the line breaks it begins
/// again; what was not settled comes again.
/// </summary>
public sealed class BrokerReceiving(BrokerConnection connection, IBusReceiver receiver, TimeProvider time, ILogger<BrokerReceiving> log) : BackgroundService
{
    // A broker that does not answer to a goodbye is left.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);
    private const string SessionLockLost = "com.microsoft:session-lock-lost";
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var takings = BusEntities.All.Where(entity => entity.Kind == BusEntityKind.Queue).SelectMany(queue => queue.RequiresSession && connection.Options.ServiceBus
            ? Enumerable.Range(0, connection.Options.Sessions).Select(_ => (queue, Take: (Taking)TakeSessionAsync))
            : [(queue, TakeQueueAsync)]);
        await Task.WhenAll(takings.Select(taking => Task.Run(() => AlwaysAsync(taking.queue, taking.Take, stoppingToken), CancellationToken.None)));
    }

    private delegate Task Taking(BusEntity queue, CancellationToken cancellation);

    private async Task AlwaysAsync(BusEntity queue, Taking take, CancellationToken stop)
    {
        for (var failures = 0; !stop.IsCancellationRequested;)
        {
            try
            {
                await take(queue, stop);
                failures = 0;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (BrokerFaults.Is(fault))
            {
                BrokerLog.Interrupted(log, queue.Name, BrokerFaults.NameOf(fault));
                await PauseAsync(++failures, stop);
            }
        }
    }

    /// <summary>Takes from a queue without sessions until the link ends. Messages are handled side by side, as many as there is credit.</summary>
    private async Task TakeQueueAsync(BusEntity queue, CancellationToken stop)
    {
        var address = connection.Options.QueueAt(queue.Name);
        var session = await connection.SessionAsync(address, stop);
        var closed = new TaskCompletionSource<Error?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var link = new ReceiverLink(session, $"hub-{Guid.NewGuid():N}", address);
        link.AddClosedCallback((_, error) => closed.TrySetResult(error));

        var handling = new ConcurrentDictionary<Task, bool>();
        if (connection.Options.ServiceBus)
        {
            link.Start(connection.Options.Credit, (_, message) => Handle(message, null));
        }
        else
        {
            // Answers of one assessment keep their order where the broker has no sessions that would see to it.
            var batch = new CreditBatch(link, queue.RequiresSession ? 1 : connection.Options.Credit);
            batch.Start(message => Handle(message, batch.Settled));
        }

        try
        {
            throw new AmqpException(await closed.Task.WaitAsync(stop) ?? new Error(ErrorCode.DetachForced));
        }
        finally
        {
            // What is being handled is settled first, on a link that is still there.
            await Task.WhenAll(handling.Keys);
            await CloseAsync(session);
        }

        void Handle(Message message, Action? then)
        {
            // Noted before it begins, so that an end that comes now waits for it too.
            var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            handling.TryAdd(done.Task, true);
            _ = Task.Run(
                async () =>
                {
                    try
                    {
                        await HandleAsync(queue, link, message, stop);
                        then?.Invoke();
                    }
                    finally
                    {
                        handling.TryRemove(done.Task, out _);
                        done.SetResult();
                    }
                },
                CancellationToken.None);
        }
    }

    /// <summary>Takes the next session that has something, message by message, until it is empty or has been held for half its lock.</summary>
    private async Task TakeSessionAsync(BusEntity queue, CancellationToken stop)
    {
        var address = connection.Options.QueueAt(queue.Name);
        var session = await connection.SessionAsync(address, stop);
        try
        {
            while (!session.IsClosed)
            {
                await connection.ProveAsync(address, stop);
                if (await AttachSessionAsync(session, address, stop) is { } link)
                {
                    await TakeAllAsync(queue, link, stop);
                }
            }
        }
        finally
        {
            await CloseAsync(session);
        }
    }

    /// <summary>The link of a session; null when none came free in the broker's time.</summary>
    private static async Task<ReceiverLink?> AttachSessionAsync(Session session, string address, CancellationToken stop)
    {
        var answered = new TaskCompletionSource<Error?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var source = new Source { Address = address, FilterSet = new Map { [new Symbol("com.microsoft:session-filter")] = null } };
        var link = new ReceiverLink(session, $"hub-{Guid.NewGuid():N}", source, (_, attach) =>
        {
            // An attach that is refused names no source; the detach that follows says why.
            if (attach.Source is not null)
            {
                answered.TrySetResult(null);
            }
        });
        link.AddClosedCallback((_, error) => answered.TrySetResult(error ?? new Error(ErrorCode.DetachForced)));
        var refusal = await answered.Task.WaitAsync(stop);
        return refusal is null ? link
            : refusal.Condition?.ToString() == "com.microsoft:timeout" ? null
            : throw new AmqpException(refusal);
    }

    private async Task TakeAllAsync(BusEntity queue, ReceiverLink link, CancellationToken stop)
    {
        var until = time.GetTimestamp() + (long)((queue.LockDuration / 2).TotalSeconds * time.TimestampFrequency);
        while (!stop.IsCancellationRequested && !link.IsClosed && time.GetTimestamp() <= until)
        {
            // One at a time, so that a session's messages are handled in their order.
            link.SetCredit(1, CreditMode.Manual);
            if (await NextAsync(link) is not { } message)
            {
                break;
            }

            await HandleAsync(queue, link, message, stop);
        }

        if (!link.IsClosed)
        {
            await link.CloseAsync(Farewell, null);
        }
    }

    /// <summary>The next message of a session; null when none comes, or when the session's time ran out and somebody else may have it.</summary>
    private async Task<Message?> NextAsync(ReceiverLink link)
    {
        try
        {
            return await link.ReceiveAsync(connection.Options.SessionIdle);
        }
        catch (AmqpException over) when (over.Error?.Condition?.ToString() == SessionLockLost)
        {
            return null;
        }
    }

    private async Task HandleAsync(BusEntity queue, ReceiverLink link, Message message, CancellationToken stop)
    {
        try
        {
            var arrival = BrokerMessages.Read(queue.Name, message);
            BusVerdict verdict;
            try
            {
                verdict = await receiver.ReceiveAsync(arrival, stop);
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                // The edge of the process: whatever went wrong here, the message stays with the broker, and after its last delivery it is a dead letter.
                BrokerLog.NotTaken(log, queue.Name, arrival.DeliveryCount, fault);
                verdict = new BusVerdict(Settlement.Abandon);
            }

            if (verdict.Settlement == Settlement.Abandon)
            {
                // Growing, so that ten deliveries outlast a short fault; the credit it holds meanwhile holds back what comes after.
                await PauseAsync(arrival.DeliveryCount, stop);
            }

            Settle(queue, link, message, verdict);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Not settled: it comes again.
        }
        catch (Exception fault) when (BrokerFaults.Is(fault))
        {
            // Not settled, and the link is over: it comes again, and the inbox knows it.
        }
        finally
        {
            message.Dispose();
        }
    }

    private void Settle(BusEntity queue, ReceiverLink link, Message message, BusVerdict verdict)
    {
        switch (verdict.Settlement)
        {
            case Settlement.Complete:
                link.Accept(message);
                break;
            case Settlement.Abandon when connection.Options.ServiceBus:
                link.Modify(message, deliveryFailed: true);
                break;
            case Settlement.Abandon:
                link.Release(message);
                break;
            default:
                BrokerLog.DeadLetter(log, queue.Name, verdict.Reason);
                link.Reject(message, new Error("com.microsoft:dead-letter")
                {
                    Description = verdict.Description,
                    Info = new Fields { [new Symbol("DeadLetterReason")] = verdict.Reason, [new Symbol("DeadLetterErrorDescription")] = verdict.Description },
                });
                break;
        }
    }

    private async Task CloseAsync(Session session)
    {
        try
        {
            await session.CloseAsync(Farewell, null);
        }
        catch (Exception fault) when (BrokerFaults.Is(fault))
        {
            // Closed already, with the connection.
        }
    }

    private async Task PauseAsync(int failures, CancellationToken stop)
    {
        var pause = TimeSpan.FromMilliseconds(100) * Math.Pow(2, Math.Min(failures, 12));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, time, stop);
    }
}
