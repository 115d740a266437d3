using Amqp;

namespace IntegrationHub.EmbeddedBus.Tests.Wire;

/// <summary>
/// A receiver that asks for a session and gives up before it is answered, as every SDK does when it stops: its connection goes on, the
/// session is free for the next, and no failed delivery is counted.
/// </summary>
public sealed class GivenUpAttachTests
{
    private const int Times = 100;

    [Theory]
    [InlineData(null, true)]
    [InlineData(null, false)]
    [InlineData("x", true)]
    [InlineData("x", false)]
    public async Task An_attach_that_is_given_up_at_any_moment_costs_nobody_anything(string? asked, bool waits)
    {
        await using var station = await Station.Start();
        var connection = await station.Connect();
        var session = new Session(connection);
        if (waits)
        {
            await station.SendAsync("advice-responses", Station.Message("1", "x"), Station.Message("2", "x"));
        }

        var moments = new Random(20261128);
        for (var n = 0; n < Times; n++)
        {
            var receiver = Station.SessionReceiver(session, "advice-responses", asked);

            // From at once, in the same packet as the attach, to after the answer.
            await Wait(moments.Next(4));
            await GiveUpAsync(receiver);
            Assert.False(connection.IsClosed, $"The connection was closed after {n} receivers: {connection.Error}");
        }

        if (!waits)
        {
            await station.SendAsync("advice-responses", Station.Message("1", "x"), Station.Message("2", "x"));
        }

        var (last, first) = await FirstAsync(session, asked);
        var second = await last.ReceiveAsync(TimeSpan.FromSeconds(10));
        Assert.Equal([("1", 0u), ("2", 0u)], new[] { first, second }.Select(m => (m.Properties.MessageId, m.Header.DeliveryCount)));
    }

    // A session that was given at the moment at which its receiver went is on its way back: whoever asks for it by name just then is refused and asks again.
    private static async Task GiveUpAsync(ReceiverLink receiver)
    {
        try
        {
            await receiver.CloseAsync(TimeSpan.FromSeconds(10), null);
        }
        catch (AmqpException refused) when ((string)refused.Error.Condition == "com.microsoft:session-cannot-be-locked")
        {
        }
    }

    private static async Task<(ReceiverLink Receiver, Message First)> FirstAsync(Session session, string? asked)
    {
        for (var attempt = 0; ; attempt++)
        {
            var receiver = Station.SessionReceiver(session, "advice-responses", asked);
            if (await receiver.ReceiveAsync(TimeSpan.FromSeconds(10)) is { } message)
            {
                return (receiver, message);
            }

            Assert.True(asked is not null && receiver.IsClosed && attempt < 10, $"There was no message for the next receiver: {receiver.Error}");
        }
    }

    private static async Task Wait(int kind)
    {
        switch (kind)
        {
            case 0:
                break;
            case 1:
                await Task.Yield();
                break;
            case 2:
                Thread.SpinWait(20_000);
                break;
            default:
                await Task.Delay(1, TestContext.Current.CancellationToken);
                break;
        }
    }
}
