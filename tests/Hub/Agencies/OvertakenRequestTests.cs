using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Sending;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Hub.Tests.Agencies;

/// <summary>A request that is withdrawn while it waits to be sent: nobody gets the child's details after the withdrawal, and no withdrawal
/// comes before its request.</summary>
public sealed class OvertakenRequestTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_request_that_is_no_longer_open_is_not_sent_and_its_withdrawal_waits_for_it(bool arrivedBefore)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("overtaken");
        var bus = new Kept();
        var agencies = new AgencyEffects(
            hub.Store, hub.Part<RuleBook>(), new AgencyDirectory([new AgencyEntry { Id = HubUnderTest.Asked, Reach = Reach.Bus }]), [new BusChannel(bus, hub.Time)]);
        var runner = new EffectRunner(hub.Store, [agencies], hub.Time);
        var asking = (await hub.Store.EffectsAsync(id, Stop)).Single(e => e.Effect.Effect is SendAdviceRequest { RequestId: "medical-1" }).Effect;
        if (arrivedBefore)
        {
            Assert.True(await runner.RunAsync(new PendingEffect(asking, 0, hub.Time.GetUtcNow()), Stop));
            Assert.Single(bus.Sent);
        }

        await hub.SubmitAsync(id, new WithdrawAdviceRequest("medical-1", "No longer needed."));
        var withdrawal = new PendingEffect((await hub.Store.EffectsAsync(id, Stop)).Single(e => e.Effect.Effect is SendWithdrawal).Effect, 0, hub.Time.GetUtcNow());

        Assert.Equal(arrivedBefore, await runner.RunAsync(withdrawal, Stop));
        if (!arrivedBefore)
        {
            Assert.Empty(bus.Sent);
            Assert.True(await runner.RunAsync(new PendingEffect(asking, 1, hub.Time.GetUtcNow()), Stop));
            Assert.Empty(bus.Sent);
            Assert.True(await runner.RunAsync(withdrawal, Stop));
        }

        Assert.Equal(typeof(AdviceRequestWithdrawn), MessageReader.Read(bus.Sent[^1]).Value!.GetType());
        Assert.Equal(arrivedBefore ? 2 : 1, bus.Sent.Count);
    }

    [Fact]
    public async Task Advice_that_was_returned_is_not_asked_for_again_after_the_withdrawal()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("overtaken");
        var bus = new Kept();
        var agencies = new AgencyEffects(
            hub.Store, hub.Part<RuleBook>(), new AgencyDirectory([new AgencyEntry { Id = HubUnderTest.Asked, Reach = Reach.Bus }]), [new BusChannel(bus, hub.Time)]);
        var content = new Contracts.Advice.AdviceContent { Author = "A. Author", AuthorRole = "Paediatrician", WrittenOn = new DateOnly(2026, 6, 9), Views = [new Contracts.Advice.AdviceView("v1", "Likes drawing.")] };
        await hub.SubmitAsync(id, new SubmitAdvice("medical-1", content), new Actor { Role = ActorRole.Agency, Id = "body", Agency = HubUnderTest.Asked });
        await hub.SubmitAsync(id, new ReturnAdvice("medical-1.1", "More is needed."));
        await hub.SubmitAsync(id, new WithdrawAdviceRequest("medical-1", "No longer needed."));

        var returned = (await hub.Store.EffectsAsync(id, Stop)).Single(e => e.Effect.Effect is ReturnAdviceToAuthor).Effect;
        Assert.Equal(EffectFault.None, (await agencies.RunAsync(returned, Stop)).Fault);
        Assert.Empty(bus.Sent);
    }

    private sealed class Kept : IBusSender
    {
        internal List<CloudEvent> Sent { get; } = [];

        public ValueTask<EffectResult> SendAsync(string entity, CloudEvent cloudEvent, string? sessionId, string? correlationId, CancellationToken cancellationToken = default)
        {
            Sent.Add(cloudEvent);
            return new(EffectResult.Done());
        }
    }
}
