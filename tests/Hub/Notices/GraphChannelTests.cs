using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.Notices;

public class GraphChannelTests
{
    private static readonly FakeTimeProvider Time = new(new DateTimeOffset(2026, 6, 10, 6, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Mail_goes_from_the_shared_mailbox_with_its_id_in_a_header()
    {
        await using var graph = await FakeGraph.StartAsync();

        var result = await Send(graph, new NoticeAddress { Mail = "therapist@example.org" });

        Assert.Equal(EffectFault.None, result.Fault);
        var mail = Assert.Single(graph.Mails)["Message"] ?? graph.Mails[0]["message"]!;
        Assert.Equal("Overdue", (string?)mail["subject"]);
        Assert.Equal("Text.", (string?)mail["body"]!["content"]);
        Assert.Equal("therapist@example.org", (string?)mail["toRecipients"]![0]!["emailAddress"]!["address"]);
        Assert.Equal("330-X/9/1", (string?)mail["internetMessageHeaders"]![0]!["value"]);
    }

    [Fact]
    public async Task A_channel_of_Teams_gets_a_message()
    {
        await using var graph = await FakeGraph.StartAsync();

        var result = await Send(graph, new NoticeAddress { Teams = new TeamsChannel("team-1", "19:abc@thread.tacv2") });

        Assert.Equal(new EffectResult(EffectFault.None, "1700000000000"), result);
        Assert.Equal(("team-1", "19:abc@thread.tacv2"), (graph.ChannelMessages.Single().Team, graph.ChannelMessages.Single().Channel));
    }

    [Fact]
    public async Task The_manager_is_looked_up_when_the_notice_goes_out()
    {
        await using var graph = await FakeGraph.StartAsync();

        Assert.Equal(EffectFault.None, (await Send(graph, new NoticeAddress { ManagerOf = "therapist@example.org" })).Fault);
        Assert.Contains("manager@example.org", graph.Mails.Single().ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(EffectFault.NeedsHuman, (await Send(graph, new NoticeAddress { ManagerOf = "nobody@example.org" })).Fault);
    }

    [Fact]
    public async Task A_token_that_is_refused_is_renewed_once()
    {
        await using var graph = await FakeGraph.StartAsync();
        var channel = graph.Connect(Time);
        await Send(channel, new NoticeAddress { Mail = "therapist@example.org" });
        graph.RevokeTokens();

        var result = await Send(channel, new NoticeAddress { Mail = "therapist@example.org" });

        Assert.Equal((EffectFault.None, 2, 2), (result.Fault, graph.TokensIssued, graph.Mails.Count));
    }

    [Fact]
    public async Task A_call_that_stays_refused_needs_a_person()
    {
        await using var graph = await FakeGraph.StartAsync();
        graph.Next(401);
        graph.Next(401);

        Assert.Equal(EffectFault.NeedsHuman, (await Send(graph, new NoticeAddress { Mail = "therapist@example.org" })).Fault);
    }

    [Fact]
    public async Task A_wrong_secret_needs_a_person()
    {
        await using var graph = await FakeGraph.StartAsync();

        Assert.Equal(EffectFault.NeedsHuman, (await Send(graph.Connect(Time, "wrong"), new NoticeAddress { Mail = "therapist@example.org" })).Fault);
    }

    [Theory]
    [InlineData(429, "TooManyRequests", "120", EffectFault.Transient, 120)]
    [InlineData(429, "TooManyRequests", "Wed, 10 Jun 2026 06:05:00 GMT", EffectFault.Transient, 300)]
    [InlineData(503, "serviceNotAvailable", "7", EffectFault.Transient, 7)]
    [InlineData(500, "generalException", null, EffectFault.Transient, null)]
    [InlineData(504, "timeout", null, EffectFault.Transient, null)]
    [InlineData(404, "ErrorItemNotFound", null, EffectFault.NeedsHuman, null)]
    [InlineData(403, "ErrorAccessDenied", null, EffectFault.NeedsHuman, null)]
    [InlineData(400, "ErrorInvalidRecipients", null, EffectFault.NeedsHuman, null)]
    [InlineData(400, "BadRequest", null, EffectFault.Permanent, null)]
    [InlineData(413, "RequestEntityTooLarge", null, EffectFault.Permanent, null)]
    public async Task What_Graph_refuses_is_sorted_and_its_words_are_not_passed_on(int status, string code, string? retryAfter, EffectFault fault, int? wait)
    {
        await using var graph = await FakeGraph.StartAsync();
        graph.Next(status, code, retryAfter);

        var result = await Send(graph, new NoticeAddress { Mail = "therapist@example.org" });

        Assert.Equal(fault, result.Fault);
        Assert.Equal(wait, (int?)result.RetryAfter?.TotalSeconds);
        Assert.Contains(code, result.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("therapist", result.Detail, StringComparison.Ordinal);
        Assert.Empty(graph.Mails);
    }

    [Fact]
    public async Task A_server_that_is_gone_is_tried_again_later()
    {
        var graph = await FakeGraph.StartAsync();
        var channel = graph.Connect(Time);
        await Send(channel, new NoticeAddress { Mail = "therapist@example.org" });
        await graph.DisposeAsync();

        Assert.Equal(EffectFault.Transient, (await Send(channel, new NoticeAddress { Mail = "therapist@example.org" })).Fault);
    }

    private static ValueTask<EffectResult> Send(FakeGraph graph, NoticeAddress to) => Send(graph.Connect(Time), to);

    private static ValueTask<EffectResult> Send(INoticeChannel channel, NoticeAddress to) =>
        channel.SendAsync(new NoticeMessage("330-X/9/1", "contributor", to, "Overdue", "Text."), TestContext.Current.CancellationToken);
}
