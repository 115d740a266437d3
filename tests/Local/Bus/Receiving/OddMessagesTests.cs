using Amqp;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.EmbeddedBus.Wire;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Broker;

namespace IntegrationHub.Local.Tests.Bus.Receiving;

/// <summary>Every kind of odd message, encoded as on the wire and taken in as the embedded bus takes it, has the end that the table says.</summary>
public sealed class OddMessagesTests
{
    public static TheoryData<string> Kinds => [.. OddMessages.All.Keys];

    public static TheoryData<string> EncodedKinds => [.. OddMessages.Encoded.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task It_ends_as_the_table_says_and_whoever_sent_it_hears(string name)
    {
        var odd = OddMessages.All[name];
        foreach (var knowsKey in (bool[])[true, false])
        {
            var hub = new Receiver();
            var assessment = await hub.AskedAsync("odd");
            var (queue, sender, message) = OddMessages.Sound(odd.Of, assessment);
            odd.Make(message);
            var incoming = IncomingMessage.Read(Encode(message));
            if (odd.End == End.AtOnce)
            {
                Assert.NotNull(incoming.Problem);
                continue;
            }

            Assert.Null(incoming.Problem);
            var kept = incoming.ToStored(null).Bare;
            var arrival = BrokerMessages.Read(queue.Name, Message.Decode(new ByteBuffer(kept, 0, kept.Length, kept.Length))) with
            {
                SentBy = knowsKey ? BusEntities.SubscriptionName(sender) : null,
                CorrelationId = "c",
            };

            var verdict = await hub.ReceiveAsync(arrival);

            var end = await new Ends(hub, assessment).OfAsync(arrival, verdict);
            Assert.True(end == odd.End || (!knowsKey && odd.End == End.Told && end == End.Untold), $"{end?.ToString() ?? "nowhere"}: {verdict.Reason} {verdict.Description}");
            if (odd.Reason is not null)
            {
                Assert.Equal((Settlement.DeadLetter, odd.Reason), (verdict.Settlement, verdict.Reason));
                Assert.Contains(odd.Word, verdict.Description, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [MemberData(nameof(EncodedKinds))]
    public void What_is_no_one_message_is_refused_at_once(string name)
    {
        var (_, _, message) = OddMessages.Sound(Of.Acknowledged, Messages.Tests.Bus.SampleMessages.Assessment);

        Assert.NotNull(IncomingMessage.Read(OddMessages.Encoded[name](Encode(message))).Problem);
    }

    private static byte[] Encode(Message message)
    {
        var buffer = message.Encode();
        return buffer.Buffer.AsSpan(buffer.Offset, buffer.Length).ToArray();
    }
}
