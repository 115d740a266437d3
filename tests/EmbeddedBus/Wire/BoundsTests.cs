using System.Net.Sockets;
using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.EmbeddedBus.Store;

namespace IntegrationHub.EmbeddedBus.Tests.Wire;

/// <summary>Whatever a caller of the bus can make grow has a bound, and reaching it is told and costs nobody else anything.</summary>
public sealed class BoundsTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Answers_that_nobody_takes_end_their_link()
    {
        await using var station = await Station.Start();
        var session = new Session(await station.Open(SaslProfile.Anonymous));
        var requests = new Amqp.SenderLink(session, "s", "$cbs");
        var answers = new Amqp.ReceiverLink(session, "r", new Attach { Source = new Source { Address = "$cbs" }, Target = new Target { Address = "here" } }, null);
        var closed = new TaskCompletionSource<Error?>(TaskCreationOptions.RunContinuationsAsynchronously);
        answers.AddClosedCallback((_, error) => closed.TrySetResult(error));

        // No credit is ever given, and nobody has logged in.
        for (var n = 0; n < 1000 && !closed.Task.IsCompleted; n++)
        {
            await requests.SendAsync(new Message("x") { Properties = new Properties { MessageId = $"{n}", ReplyTo = "here" }, ApplicationProperties = new ApplicationProperties { ["operation"] = "y" } }, Patience)
                .ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        Assert.Equal(ErrorCode.ResourceLimitExceeded, (await closed.Task.WaitAsync(Patience, TestContext.Current.CancellationToken))!.Condition.ToString());
        await station.SendAsync(BusEntities.All.First(entity => entity is { Kind: BusEntityKind.Queue, RequiresSession: false }).Name, Station.Message("1"));
    }

    [Fact]
    public async Task A_connection_has_so_many_tokens_and_no_more_until_one_is_over()
    {
        await using var station = await Station.Start();
        var connection = await station.Open(SaslProfile.Anonymous);
        for (var n = 0; n < 100; n++)
        {
            Assert.Equal(202, await PutAsync(n));
        }

        Assert.Equal(403, await PutAsync(100));
        Assert.Equal(202, await PutAsync(99));
        station.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(202, await PutAsync(100));

        Task<int> PutAsync(int n) =>
            Station.PutToken(connection, Station.Token("RootManageSharedAccessKey", Station.RootSecret, $"sb://localhost/{n}", station.Clock.GetUtcNow() + TimeSpan.FromHours(1)));
    }

    [Fact]
    public async Task An_agency_that_has_as_much_here_as_it_may_is_told_so()
    {
        await using var station = await Station.Start(change: options => options with { SenderLimits = new SenderLimits(2) });
        Assert.True(AgencyId.TryParse("urn:100001", out var agency, out _));
        var queue = BusEntities.All.First(entity => entity is { Kind: BusEntityKind.Queue, RequiresSession: true }).Name;
        var link = new Amqp.SenderLink(new Session(await station.Connect(BusEntities.SubscriptionName(agency), "school-secret")), "s", queue);
        await link.SendAsync(Station.Message("1", "x"));
        await link.SendAsync(Station.Message("2", "x"));

        var refusal = await Assert.ThrowsAsync<AmqpException>(() => link.SendAsync(Station.Message("3", "x")));

        Assert.Equal(ErrorCode.ResourceLimitExceeded, refusal.Error.Condition.ToString());
        await station.SendAsync(queue, Station.Message("4", "x"));
    }

    [Fact]
    public async Task One_connection_too_many_is_closed_and_another_is_taken_once_one_has_ended()
    {
        await using var station = await Station.Start(change: options => options with { MaxConnections = 3 });
        var silent = new List<TcpClient>();
        for (var n = 0; n < 3; n++)
        {
            silent.Add(await ConnectAsync());
        }

        using (var more = await ConnectAsync())
        {
            Assert.Equal(0, await more.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        }

        silent.ForEach(client => client.Dispose());
        var began = TimeProvider.System.GetTimestamp();
        while (!await IsTakenAsync())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "No connection is taken again.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        async Task<TcpClient> ConnectAsync()
        {
            var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", station.Bus.Port, TestContext.Current.CancellationToken);
            return client;
        }

        async Task<bool> IsTakenAsync()
        {
            try
            {
                await station.Connect();
                return true;
            }
            // A connection that is closed while it is being opened is seen as any of these.
            catch (Exception closed) when (closed is AmqpException or SocketException or IOException or OperationCanceledException)
            {
                return false;
            }
        }
    }
}
