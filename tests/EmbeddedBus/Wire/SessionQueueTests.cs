using Amqp;
using IntegrationHub.EmbeddedBus.Store;
using IntegrationHub.EmbeddedBus.Tests.Store;
using IntegrationHub.EmbeddedBus.Wire;
using Microsoft.Extensions.Logging.Abstractions;

namespace IntegrationHub.EmbeddedBus.Tests.Wire;

/// <summary>Whatever one receiver's link throws at the moment it is given something, the others go on.</summary>
public sealed class SessionQueueTests : IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly Shelf shelf = new();

    public static TheoryData<string> Faults => ["disposed", "amqp", "null", "invalid", "io"];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_waiter_whose_link_is_gone_ends_its_own_wait_only(string fault)
    {
        await using var station = await Station.Start();
        var session = new Session(await station.Connect());
        var queue = new SessionQueue(shelf.SessionQueue, shelf.Store, NullLogger.Instance);
        shelf.Store.MessagesAvailable += _ => queue.Wake();
        var given = new TaskCompletionSource<HeldSession>(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add(Waiter(session, _ => throw Thrown(fault)));
        queue.Add(Waiter(session, given.SetResult));

        await shelf.Send("sessions", "1", "x");

        Assert.Equal("x", (await given.Task.WaitAsync(Soon, TestContext.Current.CancellationToken)).SessionId);
        var later = new TaskCompletionSource<HeldSession>(TaskCreationOptions.RunContinuationsAsynchronously);
        queue.Add(Waiter(session, later.SetResult));
        await shelf.Send("sessions", "2", "y");
        Assert.Equal("y", (await later.Task.WaitAsync(Soon, TestContext.Current.CancellationToken)).SessionId);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_subscriber_that_throws_stops_neither_the_others_nor_the_file(string fault)
    {
        var told = 0;
        shelf.Store.MessagesAvailable += _ => throw Thrown(fault);
        shelf.Store.MessagesAvailable += _ => Interlocked.Increment(ref told);

        await shelf.Send("plain", "1");
        await shelf.Send("plain", "2");

        Assert.Equal(2, told);
    }

    public void Dispose() => shelf.Dispose();

    private static SessionWaiter Waiter(Session session, Action<HeldSession> onSession) =>
        new(new Amqp.SenderLink(session, $"w-{Guid.NewGuid():N}", "school-closures"), onSession, _ => { });

    private static Exception Thrown(string fault) => fault switch
    {
        "disposed" => new ObjectDisposedException("link"),
        "amqp" => new AmqpException(ErrorCode.IllegalState, "closed"),
        "null" => new NullReferenceException(),
        "invalid" => new InvalidOperationException(),
        _ => new IOException(),
    };
}
