using System.Text;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Sending;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Hub.Tests.Agencies;

/// <summary>
/// A correction over the bus: whoever still answers hears the new facts, whoever has nothing left to answer hears that what it was told
/// was wrong and not a word of the new. For every state in which a request can be.
/// </summary>
public sealed class BusCorrectionTests
{
    private static readonly string[] OfTheNewChild = ["Rowena", "Wetherell", "9449305552", "2015-02-03", "ZZ1 1ZZ"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("asked", true)]
    [InlineData("acknowledged", true)]
    [InlineData("accepted", true)]
    [InlineData("answered", true)]
    [InlineData("returned", true)]
    [InlineData("declined", false)]
    [InlineData("withdrawn", false)]
    public async Task It_goes_to_everybody_who_was_told_with_the_new_facts_only_to_whom_they_concern(string standing, bool concerns)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("correct");
        await LiveAsync(hub, id, standing);
        var facts = (await hub.Store.LoadAsync(id, Stop)).State.Facts!;
        await hub.SubmitAsync(id, new CorrectFacts("Another child's details were entered.", Child: facts.Child with
        {
            GivenName = "Rowena",
            FamilyName = "Wetherell",
            DateOfBirth = new DateOnly(2015, 2, 3),
            NhsNumber = HubUnderTest.Parse<NhsNumber>("9449305552"),
            Postcode = "ZZ1 1ZZ",
        }));

        var sent = await SentAsync(hub, id);

        var message = Assert.Single(sent, e => Encoding.UTF8.GetString(e.Data.Span).Contains("medical-1", StringComparison.Ordinal));
        var text = Encoding.UTF8.GetString(message.Data.Span);
        Assert.Equal(concerns ? typeof(Contracts.Bus.AdviceRequested) : typeof(AdviceRequestWithdrawn), MessageReader.Read(message).Value!.GetType());
        Assert.All(OfTheNewChild, word => Assert.Equal(concerns, text.Contains(word, StringComparison.Ordinal)));
        Assert.DoesNotContain(facts.Child.NhsNumber!.Value.Value, text, StringComparison.Ordinal);
        Assert.Contains(concerns ? "disregard the earlier details" : "Disregard the earlier details and delete them", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_that_changes_nothing_they_were_told_is_sent_to_nobody()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("correct");
        await hub.SubmitAsync(id, new CorrectFacts("A slip.", ReceivedOn: new DateOnly(2026, 5, 29)));

        Assert.Empty(await SentAsync(hub, id));
    }

    private static async Task LiveAsync(HubUnderTest hub, AssessmentId id, string standing)
    {
        var body = new Actor { Role = ActorRole.Agency, Id = "body", Agency = HubUnderTest.Asked };
        var content = new Contracts.Advice.AdviceContent { Author = "A. Author", AuthorRole = "Paediatrician", WrittenOn = new DateOnly(2026, 6, 9), Views = [new Contracts.Advice.AdviceView("v1", "Likes drawing.")] };
        switch (standing)
        {
            case "acknowledged": await hub.SubmitAsync(id, new AcknowledgeAdviceRequest("medical-1"), body); break;
            case "accepted": await hub.SubmitAsync(id, new AcceptAdviceRequest("medical-1"), body); break;
            case "answered": await hub.SubmitAsync(id, new SubmitAdvice("medical-1", content), body); break;
            case "declined": await hub.SubmitAsync(id, new DeclineAdviceRequest("medical-1", "Not known here."), body); break;
            case "withdrawn": await hub.SubmitAsync(id, new WithdrawAdviceRequest("medical-1", "No longer needed.")); break;
            case "returned":
                await hub.SubmitAsync(id, new SubmitAdvice("medical-1", content), body);
                await hub.SubmitAsync(id, new ReturnAdvice("medical-1.1", "More is needed."));
                break;
        }
    }

    /// <summary>What the correction's effects put on the bus, with every agency reached there.</summary>
    private static async Task<IReadOnlyList<CloudEvent>> SentAsync(HubUnderTest hub, AssessmentId id)
    {
        var bus = new Kept();
        var asked = (await hub.Store.LoadAsync(id, Stop)).State.Requests.Select(r => r.Agency?.Id).OfType<AgencyId>().Distinct();
        var agencies = new AgencyEffects(
            hub.Store, hub.Part<RuleBook>(), new AgencyDirectory(asked.Select(agency => new AgencyEntry { Id = agency, Reach = Reach.Bus })), [new BusChannel(bus, hub.Time)]);
        foreach (var effect in (await hub.Store.EffectsAsync(id, Stop)).Where(e => e.Effect.Effect is SendCorrection))
        {
            Assert.Equal(EffectFault.None, (await agencies.RunAsync(effect.Effect, Stop)).Fault);
        }

        return bus.Sent;
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
