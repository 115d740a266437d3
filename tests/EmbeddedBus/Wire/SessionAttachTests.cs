using Amqp;
using Amqp.Framing;
using Amqp.Types;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.EmbeddedBus.Tests.Wire;

/// <summary>
/// A receiver asks for a session and goes away, in every order in which the two and the bus's answer can meet: its connection stays as
/// it is, the session is there for the next receiver at once, and no delivery has failed.
/// </summary>
public sealed class SessionAttachTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    // Shorter than a lock.
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(10);
    private static readonly string Queue = BusEntities.AdviceResponses.Name;

    private static readonly string[] Asked = ["next, there is one", "next, there is none", "named and free", "named and held"];
    private static readonly string[] Ways = ["detach", "detach with credit out", "detach after the wait is over", "detach as a session comes", "end", "close", "cut"];

    public static TheoryData<string, string> Orders => [.. Asked.SelectMany(asked => Ways.Select(way => (asked, way)))];

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Whoever_goes_away_while_a_session_is_asked_for_leaves_everything_as_it_was(string asked, string way)
    {
        await using var station = await Station.Start();
        var holder = new Session(await station.Connect());
        if (asked != "next, there is none")
        {
            await station.SendAsync(Queue, Station.Message("1", "x"));
        }

        var held = asked == "named and held" ? await OpenAsync(holder, "x") : null;
        using var peer = await RawPeer.ConnectAsync(station.Bus.Port);
        await LeaveAsync(station, peer, asked, way);
        if (way.StartsWith("detach", StringComparison.Ordinal))
        {
            // The same connection, another link.
            await peer.NextAsync<Detach>();
            await peer.SendAsync(Attach("after", 1, "another"));
            Assert.Equal("after", (await peer.NextAsync<Attach>()).LinkName);
        }

        if (held is not null)
        {
            await held.CloseAsync();
        }
        else if (asked == "next, there is none" && way != "detach as a session comes")
        {
            await station.SendAsync(Queue, Station.Message("1", "x"));
        }

        var next = await OpenAsync(new Session(await station.Connect()), sessionId: null);
        next.SetCredit(1);
        var message = await next.ReceiveAsync(Patience);
        Assert.Equal("1", message?.Properties.MessageId);
        Assert.Equal(0u, message!.Header?.DeliveryCount ?? 0);
    }

    private static async Task LeaveAsync(Station station, RawPeer peer, string asked, string way)
    {
        var attach = Attach("asks", 0, asked.StartsWith("named", StringComparison.Ordinal) ? "x" : null);
        var flow = new Flow { Handle = 0, LinkCredit = 10, DeliveryCount = 0, NextOutgoingId = 0, IncomingWindow = 1000, OutgoingWindow = 1000 };
        var detach = new Detach { Handle = 0, Closed = true };
        switch (way)
        {
            case "detach":
                await peer.SendAsync(attach, detach);
                break;
            case "detach with credit out":
                await peer.SendAsync(attach, flow, detach);
                break;
            case "detach after the wait is over":
                await peer.SendAsync(attach);
                // The wait ends as the detach comes: whichever is first.
                station.Clock.Advance(Wait);
                await peer.SendAsync(detach);
                break;
            case "detach as a session comes":
                await peer.SendAsync(attach);
                if (asked == "next, there is none")
                {
                    await station.SendAsync(Queue, Station.Message("1", "x"));
                }

                await peer.SendAsync(detach);
                break;
            case "end":
                await peer.SendAsync(attach, new End());
                await peer.NextAsync<End>();
                break;
            case "close":
                await peer.SendAsync(attach, new Close());
                await peer.NextAsync<Close>();
                break;
            default:
                await peer.SendAsync(attach);
                peer.Dispose();
                break;
        }
    }

    private static async Task<Amqp.ReceiverLink> OpenAsync(Session session, string? sessionId)
    {
        var attached = new TaskCompletionSource<Attach>(TaskCreationOptions.RunContinuationsAsynchronously);
        var receiver = Station.SessionReceiver(session, Queue, sessionId, (_, attach) => attached.TrySetResult(attach));
        Assert.NotNull((await attached.Task.WaitAsync(Patience, TestContext.Current.CancellationToken)).Source);
        return receiver;
    }

    private static Attach Attach(string name, uint handle, string? sessionId) => new()
    {
        LinkName = name,
        Handle = handle,
        Role = true,
        Source = new Source { Address = Queue, FilterSet = new Map { [new Symbol("com.microsoft:session-filter")] = sessionId } },
        Target = new Target(),
        Properties = new Fields { [new Symbol("com.microsoft:timeout")] = (uint)Wait.TotalMilliseconds },
    };
}
