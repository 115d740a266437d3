using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Background;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Agencies.Broker;

/// <summary>
/// Receives from the hub's queues on whichever bus is configured, for as long as the host runs. No message is acknowledged before
/// <see cref="IBusReceiver"/> has answered, which happens once the message is in the inbox. When the connection breaks, receiving starts
/// again, and messages that were not settled are delivered again.
/// </summary>
public sealed class BusReceiving(IBusSource source, IBusReceiver receiver, BackgroundWork work, TimeProvider time, ILogger<BusReceiving> log)
    : BackgroundLoop("receiving from the bus", work, time)
{
    // The pause is shorter than half the time for which a message is locked, so that a session is not lost while one of its messages waits
    // to be tried again.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(20);

    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        var takings = BusEntities.All.Where(entity => entity.Kind == BusEntityKind.Queue).SelectMany(queue => queue.RequiresSession && source.HasSessions
            ? Enumerable.Range(1, source.Sessions).Select(number => (queue, Take: (Taking)ReceiveSessionAsync, Name: FormattableString.Invariant($"{queue.Name} {number}")))
            : [(queue, ReceiveQueueAsync, queue.Name)]);

        // The receivers run until the host stops. Each receiver survives its own faults, so that no queue is left without a receiver.
        await Task.WhenAll(takings.Select(taking => Task.Run(() => AlwaysAsync(taking.queue, taking.Take, taking.Name, cancellationToken), CancellationToken.None)));
        return UntilWoken;
    }

    private delegate Task Taking(BusEntity queue, CancellationToken cancellationToken);

    private async Task AlwaysAsync(BusEntity queue, Taking take, string name, CancellationToken cancellationToken)
    {
        for (var failures = 0; !cancellationToken.IsCancellationRequested;)
        {
            try
            {
                var broke = false;
                var end = await Items.RunAsync(name, async cancellationToken => broke = await ReceiveUntilEndAsync(queue, take, cancellationToken), cancellationToken);
                failures = end == ItemOutcome.Done && !broke ? 0 : failures + 1;
                if (failures > 0)
                {
                    await PauseAsync(failures, cancellationToken);
                }
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }
    }

    /// <summary>
    /// Receives messages until none are left or the link ends. The result is true if the connection broke, which can be expected to happen
    /// and is not a fault of the hub.
    /// </summary>
    private async Task<bool> ReceiveUntilEndAsync(BusEntity queue, Taking take, CancellationToken cancellationToken)
    {
        try
        {
            await take(queue, cancellationToken);
            return false;
        }
        catch (BusInterruptedException fault)
        {
            BrokerLog.Interrupted(log, queue.Name, fault.Message);
            return true;
        }
    }

    /// <summary>Receives from a queue without sessions until the link ends. Messages are handled in parallel, up to the limit.</summary>
    private async Task ReceiveQueueAsync(BusEntity queue, CancellationToken cancellationToken)
    {
        // A limit of one keeps one assessment's answers in order if the broker has no sessions.
        var most = queue.RequiresSession ? 1 : source.Messages;
        await using var link = await source.OpenAsync(queue, most, cancellationToken);
        using var room = new SemaphoreSlim(most);
        try
        {
            while (true)
            {
                await room.WaitAsync(cancellationToken);
                if (await TryNextAsync(link, room, cancellationToken) is { } delivery)
                {
                    _ = HandleThenLeaveAsync(queue, delivery, room, cancellationToken);
                }
            }
        }
        finally
        {
            // Messages in progress are settled first, while the link is still open.
            for (var n = 0; n < most; n++)
            {
                await room.WaitAsync(CancellationToken.None);
            }
        }
    }

    private static async Task<IBusDelivery?> TryNextAsync(IBusLink link, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        IBusDelivery? delivery = null;
        try
        {
            delivery = await link.NextAsync(cancellationToken);
            return delivery;
        }
        finally
        {
            if (delivery is null)
            {
                room.Release();
            }
        }
    }

    private async Task HandleThenLeaveAsync(BusEntity queue, IBusDelivery delivery, SemaphoreSlim room, CancellationToken cancellationToken)
    {
        await Task.Yield();
        try
        {
            await HandleAsync(queue, delivery, cancellationToken);
        }
        finally
        {
            room.Release();
        }
    }

    /// <summary>
    /// Accepts the next session that has messages, and receives its messages one at a time and in order, until the session is empty or half
    /// the time of its lock has passed.
    /// </summary>
    private async Task ReceiveSessionAsync(BusEntity queue, CancellationToken cancellationToken)
    {
        if (await source.NextSessionAsync(queue, cancellationToken) is not { } session)
        {
            return;
        }

        await using (session)
        {
            var until = Time.GetTimestamp() + (long)((queue.LockDuration / 2).TotalSeconds * Time.TimestampFrequency);
            while (Time.GetTimestamp() <= until && await session.NextAsync(cancellationToken) is { } delivery && await HandleAsync(queue, delivery, cancellationToken))
            {
            }
        }
    }

    /// <summary>Returns true if the message is settled.</summary>
    private async Task<bool> HandleAsync(BusEntity queue, IBusDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            var verdict = await VerdictAsync(queue, delivery.Arrival, cancellationToken);
            if (verdict.Settlement == Settlement.Abandon)
            {
                // The pause grows with each delivery, so that a short fault has ended before the tenth delivery. During the pause the
                // message occupies its slot, which slows down the messages after it.
                await PauseAsync(delivery.Arrival.DeliveryCount, cancellationToken);
            }
            else if (verdict.Settlement == Settlement.DeadLetter)
            {
                BrokerLog.DeadLetter(log, queue.Name, verdict.Reason);
            }

            await delivery.SettleAsync(verdict, cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return false; // Not settled: it comes again, and nothing has failed.
        }
        catch (BusInterruptedException)
        {
            return false; // Not settled, and the link is over: it comes again, and the inbox knows it.
        }
    }

    private async Task<BusDecision> VerdictAsync(BusEntity queue, ReceivedBusMessage arrival, CancellationToken cancellationToken)
    {
        try
        {
            return await receiver.ReceiveAsync(arrival, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // The outermost handler: after any fault here the message stays with the broker, and it becomes a dead letter after its last
            // delivery.
            BrokerLog.NotTaken(log, queue.Name, arrival.DeliveryCount, fault);
            return arrival.DeliveryCount < queue.MaxDeliveryCount ? new BusDecision(Settlement.Abandon) : await GiveUpAsync(queue, arrival, cancellationToken);
        }
    }

    private async Task<BusDecision> GiveUpAsync(BusEntity queue, ReceivedBusMessage arrival, CancellationToken cancellationToken)
    {
        try
        {
            return await receiver.GiveUpAsync(arrival, cancellationToken);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            // This is also the outermost handler: if notifying the sender fails too, the broker itself makes the message a dead letter.
            BrokerLog.NotTaken(log, queue.Name, arrival.DeliveryCount, fault);
            return new BusDecision(Settlement.Abandon);
        }
    }

    private async Task PauseAsync(int failures, CancellationToken cancellationToken)
    {
        var pause = TimeSpan.FromMilliseconds(100) * Math.Pow(2, Math.Min(failures, 12));
        await Task.Delay(pause < LongestPause ? pause : LongestPause, Time, cancellationToken);
    }
}
