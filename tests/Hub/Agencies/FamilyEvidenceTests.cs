using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Agencies.Sending;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using AdviceRequested = IntegrationHub.Contracts.Bus.AdviceRequested;

namespace IntegrationHub.Hub.Tests.Agencies;

/// <summary>Whoever is asked for advice is given the family's representations and evidence (SEND Regs 2014 reg 6(3)), and nobody else is.</summary>
public sealed class FamilyEvidenceTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_carries_the_documents_and_only_the_one_asked_fetches_them()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        var document = await UploadAsync(hub, id);
        var fetch = $"/v1/cases/{id}/attachments/{document.Sha256}";
        using var before = await hub.GetAsync(fetch, hub.AgencyToken(HubUnderTest.Asked));
        var evidence = new JsonObject
        {
            ["evidenceId"] = "e1",
            ["kind"] = "representations",
            ["receivedOn"] = "2026-06-09",
            ["documents"] = new JsonArray(new JsonObject
            {
                ["token"] = document.Token,
                ["fileName"] = document.FileName,
                ["contentType"] = document.ContentType,
                ["size"] = document.Size,
                ["sha256"] = document.Sha256,
            }),
        };
        using var recorded = await hub.PostAsync($"/v1/cases/{id}/record-family-evidence", hub.Family(id), evidence.ToJsonString(), "e1");
        using var twice = await hub.PostAsync($"/v1/cases/{id}/record-family-evidence", hub.Officer(), evidence.ToJsonString(), "e1-again");

        var asked = await AskedAsync(hub, id);
        using var byAsked = await hub.GetAsync(fetch, hub.AgencyToken(HubUnderTest.Asked));
        using var byOther = await hub.GetAsync(fetch, hub.AgencyToken(HubUnderTest.NotAsked));
        using var byFamily = await hub.GetAsync(fetch, hub.Family(id));
        await hub.SubmitAsync(id, new WithdrawAdviceRequest("medical-1", "Another trust is asked."));
        using var afterwards = await hub.GetAsync(fetch, hub.AgencyToken(HubUnderTest.Asked));

        Assert.Equal([document], asked.Attachments);
        Assert.Equal(
            (HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.Conflict, HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.OK, HttpStatusCode.NotFound),
            (before.StatusCode, recorded.StatusCode, twice.StatusCode, byAsked.StatusCode, byOther.StatusCode, byFamily.StatusCode, afterwards.StatusCode));
        Assert.Equal("letter.pdf", byAsked.Content.Headers.ContentDisposition?.FileName);

        // Those asked before it came must have it too: a person is told to send their requests again.
        Assert.Contains((await hub.Store.LoadAsync(id, Stop)).State.Attention, matter => matter.Id == "evidence-e1");
    }

    [Fact]
    public void Over_FHIR_the_task_names_them()
    {
        var document = new AttachmentRef("t", "letter.pdf", "application/pdf", 4, new string('a', 64));
        var id = AssessmentId.For(HubUnderTest.Own, "fhir");
        var agency = new Contracts.Parties.Agency { Id = HubUnderTest.Asked, Name = "Example NHS Trust" };
        var task = RequestResources.Of(
            new RequestForAdvice
            {
                Assessment = id,
                RequestId = "medical-1",
                Child = new Contracts.Parties.Child { GivenName = "A", FamilyName = "B", DateOfBirth = new DateOnly(2016, 1, 1) },
                Council = new Contracts.Parties.Agency { Id = HubUnderTest.Parse<AgencyId>("la:330/send"), Name = "Council" },
                Provider = agency,
                Kind = AdviceKind.Medical,
                LegalBasis = "reg 6(1)(c)",
                RequestedOn = new DateOnly(2026, 6, 10),
                Due = new DateOnly(2026, 7, 22),
                Asked = "Please give medical advice.",
                Documents = [document],
            },
            new DateTimeOffset(2026, 6, 10, 0, 0, 0, TimeSpan.Zero)).Task;

        var attachment = Assert.Single(task.Input.Select(input => input.Value).OfType<Hl7.Fhir.Model.Attachment>());
        Assert.Equal(($"/v1/cases/{id}/attachments/{document.Sha256}", "letter.pdf", "application/pdf"), (attachment.Url, attachment.Title, attachment.ContentType));
    }

    private static async Task<AdviceRequested> AskedAsync(HubUnderTest hub, AssessmentId id)
    {
        var bus = new RecordingBus();
        var effects = new AgencyEffects(
            hub.Store, hub.Part<RuleBook>(), new AgencyDirectory([new AgencyEntry { Id = HubUnderTest.Asked, Reach = Reach.Bus }]), [new BusChannel(bus, hub.Time)]);
        var request = (await hub.Store.EffectsAsync(id, Stop)).Single(e => e.Effect.Effect is SendAdviceRequest { RequestId: "medical-1" });
        Assert.Equal(EffectFault.None, (await effects.RunAsync(request.Effect, Stop)).Fault);
        return Assert.IsType<AdviceRequested>(MessageReader.Read(bus.Sent!).Value);
    }

    private static async Task<AttachmentRef> UploadAsync(HubUnderTest hub, AssessmentId id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/cases/{id}/attachments");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", hub.Family(id));
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        request.Content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = "letter.pdf" };
        using var answer = await hub.Client.SendAsync(request, Stop);
        var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
        return new AttachmentRef((string)said["token"]!, (string)said["fileName"]!, (string)said["contentType"]!, (long)said["size"]!, (string)said["sha256"]!);
    }

    private sealed class RecordingBus : IBusSender
    {
        internal CloudEvent? Sent { get; private set; }

        public ValueTask<EffectResult> SendAsync(string entity, CloudEvent cloudEvent, string? sessionId, string? correlationId, CancellationToken cancellationToken = default)
        {
            Sent = cloudEvent;
            return new(EffectResult.Done());
        }
    }
}
