using System.Text;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Sending;
using IntegrationHub.Functions.Council;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Hub.Tests.Agencies;

/// <summary>An agency's system learns of a request that was taken over only when an officer sends the request again.</summary>
public sealed class TakenOverRequestTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_system_that_never_had_the_request_is_not_reminded_of_it_and_an_officer_is_told()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = AssessmentId.For(HubUnderTest.Own, "taken");
        var (step, _) = InputReading.Read(TakeOverAssessment.Definition, Encoding.UTF8.GetBytes(InputExamples.Of("take-over-assessment")!.ToJsonString()));
        await hub.SubmitAsync(id, step!);
        Assert.Empty(await hub.Store.EffectsAsync(id, Stop));

        Effect[] chased =
        [
            new SendReminder("medical-1", HubUnderTest.Asked, "remind-overdue"), new SendEscalation("medical-1", HubUnderTest.Asked, "escalate-manager", "contributor's manager"),
            new SendWithdrawal("medical-1", HubUnderTest.Asked), new SendCorrection("medical-1", HubUnderTest.Asked),
        ];
        foreach (var reach in new[] { Reach.Bus, Reach.FhirPull, Reach.FhirPush })
        {
            foreach (var effect in chased)
            {
                Assert.Equal((reach, EffectFault.NoChannel, 0), (reach, await RunAsync(hub, id, effect, reach), bus.Count));
            }
        }

        await hub.SubmitAsync(id, new SendRequestAgain("medical-1", "The trust asked."));
        Assert.IsType<SendAdviceRequest>(Assert.Single(await hub.Store.EffectsAsync(id, Stop)).Effect.Effect);
        Assert.Equal((EffectFault.None, EffectFault.None), (await RunAsync(hub, id, new SendAdviceRequest("medical-1", HubUnderTest.Asked), Reach.Bus), await RunAsync(hub, id, chased[0], Reach.Bus)));
        Assert.Equal(2, bus.Count);
    }

    private readonly List<CloudEvent> bus = [];

    private async Task<EffectFault> RunAsync(HubUnderTest hub, AssessmentId id, Effect effect, Reach reach)
    {
        var agencies = new AgencyEffects(
            hub.Store, hub.Part<RuleBook>(), new AgencyDirectory([new AgencyEntry { Id = HubUnderTest.Asked, Reach = reach }]), [new BusChannel(new Kept(bus), hub.Time), new Other(Reach.FhirPull), new Other(Reach.FhirPush)]);
        return (await agencies.RunAsync(new OutboxEffect($"{id}/1/1", id, effect, null), Stop)).Fault;
    }

    private sealed class Kept(List<CloudEvent> sent) : IBusSender
    {
        public ValueTask<EffectResult> SendAsync(string entity, CloudEvent cloudEvent, string? sessionId, string? correlationId, CancellationToken cancellationToken = default)
        {
            sent.Add(cloudEvent);
            return new(EffectResult.Done());
        }
    }

    private sealed class Other(Reach reach) : IAgencyChannel
    {
        public Reach Reach => reach;

        public ValueTask<EffectResult> SendAsync(AgencyMessage message, CancellationToken cancellationToken) => new(EffectResult.Done());
    }
}
