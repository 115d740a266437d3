using Azure.Messaging.ServiceBus;

namespace IntegrationHub.EmbeddedBus.Tests.Clients;

/// <summary>
/// Microsoft's client, which offers a window of 2^32 - 1 and grants credit one by one, receives thousands of messages from several queues at
/// once: each arrives. A transfer and the flow that answers it must never be counted out of order.
/// </summary>
public sealed class ManyReceivesTests
{
    private const int Each = 1500;

    [Fact]
    public async Task Every_message_arrives_however_close_a_transfer_and_its_answer_are()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bus = await ClientBus.StartAsync();
        await using var client = bus.Client();
        var queues = new[] { "school-closures", "assessments-pushed" };
        var received = await Task.WhenAll(queues.Select(async queue =>
        {
            await using var sender = client.CreateSender(queue);
            await using var receiver = client.CreateReceiver(queue, new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });
            var ids = new HashSet<string>();
            for (var n = 0; n < Each; n++)
            {
                var waits = receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(20), cancellationToken);
                await sender.SendMessageAsync(new ServiceBusMessage("x") { MessageId = $"{queue}-{n}" }, cancellationToken);
                ids.Add((await waits)?.MessageId ?? $"nothing came as number {n}");
            }

            return (queue, ids);
        }));

        Assert.All(received, one => Assert.Equal(Enumerable.Range(0, Each).Select(n => $"{one.queue}-{n}").Order(), one.ids.Order()));
    }
}
