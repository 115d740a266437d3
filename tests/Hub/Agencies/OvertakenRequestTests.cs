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

    [Fact]
    public async Task However_many_requests_of_a_case_are_withdrawn_its_effects_are_read_once_and_again_after_a_change()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("many");
        var store = CountedStore.Around(hub.Store);
        var bus = new Kept();
        var asked = (await hub.Store.LoadAsync(id, Stop)).State.Requests.Where(request => request.Agency is not null).ToList();
        Assert.True(asked.Count > 2);
        var agencies = new AgencyEffects(
            store, hub.Part<RuleBook>(), new AgencyDirectory([.. asked.Select(request => request.Agency!.Id).Distinct().Select(agency => new AgencyEntry { Id = agency, Reach = Reach.Bus })]), [new BusChannel(bus, hub.Time)]);
        var runner = new EffectRunner(hub.Store, [agencies], hub.Time);
        foreach (var asking in (await hub.Store.EffectsAsync(id, Stop)).Where(e => e is { End: null, Effect.Effect: SendAdviceRequest }).ToList())
        {
            Assert.True(await runner.RunAsync(new PendingEffect(asking.Effect, 0, hub.Time.GetUtcNow()), Stop));
        }

        await hub.SubmitAsync(id, new WithdrawRequest(new DateOnly(2026, 6, 10), "The family moved away."));
        var withdrawals = (await hub.Store.EffectsAsync(id, Stop)).Where(e => e.Effect.Effect is SendWithdrawal).Select(e => e.Effect).ToList();
        foreach (var withdrawal in withdrawals)
        {
            Assert.Equal(EffectFault.None, (await agencies.RunAsync(withdrawal, Stop)).Fault);
        }

        Assert.Equal((true, 1), (withdrawals.Count > 1, ((CountedStore)(object)store).Reads));

        await hub.SubmitAsync(id, new RecordNote("n1", CaseNoteKind.Note, new DateOnly(2026, 6, 10), "A note."));
        await agencies.RunAsync(withdrawals[0], Stop);
        Assert.Equal(2, ((CountedStore)(object)store).Reads);
    }

    /// <summary>A store that counts how often a case's effects are read.</summary>
    public class CountedStore : System.Reflection.DispatchProxy
    {
        private IAssessmentStore? inner;

        internal int Reads { get; private set; }

        internal static IAssessmentStore Around(IAssessmentStore store)
        {
            var counted = Create<IAssessmentStore, CountedStore>();
            ((CountedStore)(object)counted).inner = store;
            return counted;
        }

        protected override object? Invoke(System.Reflection.MethodInfo? targetMethod, object?[]? args)
        {
            Reads += targetMethod!.Name == nameof(IAssessmentStore.EffectsAsync) ? 1 : 0;
            return targetMethod.Invoke(inner, args);
        }
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
