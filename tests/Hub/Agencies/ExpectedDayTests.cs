using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Agencies;

/// <summary>An agency on the bus that says a second time on which day it will answer is heard.</summary>
public sealed class ExpectedDayTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_later_day_is_in_the_case_and_the_same_day_is_said_once()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("expected");
        var first = new DateOnly(2026, 7, 1);
        var second = new DateOnly(2026, 7, 20);
        foreach (var (key, day) in new[] { ("a-1", (DateOnly?)first), ("a-2", first), ("a-3", null), ("a-4", second) })
        {
            var verdict = await AcceptAsync(hub, id, key, day);
            Assert.Equal((Settlement.Complete, null), (verdict.Settlement, verdict.Description));
        }

        var told = (await hub.Store.EventsAsync(id, cancellationToken: Stop)).Select(entry => entry.What).ToList();
        Assert.Equal(first, Assert.Single(told.OfType<AdviceRequestMoved>(), moved => moved.To == Orchestrations.Advice.RequestStatus.Accepted).ExpectedOn);
        var later = Assert.Single(told.OfType<AdviceRequestReported>());
        Assert.Equal(AdviserReport.Planned, later.Report);
        Assert.Contains("20 July 2026", later.Text, StringComparison.Ordinal);
        Assert.Equal(second, (await hub.Store.LoadAsync(id, Stop)).State.Requests.First(request => request.Agency?.Id == HubUnderTest.Pushing).ExpectedOn);
    }

    [Fact]
    public async Task Who_declined_and_then_accepts_is_heard_or_told_that_nobody_waits()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("declined");
        var asked = await AskedAsync(hub, id);
        var declined = await SendAsync(hub, id, "d-1", new AdviceDeclined { Assessment = id, Request = asked.Id, Agency = HubUnderTest.Pushing, Reason = DeclineReason.NotKnown, Explanation = "Not on our books." });
        Assert.Equal(Settlement.Complete, declined.Settlement);

        var accepted = await AcceptAsync(hub, id, "d-2", new DateOnly(2026, 7, 1));

        Assert.Equal(Settlement.Complete, accepted.Settlement);
        Assert.Equal((true, new DateOnly(2026, 7, 1)), ((await AskedAsync(hub, id)).IsOpen, (await AskedAsync(hub, id)).ExpectedOn));

        await SendAsync(hub, id, "d-3", new AdviceDeclined { Assessment = id, Request = asked.Id, Agency = HubUnderTest.Pushing, Reason = DeclineReason.NotKnown, Explanation = "Not on our books." });
        await hub.SubmitAsync(id, new WithdrawRequest(new DateOnly(2026, 6, 3), "The family manages."));
        var late = await AcceptAsync(hub, id, "d-4", null);
        Assert.Equal((Settlement.DeadLetter, "ended"), (late.Settlement, late.Reason));
    }

    private static async Task<Orchestrations.Advice.AdviceRequest> AskedAsync(HubUnderTest hub, AssessmentId id) =>
        (await hub.Store.LoadAsync(id, Stop)).State.Requests.First(request => request.Agency?.Id == HubUnderTest.Pushing);

    private static async Task<BusDecision> AcceptAsync(HubUnderTest hub, AssessmentId id, string key, DateOnly? day)
    {
        var asked = await AskedAsync(hub, id);
        return await SendAsync(hub, id, key, new AdviceAccepted { Assessment = id, Request = asked.Id, Agency = HubUnderTest.Pushing, ExpectedOn = day });
    }

    private static async Task<BusDecision> SendAsync<T>(HubUnderTest hub, AssessmentId id, string key, T body)
        where T : class
    {
        var message = BusMessages.For(body);
        var parts = CloudEventBinding.Write(new CloudEvent { Id = key, Source = "urn:agency", Type = message.Type, Data = BusJson.Write(body) });
        return await hub.Part<IBusReceiver>().ReceiveAsync(new ReceivedBusMessage(message.Entity.Name, key, id.Value, null, parts, 1), Stop);
    }
}
