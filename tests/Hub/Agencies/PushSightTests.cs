using System.Net;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Sending;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Hub.Tests.Agencies;

/// <summary>What an agency reads that was asked for nothing and only pushed an assessment: nothing before the council is satisfied with it, and never anything of the child.</summary>
public sealed class PushSightTests
{
    private static readonly AgencyId Pusher = HubUnderTest.Pushing;
    private static readonly string[] OfTheChild =
        ["Alex", "Example\"", "Sam Example", "mother", "2016-03-14", "AB1 2CD", "9990000018", "Q330100101501", "Example Primary School", "sam@example.org", "words-of-the-trust"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Every endpoint at which an agency may read a case or send something about it.</summary>
    private static readonly (string Method, string Path, string? Body)[] Endpoints =
    [
        ("GET", "", null),
        ("GET", "/timeline", null),
        ("GET", "/limits", null),
        ("GET", "/plans", null),
        ("GET", "/plans/1", null),
        ("GET", "/attachments/{sha}", null),
        ("POST", "/attachments", "%PDF-1.7"),
        ("POST", "/agree-existing-advice", """{ "existingId": "{push}", "party": "author", "agrees": true }"""),
        ("POST", "/acknowledge-advice-request", """{ "requestId": "medical-1" }"""),
        ("POST", "/submit-advice", """{ "requestId": "medical-1", "content": { "author": "A", "authorRole": "B", "writtenOn": "2026-06-01" } }"""),
    ];

    [Theory]
    [InlineData("nobody")]
    [InlineData("a person attaches it")]
    public async Task Before_the_council_is_satisfied_the_case_does_not_exist_for_it(string attaches)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await PushedAsync(hub, doubtful: attaches != "nobody");
        var token = hub.AgencyToken(Pusher);

        foreach (var (method, path, body) in Endpoints)
        {
            using var answer = await CallAsync(hub, id, method, path, body, token);
            Assert.Equal((path, HttpStatusCode.NotFound), (path, answer.StatusCode));
        }

        using var list = await hub.GetAsync("/v1/cases", token);
        Assert.DoesNotContain(id.Value, await list.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Empty(await ToldOnTheBusAsync(hub, id));
    }

    [Fact]
    public async Task After_it_the_agency_reads_its_own_advice_and_nothing_of_the_child_or_of_others()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await PushedAsync(hub, doubtful: false);
        var push = Assert.Single((await hub.Store.LoadAsync(id, Stop)).State.Existing).Id;
        await hub.SubmitAsync(id, new AgreeExistingAdvice(push, AgreeingParty.Council, true));
        var token = hub.AgencyToken(Pusher);

        using var view = await hub.GetAsync($"/v1/cases/{id}", token);
        Assert.Equal(HttpStatusCode.OK, view.StatusCode);
        Assert.Contains("words-of-the-pusher", await view.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        foreach (var (method, path, body) in Endpoints)
        {
            using var answer = await CallAsync(hub, id, method, path, body, token);
            var text = await answer.Content.ReadAsStringAsync(Stop);
            Assert.All(OfTheChild, hidden => Assert.DoesNotContain(hidden, text, StringComparison.Ordinal));
        }

        using var evidence = await hub.GetAsync($"/v1/cases/{id}/attachments/{new string('0', 64)}", token);
        Assert.Equal(HttpStatusCode.NotFound, evidence.StatusCode);
        Assert.Empty(await ToldOnTheBusAsync(hub, id));
    }

    [Fact]
    public async Task A_wrong_name_with_the_right_number_and_birthday_waits_for_a_person()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await SeedAsync(hub);

        await PushAsync(hub, id, child => child with { GivenName = "Robin", FamilyName = "Otterby" });

        var state = (await hub.Store.LoadAsync(id, Stop)).State;
        Assert.Empty(state.Existing);
        Assert.Contains(state.Attention, matter => matter.Id.StartsWith("pushed-", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ZZ9 9ZZ")]
    public async Task Name_and_birthday_without_the_postcode_wait_for_a_person_and_are_not_deleted_unseen(string? postcode)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await SeedAsync(hub);

        await PushAsync(hub, id, child => child with { NhsNumber = null, NhsNumberStatus = null, Upn = null, Postcode = postcode });

        var state = (await hub.Store.LoadAsync(id, Stop)).State;
        Assert.Empty(state.Existing);
        Assert.Contains(state.Attention, matter => matter.Id.StartsWith("pushed-", StringComparison.Ordinal));
    }

    private static async Task<AssessmentId> SeedAsync(HubUnderTest hub)
    {
        // The school of the example is the agency that pushes: here another school is asked, so that it was asked for nothing.
        var id = AssessmentId.For(HubUnderTest.Own, "pushed");
        var example = (await hub.Store.LoadAsync(await hub.SeedAsync("example", HubUnderTest.Other), Stop)).State.Facts!;
        await hub.SubmitAsync(
            id,
            new OpenAssessment(example with
            {
                Child = example.Child with { Postcode = "AB1 2CD", GivenName = "Alexandra", NhsNumber = HubUnderTest.Parse<NhsNumber>("9000000009"), Upn = null },
                Setting = example.Setting! with { Id = HubUnderTest.Parse<AgencyId>("urn:100009") },
            }));
        await hub.SubmitAsync(id, new RecordConsultation(new DateOnly(2026, 6, 3), "They wish for it."));
        await hub.SubmitAsync(id, new DecideWhetherToAssess(true, "It may be necessary."));
        return id;
    }

    private static async Task<AssessmentId> PushedAsync(HubUnderTest hub, bool doubtful)
    {
        var id = await SeedAsync(hub);
        await hub.SubmitAsync(
            id,
            new SubmitAdvice("medical-1", new AdviceContent { Author = "Dr Robin", AuthorRole = "paediatrician", WrittenOn = new DateOnly(2026, 6, 9), Needs = [new AdviceNeed("n1", NeedArea.Health, "words-of-the-trust")] }),
            new Actor { Role = ActorRole.Agency, Id = "x", Agency = HubUnderTest.Asked });
        await PushAsync(hub, id, child => doubtful ? child with { FamilyName = "Otterby" } : child);
        if (doubtful)
        {
            var key = Assert.Single((await hub.Store.LoadAsync(id, Stop)).State.Attention, matter => matter.Id.StartsWith("pushed-", StringComparison.Ordinal)).Id["pushed-".Length..];
            using var attached = await hub.SendAsync(HttpMethod.Post, $"/v1/pushed-assessments/{key}/attach", hub.Officer(), $$"""{"assessment":"{{id}}","reason":"It is this child."}""");
            Assert.Equal(HttpStatusCode.OK, attached.StatusCode);
        }

        Assert.Single((await hub.Store.LoadAsync(id, Stop)).State.Existing);
        return id;
    }

    private static async Task PushAsync(HubUnderTest hub, AssessmentId like, Func<Contracts.Parties.Child, Contracts.Parties.Child> said)
    {
        var pushed = new AssessmentPushed
        {
            Agency = Pusher,
            Reference = "S-17",
            Kind = AdviceKind.Educational,
            Child = said((await hub.Store.LoadAsync(like, Stop)).State.Facts!.Child),
            CompletedOn = new DateOnly(2026, 5, 1),
            Advice = new AdviceContent { Author = "A. Teacher", AuthorRole = "SENCO", WrittenOn = new DateOnly(2026, 5, 1), Needs = [new AdviceNeed("n1", NeedArea.Education, "words-of-the-pusher")] },
        };
        var message = BusMessages.For(pushed);
        var parts = CloudEventBinding.Write(new CloudEvent { Id = "push-1", Source = "urn:school", Type = message.Type, Data = BusJson.Write(pushed) });
        Assert.Equal(Settlement.Complete, (await hub.Part<IBusReceiver>().ReceiveAsync(new ReceivedBusMessage(message.Entity.Name, "push-1", null, null, parts, 1), Stop)).Settlement);
    }

    private static async Task<HttpResponseMessage> CallAsync(HubUnderTest hub, AssessmentId id, string method, string path, string? body, string token)
    {
        var push = (await hub.Store.LoadAsync(id, Stop)).State.Existing[0].Id;
        return await hub.SendAsync(
            new HttpMethod(method), $"/v1/cases/{id}{path.Replace("{sha}", new string('0', 64), StringComparison.Ordinal)}", token,
            body?.Replace("{push}", push, StringComparison.Ordinal), method == "POST" ? $"k{path}" : null);
    }

    /// <summary>What the topic of the status of assessments carries to the agency.</summary>
    private static async Task<IReadOnlyList<CloudEvent>> ToldOnTheBusAsync(HubUnderTest hub, AssessmentId id)
    {
        var bus = new RecordingBus();
        var publishing = new StatusPublisher(hub.Store, new AgencyDirectory([new AgencyEntry { Id = Pusher, Reach = Reach.Bus }]), bus);
        var published = (await hub.Store.EffectsAsync(id, Stop)).Where(effect => effect.Effect.Effect is PublishStatus).ToList();
        Assert.NotEmpty(published);
        foreach (var effect in published)
        {
            await publishing.RunAsync(effect.Effect, Stop);
        }

        return bus.Sent;
    }

    private sealed class RecordingBus : IBusSender
    {
        internal List<CloudEvent> Sent { get; } = [];

        public ValueTask<EffectResult> SendAsync(string entity, CloudEvent cloudEvent, string? sessionId, string? correlationId, CancellationToken cancellationToken = default)
        {
            Sent.Add(cloudEvent);
            return new(EffectResult.Done());
        }
    }
}
