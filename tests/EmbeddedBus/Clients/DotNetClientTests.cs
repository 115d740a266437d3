using System.Collections.Concurrent;
using System.Transactions;
using Azure.Messaging.ServiceBus;

namespace IntegrationHub.EmbeddedBus.Tests.Clients;

/// <summary>Microsoft's .NET client on the bus: each row of the table in tests/peers/bus-semantics.txt is a test here.</summary>
public sealed partial class DotNetClientTests : IAsyncLifetime
{
    private const string Plain = "school-closures";
    private const string Sessions = "advice-responses";
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    private ClientBus bus = null!;
    private ServiceBusClient client = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => (bus, client) = (await ClientBus.StartAsync(), null!);

    public async ValueTask DisposeAsync()
    {
        if (client is not null)
        {
            await client.DisposeAsync();
        }

        await bus.DisposeAsync();
    }

    [Fact]
    public async Task Send_and_complete()
    {
        await SendAsync(Plain, new ServiceBusMessage("body") { MessageId = "1", CorrelationId = "c", Subject = "s", ApplicationProperties = { ["n"] = 7 } });
        await using var receiver = Client.CreateReceiver(Plain);
        var message = await NextAsync(receiver);
        await receiver.CompleteMessageAsync(message, Stop);

        Assert.Equal(("1", "c", "s", 7, "body"), (message.MessageId, message.CorrelationId, message.Subject, message.ApplicationProperties["n"], message.Body.ToString()));
        Assert.NotEqual(Guid.Empty.ToString(), message.LockToken);
        Assert.Null(await receiver.ReceiveMessageAsync(TimeSpan.FromMilliseconds(300), Stop));
    }

    [Fact]
    public async Task Batch_of_many()
    {
        await using var sender = Client.CreateSender(Plain);
        using var batch = await sender.CreateMessageBatchAsync(Stop);
        for (var n = 0; n < 100; n++)
        {
            Assert.True(batch.TryAddMessage(new ServiceBusMessage($"{n}") { MessageId = $"{n}" }));
        }

        await sender.SendMessagesAsync(batch, Stop);
        Assert.Equal(100, (await bus.Server.CountAsync()).Single(count => count.Path == Plain).Active);
    }

    [Fact]
    public async Task Abandon_counts()
    {
        await SendAsync(Plain, new ServiceBusMessage("1"));
        await using var receiver = Client.CreateReceiver(Plain);
        await receiver.AbandonMessageAsync(await NextAsync(receiver), cancellationToken: Stop);

        Assert.Equal(2, (await NextAsync(receiver)).DeliveryCount);
    }

    [Fact]
    public async Task Closing_does_not_count()
    {
        await SendAsync(Sessions, new ServiceBusMessage("1") { SessionId = "x" });
        for (var n = 0; n < 12; n++)
        {
            await using var session = await Client.AcceptSessionAsync(Sessions, "x", cancellationToken: Stop);
            Assert.Equal(1, (await NextAsync(session)).DeliveryCount);
        }
    }

    [Fact]
    public async Task Dead_letter_with_reason()
    {
        await SendAsync(Plain, new ServiceBusMessage("1"));
        await using var receiver = Client.CreateReceiver(Plain);
        await receiver.DeadLetterMessageAsync(await NextAsync(receiver), "reason", "description", Stop);
        await using var dead = Client.CreateReceiver(Plain, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        var letter = await NextAsync(dead);

        Assert.Equal(("reason", "description", "1"), (letter.DeadLetterReason, letter.DeadLetterErrorDescription, letter.Body.ToString()));
    }

    [Fact]
    public async Task Defer_and_fetch()
    {
        await SendAsync(Plain, new ServiceBusMessage("1"));
        await using var receiver = Client.CreateReceiver(Plain);
        var message = await NextAsync(receiver);
        await receiver.DeferMessageAsync(message, cancellationToken: Stop);
        var again = await receiver.ReceiveDeferredMessageAsync(message.SequenceNumber, Stop);
        await receiver.CompleteMessageAsync(again, Stop);

        Assert.Equal("1", again.Body.ToString());
    }

    [Fact]
    public async Task Schedule_and_cancel()
    {
        await using var sender = Client.CreateSender(Plain);
        var number = await sender.ScheduleMessageAsync(new ServiceBusMessage("1"), DateTimeOffset.UtcNow.AddMinutes(5), Stop);
        await sender.ScheduleMessageAsync(new ServiceBusMessage("2"), DateTimeOffset.UtcNow.AddSeconds(1), Stop);
        await sender.CancelScheduledMessageAsync(number, Stop);
        await using var receiver = Client.CreateReceiver(Plain);

        Assert.Equal("2", (await NextAsync(receiver)).Body.ToString());
        Assert.Null(await receiver.PeekMessageAsync(cancellationToken: Stop) is { } left && left.Body.ToString() == "1" ? left : null);
    }

    [Fact]
    public async Task Peek_without_taking()
    {
        await SendAsync(Plain, new ServiceBusMessage("1"), new ServiceBusMessage("2"));
        await using var receiver = Client.CreateReceiver(Plain);

        Assert.Equal(["1", "2"], (await receiver.PeekMessagesAsync(10, cancellationToken: Stop)).Select(message => message.Body.ToString()));
    }

    [Fact]
    public async Task Receive_and_delete()
    {
        await SendAsync(Plain, new ServiceBusMessage("1"));
        await using var receiver = Client.CreateReceiver(Plain, new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });
        await NextAsync(receiver);

        Assert.Equal(0, (await bus.Server.CountAsync()).Single(count => count.Path == Plain).Active);
    }

    [Fact]
    public async Task Lock_renewed_and_lost()
    {
        await SendAsync("short", new ServiceBusMessage("1"));
        await using var receiver = Client.CreateReceiver("short");
        var message = await NextAsync(receiver);
        await Task.Delay(ClientBus.ShortLock * 0.6, Stop);
        await receiver.RenewMessageLockAsync(message, Stop);
        await Task.Delay(ClientBus.ShortLock * 0.6, Stop);
        await receiver.RenewMessageLockAsync(message, Stop);
        await Task.Delay(ClientBus.ShortLock * 1.3, Stop);

        Assert.Equal(ServiceBusFailureReason.MessageLockLost, await FaultAsync(receiver.CompleteMessageAsync(message, Stop)));
        Assert.Equal(2, (await NextAsync(receiver)).DeliveryCount);
    }

    [Fact]
    public async Task Prefetch()
    {
        await SendAsync(Plain, [.. Enumerable.Range(0, 30).Select(n => new ServiceBusMessage($"{n}"))]);
        await using var receiver = Client.CreateReceiver(Plain, new ServiceBusReceiverOptions { PrefetchCount = 10 });
        for (var n = 0; n < 30; n++)
        {
            var message = await NextAsync(receiver);
            Assert.Equal((1, $"{n}"), (message.DeliveryCount, message.Body.ToString()));
            await receiver.CompleteMessageAsync(message, Stop);
        }
    }

    [Fact]
    public async Task Processor()
    {
        await SendAsync(Plain, [.. Enumerable.Range(0, 20).Select(n => new ServiceBusMessage($"{n}"))]);
        await using var processor = Client.CreateProcessor(Plain, new ServiceBusProcessorOptions { MaxConcurrentCalls = 4 });
        await EachOnceAsync(20, taken => processor.ProcessMessageAsync += taken.OnMessage, () => processor.StartProcessingAsync(Stop), processor.StopProcessingAsync, processor);
    }

    [Fact]
    public async Task Token_refused()
    {
        await using var wrong = new ServiceBusClient(
            bus.Root.Replace(ClientBus.RootSecret, "another", StringComparison.Ordinal), new ServiceBusClientOptions { RetryOptions = new ServiceBusRetryOptions { MaxRetries = 0 } });
        await using var sender = wrong.CreateSender(Plain);

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => sender.SendMessageAsync(new ServiceBusMessage("1"), Stop));
    }

    [Fact]
    public async Task Reconnects_after_a_restart()
    {
        client = bus.Client(tries: 5);
        await SendAsync(Plain, new ServiceBusMessage("1"));
        await using var receiver = Client.CreateReceiver(Plain);
        await receiver.PeekMessageAsync(cancellationToken: Stop);

        await bus.RestartAsync();

        await SendAsync(Plain, new ServiceBusMessage("2"));
        Assert.Equal(["1", "2"], [(await NextAsync(receiver)).Body.ToString(), (await NextAsync(receiver)).Body.ToString()]);
    }

    [Fact]
    public async Task Message_of_the_largest_size()
    {
        var body = new byte[262_000];
        await SendAsync(Plain, new ServiceBusMessage(body));
        await using var receiver = Client.CreateReceiver(Plain);
        var message = await NextAsync(receiver);
        await receiver.DeadLetterMessageAsync(message, "reason", "description", Stop);
        await using var dead = Client.CreateReceiver(Plain, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

        Assert.Equal(262_000, message.Body.ToMemory().Length);
        Assert.Equal(262_000, (await NextAsync(dead)).Body.ToMemory().Length);
    }

    [Fact]
    public async Task Request_over_the_size_is_answered()
    {
        await using var sender = Client.CreateSender(Plain);
        var messages = Enumerable.Range(0, 3).Select(_ => new ServiceBusMessage(new byte[100_000]));

        Assert.Equal(ServiceBusFailureReason.MessageSizeExceeded, await FaultAsync(sender.ScheduleMessagesAsync(messages, DateTimeOffset.UtcNow.AddMinutes(1), Stop)));
    }

    [Fact]
    public async Task Unknown_entity_is_answered()
    {
        await using var sender = Client.CreateSender("nowhere");

        Assert.Equal(ServiceBusFailureReason.MessagingEntityNotFound, await FaultAsync(sender.SendMessageAsync(new ServiceBusMessage("1"), Stop)));
    }

    [Fact]
    public async Task What_is_not_offered_is_answered()
    {
        await using var sender = Client.CreateSender(Plain);
        using (new TransactionScope(TransactionScopeAsyncFlowOption.Enabled))
        {
            var refused = await Assert.ThrowsAnyAsync<Exception>(() => sender.SendMessageAsync(new ServiceBusMessage("1"), Stop).WaitAsync(Soon, Stop));
            Assert.Contains("does not support transactions", refused.ToString(), StringComparison.Ordinal);
        }

        await using var rules = Client.CreateRuleManager("advice-requests", "other");
        await Assert.ThrowsAsync<NotSupportedException>(async () => await rules.GetRulesAsync(Stop).FirstAsync(Stop));
    }

    private ServiceBusClient Client => client ??= bus.Client();

    private async Task SendAsync(string queue, params ServiceBusMessage[] messages)
    {
        await using var sender = Client.CreateSender(queue);
        foreach (var message in messages)
        {
            message.MessageId ??= Guid.NewGuid().ToString();
        }

        await sender.SendMessagesAsync(messages, Stop);
    }

    private static async Task<ServiceBusReceivedMessage> NextAsync(ServiceBusReceiver receiver) =>
        await receiver.ReceiveMessageAsync(Soon, Stop) ?? throw new TimeoutException("No message came.");

    private static async Task<ServiceBusFailureReason> FaultAsync(Task work) =>
        (await Assert.ThrowsAsync<ServiceBusException>(() => work.WaitAsync(Soon, Stop))).Reason;

    private async Task EachOnceAsync(int count, Action<Taken> subscribe, Func<Task> start, Func<CancellationToken, Task> stop, ServiceBusProcessor processor)
    {
        var taken = new Taken(count);
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        subscribe(taken);
        await start();
        await taken.All.Task.WaitAsync(Soon, Stop);
        await stop(Stop);
        Assert.Equal(count, taken.Seen.Distinct().Count());
        Assert.Equal(0, (await bus.Server.CountAsync()).Single(one => one.Path == Plain).Active);
    }

    private sealed class Taken(int count)
    {
        internal ConcurrentQueue<string> Seen { get; } = new();

        internal TaskCompletionSource All { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task OnMessage(ProcessMessageEventArgs message)
        {
            Seen.Enqueue(message.Message.Body.ToString());
            if (Seen.Count == count)
            {
                All.TrySetResult();
            }

            return Task.CompletedTask;
        }
    }
}
