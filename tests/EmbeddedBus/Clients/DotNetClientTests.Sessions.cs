using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;

namespace IntegrationHub.EmbeddedBus.Tests.Clients;

/// <content>Sessions.</content>
public sealed partial class DotNetClientTests
{
    [Fact]
    public async Task Session_by_id_in_order_for_one_holder()
    {
        await SendAsync(Sessions, [.. Enumerable.Range(0, 5).Select(n => new ServiceBusMessage($"{n}") { SessionId = "x" })]);
        await using var session = await Client.AcceptSessionAsync(Sessions, "x", cancellationToken: Stop);

        Assert.Equal(ServiceBusFailureReason.SessionCannotBeLocked, await FaultAsync(Client.AcceptSessionAsync(Sessions, "x", cancellationToken: Stop)));
        for (var n = 0; n < 5; n++)
        {
            var message = await NextAsync(session);
            Assert.Equal($"{n}", message.Body.ToString());
            await session.CompleteMessageAsync(message, Stop);
        }
    }

    [Fact]
    public async Task Session_next_or_none_in_time()
    {
        await using var hasty = new ServiceBusClient(bus.Root, new ServiceBusClientOptions { RetryOptions = new ServiceBusRetryOptions { MaxRetries = 0, TryTimeout = TimeSpan.FromSeconds(2) } });
        Assert.Equal(ServiceBusFailureReason.ServiceTimeout, await FaultAsync(hasty.AcceptNextSessionAsync(Sessions, cancellationToken: Stop)));
        await SendAsync(Sessions, new ServiceBusMessage("1") { SessionId = "x" });
        await using var session = await Client.AcceptNextSessionAsync(Sessions, cancellationToken: Stop);

        Assert.Equal("x", session.SessionId);
    }

    [Fact]
    public async Task Session_state()
    {
        await SendAsync(Sessions, new ServiceBusMessage("1") { SessionId = "x" });
        await using (var session = await Client.AcceptSessionAsync(Sessions, "x", cancellationToken: Stop))
        {
            await session.SetSessionStateAsync(new BinaryData("state"), Stop);
        }

        await using var next = await Client.AcceptSessionAsync(Sessions, "x", cancellationToken: Stop);
        Assert.Equal("state", (await next.GetSessionStateAsync(Stop)).ToString());
    }

    [Fact]
    public async Task Session_lock_renewed_and_lost()
    {
        await SendAsync("short-sessions", new ServiceBusMessage("1") { SessionId = "x" });
        await using var session = await Client.AcceptSessionAsync("short-sessions", "x", cancellationToken: Stop);
        var message = await NextAsync(session);
        await Task.Delay(ClientBus.ShortLock * 0.6, Stop);
        await session.RenewSessionLockAsync(Stop);
        await Task.Delay(ClientBus.ShortLock * 1.5, Stop);

        // The client closes the receiver of a session that it has lost.
        var lost = await Assert.ThrowsAnyAsync<Exception>(() => session.CompleteMessageAsync(message, Stop));
        Assert.True(lost is ObjectDisposedException or ServiceBusException { Reason: ServiceBusFailureReason.SessionLockLost }, lost.ToString());
        await using var next = await Client.AcceptSessionAsync("short-sessions", "x", cancellationToken: Stop);
        Assert.Equal(2, (await NextAsync(next)).DeliveryCount);
    }

    [Fact]
    public async Task Session_processor()
    {
        await SendAsync(Sessions, [.. Enumerable.Range(0, 20).Select(n => new ServiceBusMessage($"{n}") { SessionId = $"s{n % 4}" })]);
        await using var processor = Client.CreateSessionProcessor(Sessions, new ServiceBusSessionProcessorOptions { MaxConcurrentSessions = 3, SessionIdleTimeout = TimeSpan.FromSeconds(1) });
        var (seen, all) = (new ConcurrentQueue<int>(), new TaskCompletionSource());
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        processor.ProcessMessageAsync += message =>
        {
            Assert.Equal(1, message.Message.DeliveryCount);
            seen.Enqueue(int.Parse(message.Message.Body.ToString(), System.Globalization.CultureInfo.InvariantCulture));
            if (seen.Count == 20)
            {
                all.TrySetResult();
            }

            return Task.CompletedTask;
        };
        await processor.StartProcessingAsync(Stop);
        await all.Task.WaitAsync(Soon, Stop);
        await processor.StopProcessingAsync(Stop);

        Assert.All(seen.GroupBy(n => n % 4), session => Assert.Equal(session.Order(), session));
        Assert.Equal(0, (await bus.Server.CountAsync()).Single(count => count.Path == Sessions).DeadLetters);
    }
}
