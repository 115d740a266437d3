using Amqp;
using Amqp.Framing;
using Amqp.Sasl;
using Amqp.Types;

namespace IntegrationHub.EmbeddedBus.Tests.Wire;

/// <summary>The library that the hub's own client is made of, against the bus.</summary>
public sealed class AmqpNetLiteTests
{
    [Fact]
    public async Task Sends_receives_and_settles()
    {
        await using var station = await Station.Start();
        var session = new Session(await station.Connect());
        await new SenderLink(session, "s", "school-closures").SendAsync(Station.Message("1"));
        var receiver = new ReceiverLink(session, "r", "school-closures");

        var message = await receiver.ReceiveAsync(TimeSpan.FromSeconds(10));
        receiver.Modify(message, deliveryFailed: true);
        var again = await receiver.ReceiveAsync(TimeSpan.FromSeconds(10));
        receiver.Accept(again);
        await session.CloseAsync();

        Assert.Equal((0u, 1u), (message.Header.DeliveryCount, again.Header.DeliveryCount));
        Assert.Equal(16, message.DeliveryTag.Length);
        Assert.Equal("1", again.Properties.MessageId);
    }

    [Fact]
    public async Task A_session_is_named_in_the_answer_and_given_in_order()
    {
        await using var station = await Station.Start();
        var session = new Session(await station.Connect());
        var sender = new SenderLink(session, "s", "advice-responses");
        await sender.SendAsync(Station.Message("1", "x"));
        await sender.SendAsync(Station.Message("2", "x"));
        var attached = new TaskCompletionSource<Attach>(TaskCreationOptions.RunContinuationsAsynchronously);

        var receiver = Station.SessionReceiver(session, "advice-responses", null, (_, attach) => attached.TrySetResult(attach));
        var first = await receiver.ReceiveAsync(TimeSpan.FromSeconds(10));
        var second = await receiver.ReceiveAsync(TimeSpan.FromSeconds(10));

        var answer = await attached.Task;
        Assert.Equal("x", ((Source)answer.Source).FilterSet[new Symbol("com.microsoft:session-filter")]);
        Assert.Equal(station.Clock.GetUtcNow().AddMinutes(1).UtcTicks, answer.Properties[new Symbol("com.microsoft:locked-until-utc")]);
        Assert.Equal(["1", "2"], [first.Properties.MessageId, second.Properties.MessageId]);
    }

    [Fact]
    public async Task A_session_that_runs_out_closes_its_link_with_the_reason()
    {
        await using var station = await Station.Start();
        var session = new Session(await station.Connect());
        await new SenderLink(session, "s", "advice-responses").SendAsync(Station.Message("1", "x"));
        var receiver = Station.SessionReceiver(session, "advice-responses", "x");
        await receiver.ReceiveAsync(TimeSpan.FromSeconds(10));
        var closed = new TaskCompletionSource<Error>(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.AddClosedCallback((_, error) => closed.TrySetResult(error));

        station.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("com.microsoft:session-lock-lost", (await closed.Task).Condition.ToString());
    }

    [Fact]
    public async Task A_token_that_runs_out_ends_sending_and_a_new_one_begins_it_again()
    {
        await using var station = await Station.Start();
        var connection = await station.Connect(lasts: TimeSpan.FromMinutes(5));
        var session = new Session(connection);
        var sender = new SenderLink(session, "s", "school-closures");
        await sender.SendAsync(Station.Message("1"));

        station.Clock.Advance(TimeSpan.FromMinutes(5));
        var refused = await Assert.ThrowsAsync<AmqpException>(() => sender.SendAsync(Station.Message("2")));
        await Station.PutToken(connection, Station.Token("RootManageSharedAccessKey", Station.RootSecret, "sb://localhost/", station.Clock.GetUtcNow().AddHours(1)));
        await sender.SendAsync(Station.Message("3"));

        Assert.Equal(ErrorCode.UnauthorizedAccess, refused.Error.Condition.ToString());
    }

    [Theory]
    [InlineData("RootManageSharedAccessKey", Station.RootSecret, "assessments-pushed", true)]
    [InlineData("urn-100001", "school-secret", "assessments-pushed", true)]
    [InlineData("urn-100001", "school-secret", "advice-requests", false)]
    public async Task A_client_without_CBS_logs_in_by_name_and_secret(string name, string secret, string queue, bool isAllowed)
    {
        await using var station = await Station.Start();
        var connection = await station.Open(sasl: null, name, secret);
        var sender = new SenderLink(new Session(connection), "s", queue);

        if (isAllowed)
        {
            await sender.SendAsync(Station.Message("1"));
        }
        else
        {
            var refused = await Assert.ThrowsAsync<AmqpException>(() => sender.SendAsync(Station.Message("1")));
            Assert.Equal(ErrorCode.UnauthorizedAccess, refused.Error.Condition.ToString());
        }
    }

    [Fact]
    public async Task A_wrong_secret_does_not_log_in()
    {
        await using var station = await Station.Start();

        await Assert.ThrowsAsync<AmqpException>(() => new ConnectionFactory().CreateAsync(new Address($"amqp://RootManageSharedAccessKey:wrong@127.0.0.1:{station.Bus.Port}")));
    }

    [Fact]
    public async Task Nobody_sends_without_a_token()
    {
        await using var station = await Station.Start();
        var sender = new SenderLink(new Session(await station.Open(SaslProfile.Anonymous)), "s", "school-closures");

        var refused = await Assert.ThrowsAsync<AmqpException>(() => sender.SendAsync(Station.Message("1")));

        Assert.Equal(ErrorCode.UnauthorizedAccess, refused.Error.Condition.ToString());
    }

    [Fact]
    public async Task What_was_accepted_is_there_after_a_restart_and_what_was_locked_is_free()
    {
        await using var station = await Station.Start();
        var before = new Session(await station.Connect());
        var sender = new SenderLink(before, "s", "school-closures");
        await Task.WhenAll(Enumerable.Range(1, 50).Select(i => sender.SendAsync(Station.Message($"{i}"))));
        await new ReceiverLink(before, "r", "school-closures").ReceiveAsync(TimeSpan.FromSeconds(10));

        await station.Restart();

        var counts = await station.Bus.CountAsync();
        Assert.Equal(50, counts.Single(count => count.Path == "school-closures").Active);
        var receiver = new ReceiverLink(new Session(await station.Connect()), "r", "school-closures");
        var ids = new HashSet<string>();
        for (var i = 0; i < 50; i++)
        {
            var message = await receiver.ReceiveAsync(TimeSpan.FromSeconds(10));
            ids.Add(message.Properties.MessageId);
            receiver.Accept(message);
        }

        Assert.Equal(50, ids.Count);
    }

    [Fact]
    public async Task A_dead_letter_is_seen_and_sent_back_from_within()
    {
        await using var station = await Station.Start();
        var session = new Session(await station.Connect());
        await new SenderLink(session, "s", "school-closures").SendAsync(Station.Message("1"));
        var receiver = new ReceiverLink(session, "r", "school-closures");
        receiver.Reject(await receiver.ReceiveAsync(TimeSpan.FromSeconds(10)), new Error("bad-form") { Description = "$.school: missing." });
        var reader = new ReceiverLink(session, "d", "school-closures/$deadletterqueue");
        var dead = await reader.ReceiveAsync(TimeSpan.FromSeconds(10));
        await reader.CloseAsync();
        Assert.Equal("$.school: missing.", dead.ApplicationProperties["DeadLetterErrorDescription"]);
        station.Clock.Advance(TimeSpan.FromMinutes(1));

        var letter = Assert.Single((await station.Bus.DeadLettersAsync("school-closures"))!);
        Assert.True(await station.Bus.ResubmitAsync("school-closures", letter.SequenceNumber));

        Assert.Equal("bad-form", letter.DeadLetterReason);
        Assert.Equal("1", (await receiver.ReceiveAsync(TimeSpan.FromSeconds(10))).Properties.MessageId);
    }
}
