using Azure.Messaging.ServiceBus;

namespace IntegrationHub.EmbeddedBus.Tests.Clients;

/// <summary>
/// Microsoft's client opens and closes a sender and a receiver again and again on one connection, each with a session of its own, and the bus
/// gives each new session the channel of the one before. Its begin must never go out before the other's end.
/// </summary>
public sealed class ManyLinksTests
{
    private const int Rounds = 150;

    [Fact]
    public async Task A_connection_outlives_every_link_on_it()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var bus = await ClientBus.StartAsync();
        // No second try: a connection that was lost would otherwise be opened again unseen.
        await using var client = bus.Client(tries: 0);
        for (var n = 0; n < Rounds; n++)
        {
            await using (var sender = client.CreateSender("school-closures"))
            {
                await sender.SendMessageAsync(new ServiceBusMessage("x") { MessageId = $"{n}" }, cancellationToken);
            }

            await using var receiver = client.CreateReceiver("school-closures");
            await receiver.AbandonMessageAsync(await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(20), cancellationToken), cancellationToken: cancellationToken);
            var again = await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(20), cancellationToken);
            await receiver.CompleteMessageAsync(again, cancellationToken);

            Assert.Equal(($"{n}", 2), (again.MessageId, again.DeliveryCount));
        }
    }
}
