using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Hub.Tests.Access;

namespace IntegrationHub.Hub.Tests.Agencies;

/// <summary>Pushed assessments over the council's API: an agency brings a document and an assessment, an officer of each council sees their own candidates and decides.</summary>
public sealed class PushedEndpointTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_officer_reads_compares_and_attaches_and_the_document_comes_along()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var (own, theirs) = (await hub.SeedAsync("own"), await hub.SeedAsync("theirs", HubUnderTest.Other));
        var document = await UploadAsync(hub, hub.AgencyToken(HubUnderTest.Pushing));
        await PushAsync(hub, own, document);

        var waiting = (await ReadAsync(hub, "/v1/pushed-assessments", hub.Officer()))!.AsArray();
        var key = (string)Assert.Single(waiting)!["id"]!;
        var shown = (await ReadAsync(hub, $"/v1/pushed-assessments/{key}", hub.Officer()))!;
        var operators = (await ReadAsync(hub, $"/v1/pushed-assessments/{key}", hub.Operations()))!;
        using var notTheirs = await PostAsync(hub, $"/v1/pushed-assessments/{key}/attach", hub.Officer(), $$"""{"assessment":"{{theirs}}","reason":"x"}""");
        using var unread = await PostAsync(hub, $"/v1/pushed-assessments/{key}/attach", hub.Officer(), """{"assessment":"330-","reason":"x"}""");
        using var surplus = await PostAsync(hub, $"/v1/pushed-assessments/{key}/dismiss", hub.Officer(), """{"reason":"x","and":1}""");
        using var attached = await PostAsync(hub, $"/v1/pushed-assessments/{key}/attach", hub.Officer(), $$"""{"assessment":"{{own}}","reason":"It is this child."}""");
        using var again = await PostAsync(hub, $"/v1/pushed-assessments/{key}/attach", hub.Officer(), $$"""{"assessment":"{{own}}","reason":"It is this child."}""");
        using var others = await hub.GetAsync($"/v1/pushed-assessments/{key}", hub.Officer(HubUnderTest.Other));

        Assert.Equal(own.Value, (string?)Assert.Single(shown["candidates"]!.AsArray())!["assessment"]);
        Assert.Equal("same", (string?)shown["candidates"]![0]!["comparison"]!["nhsNumber"]);
        Assert.NotNull(shown["child"]);
        Assert.Equal(2, operators["candidates"]!.AsArray().Count);
        Assert.Null(operators["child"]);
        Assert.Equal(
            (HttpStatusCode.Conflict, HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound),
            (notTheirs.StatusCode, unread.StatusCode, surplus.StatusCode, attached.StatusCode, again.StatusCode, others.StatusCode));
        var state = (await hub.Store.LoadAsync(own, Stop)).State;
        Assert.Equal(document.Sha256, Assert.Single(Assert.Single(state.Existing).Content.Attachments).Sha256);
        using var file = await hub.GetAsync($"/v1/cases/{own}/attachments/{document.Sha256}", hub.Officer());
        Assert.Equal(document.Size, (await file.Content.ReadAsByteArrayAsync(Stop)).Length);
        Assert.Empty((await hub.Store.LoadAsync(theirs, Stop)).State.Existing);
    }

    [Theory]
    [InlineData("application/fhir+json", """{"resourceType":"Basic"}""")]
    [InlineData("text/html", "<html><body><p>Report</p></body></html>")]
    [InlineData("text/plain", "Report")]
    public async Task A_document_is_in_the_case_as_what_it_was_pushed_as(string type, string text)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var own = await hub.SeedAsync("own");
        var document = await UploadAsync(hub, hub.AgencyToken(HubUnderTest.Pushing), type, text);
        await PushAsync(hub, own, document);

        var state = (await hub.Store.LoadAsync(own, Stop)).State;

        Assert.Equal((type, document.Sha256, document.Size), Assert.Single(Assert.Single(state.Existing).Content.Attachments) is var kept ? (kept.ContentType, kept.Sha256, kept.Size) : default);
    }

    [Fact]
    public async Task When_the_store_of_documents_is_away_that_is_said_and_nothing_is_decided()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var own = await hub.SeedAsync("own");
        await hub.SeedAsync("own too");
        await PushAsync(hub, own, null);
        var key = (string)(await ReadAsync(hub, "/v1/pushed-assessments", hub.Officer()))![0]!["id"]!;

        hub.Documents.Away = true;
        using var list = await hub.GetAsync("/v1/pushed-assessments", hub.Officer());
        using var dismissed = await PostAsync(hub, $"/v1/pushed-assessments/{key}/dismiss", hub.Officer(), """{"reason":"x"}""");
        hub.Documents.Away = false;

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (list.StatusCode, dismissed.StatusCode));
        Assert.Single((await ReadAsync(hub, "/v1/pushed-assessments", hub.Officer()))!.AsArray());
    }

    private static async Task<AttachmentRef> UploadAsync(HubUnderTest hub, string token, string type = "application/pdf", string text = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/pushed-assessments/documents");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Content = new ByteArrayContent(Encoding.ASCII.GetBytes(text));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = "report.pdf" };
        using var answer = await hub.Client.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
        return new AttachmentRef((string)said["token"]!, (string)said["fileName"]!, (string)said["contentType"]!, (long)said["size"]!, (string)said["sha256"]!);
    }

    private static async Task PushAsync(HubUnderTest hub, Contracts.Identifiers.AssessmentId like, AttachmentRef? document)
    {
        var pushed = new AssessmentPushed
        {
            Agency = HubUnderTest.Pushing,
            Reference = "S-17",
            Kind = AdviceKind.Educational,
            Child = (await hub.Store.LoadAsync(like, Stop)).State.Facts!.Child,
            CompletedOn = new DateOnly(2026, 5, 1),
            Advice = new AdviceContent
            {
                Author = "A. Teacher",
                AuthorRole = "SENCO",
                WrittenOn = new DateOnly(2026, 5, 1),
                Needs = [new AdviceNeed("n1", NeedArea.Education, "Reading.")],
                Attachments = document is null ? [] : [document],
            },
        };
        var message = BusMessages.For(pushed);
        var parts = CloudEventBinding.Write(new CloudEvent { Id = "push-1", Source = "urn:school", Type = message.Type, Data = BusJson.Write(pushed) });
        Assert.Equal(Settlement.Complete, (await hub.Part<IBusReceiver>().ReceiveAsync(new ReceivedBusMessage(message.Entity.Name, "push-1", null, null, parts, 1), Stop)).Settlement);
    }

    private static async Task<JsonNode?> ReadAsync(HubUnderTest hub, string path, string token)
    {
        using var answer = await hub.GetAsync(path, token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop));
    }

    private static Task<HttpResponseMessage> PostAsync(HubUnderTest hub, string path, string token, string json) => hub.SendAsync(HttpMethod.Post, path, token, json);
}
