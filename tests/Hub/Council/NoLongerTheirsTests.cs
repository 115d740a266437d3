using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>What somebody could see and can see no more, because it was returned, corrected, taken back or refused.</summary>
public sealed class NoLongerTheirsTests
{
    private const string First = "words-of-the-first-letter";
    private const string Second = "words-of-the-second-letter";

    private static readonly Actor Asked = new() { Role = ActorRole.Agency, Id = "x", Agency = HubUnderTest.Asked };
    private static readonly Agency Elsewhere = new() { Id = HubUnderTest.Parse<AgencyId>("ods:RY8"), Name = "Another Trust" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("returned")]
    [InlineData("corrected")]
    [InlineData("taken back")]
    public async Task The_family_reads_neither_advice_nor_document_that_counts_no_more(string how)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        var document = await UploadAsync(hub, id);
        await hub.SubmitAsync(id, new SubmitAdvice("medical-1", Letter(First) with { Attachments = [document] }), Asked);
        await ServedAsync(hub, id);
        Assert.Contains(First, await ReadAsync(hub, $"/v1/cases/{id}", hub.Family(id)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(hub, id, document, hub.Family(id)));

        await hub.SubmitAsync(
            id,
            how switch
            {
                "returned" => new ReturnAdvice("medical-1.1", "It says nothing of provision."),
                "corrected" => new SubmitAdvice("medical-1", Letter(Second)),
                _ => new RetractAdvice("medical-1", "It was written about another child."),
            },
            how == "returned" ? null : Asked);
        var family = await ReadAsync(hub, $"/v1/cases/{id}", hub.Family(id));
        Assert.DoesNotContain(First, JsonNode.Parse(family)!["advice"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(how == "corrected", family.Contains(Second, StringComparison.Ordinal));
        Assert.Equal(how == "taken back" ? HttpStatusCode.NotFound : HttpStatusCode.OK, await StatusAsync(hub, id, document, hub.Family(id)));

        // Nothing is lost: council and author still read it.
        Assert.Contains(First, await ReadAsync(hub, $"/v1/cases/{id}", hub.Officer()), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(hub, id, document, hub.Officer()));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(hub, id, document, hub.AgencyToken(HubUnderTest.Asked)));
    }

    [Theory]
    [InlineData(AgreeingParty.Council)]
    [InlineData(AgreeingParty.Family)]
    [InlineData(AgreeingParty.Author)]
    public async Task Whose_existing_advice_is_refused_reads_nothing_of_the_child_from_then_on(AgreeingParty by)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        await hub.SubmitAsync(id, new ProposeExistingAdvice("existing-1", AdviceKind.Other, Elsewhere, Letter(First)));
        var token = hub.AgencyToken(Elsewhere.Id);
        Assert.Contains("Alex", await ReadAsync(hub, $"/v1/cases/{id}", token), StringComparison.Ordinal);

        await hub.SubmitAsync(id, new AgreeExistingAdvice("existing-1", by, false));

        var after = await ReadAsync(hub, $"/v1/cases/{id}", token);
        Assert.Contains(First, after, StringComparison.Ordinal);
        Assert.DoesNotContain("Alex", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_first_contact_reads_replaces_and_withdraws_nothing_that_the_former_one_wrote()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        var document = await UploadAsync(hub, id);
        var views = Letter("views") with { Views = [new AdviceView("v1", First)], Attachments = [document] };
        await hub.SubmitAsync(id, new SubmitAdvice("familyViews-1", views), new Actor { Role = ActorRole.Family, Id = "x" });
        Assert.Contains(First, await ReadAsync(hub, $"/v1/cases/{id}", hub.Family(id)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(hub, id, document, hub.Family(id)));

        await hub.SubmitAsync(id, new CorrectFacts("The child lives there now.", Family: new FamilyContact { Name = "Lee Other", Relationship = "father", PostalAddress = ["7 Other Road", "EX2 2BB"] }));

        Assert.DoesNotContain(First, await ReadAsync(hub, $"/v1/cases/{id}", hub.Family(id)), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(hub, id, document, hub.Family(id)));
        foreach (var (step, body) in new[]
        {
            ("submit-advice", """{ "requestId": "familyViews-1", "content": { "author": "Lee Other", "authorRole": "father", "writtenOn": "2026-06-10", "views": [{ "id": "v1", "text": "Mine." }] } }"""),
            ("retract-advice", """{ "requestId": "familyViews-1", "reason": "They are not mine." }"""),
        })
        {
            using var refused = await hub.PostAsync($"/v1/cases/{id}/{step}", hub.Family(id), body, step);
            Assert.Equal((step, HttpStatusCode.Forbidden), (step, refused.StatusCode));
            Assert.Contains("not-yours-to-say", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        // The draft is sent with the advice, and the council reads everything.
        await ServedAsync(hub, id, views: false);
        Assert.DoesNotContain(First, JsonNode.Parse(await ReadAsync(hub, $"/v1/cases/{id}", hub.Family(id)))!["advice"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(hub, id, document, hub.Family(id)));
        var council = JsonNode.Parse(await ReadAsync(hub, $"/v1/cases/{id}", hub.Officer()))!["state"]!["advice"]!.AsArray();
        Assert.Contains(council, one => (string?)one!["person"] == "former-contact-1" && one.ToJsonString().Contains(First, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(hub, id, document, hub.Officer()));
    }

    private static async Task ServedAsync(HubUnderTest hub, AssessmentId id, bool views = true)
    {
        await hub.SubmitAsync(id, views ? new SubmitAdvice("familyViews-1", Letter("views") with { Views = [new AdviceView("v1", "To read.")] }) : new SubmitAdvice("medical-1", Letter("other words")), views ? new Actor { Role = ActorRole.Family, Id = "x" } : null);
        foreach (var request in new[] { "educational-1", "psychological-1", "socialCare-1" })
        {
            await hub.SubmitAsync(id, new SubmitAdvice(request, Letter("other words")));
        }

        await hub.SubmitAsync(id, new DecideWhetherToIssuePlan(true, "A plan is necessary."));
        await hub.SubmitAsync(id, new PrepareDraft());
        await hub.SubmitAsync(id, new RecordNoticeSent("draftPlan-1-family", new DateOnly(2026, 6, 10), NoticeChannel.ByHand));
    }

    private static AdviceContent Letter(string words) => new()
    {
        Author = "Dr Robin",
        AuthorRole = "author",
        WrittenOn = new DateOnly(2026, 6, 9),
        Needs = [new AdviceNeed("n1", NeedArea.Education, $"A need: {words}.")],
        Outcomes = [new AdviceOutcome("o1", "By July 2027 follows a lesson.", ["n1"])],
        Provision = [new AdviceProvision { Id = "p1", Kind = ProvisionKind.Education, Text = "Small group teaching.", Who = "Teacher", HowOften = "5 times a week", HowLong = "45 minutes", Outcomes = ["o1"] }],
    };

    private static async Task<AttachmentRef> UploadAsync(HubUnderTest hub, AssessmentId id)
    {
        using var put = new HttpRequestMessage(HttpMethod.Post, $"/v1/cases/{id}/attachments") { Content = new ByteArrayContent("%PDF-1.7 letter"u8.ToArray()) };
        put.Headers.Authorization = new AuthenticationHeaderValue("Bearer", hub.AgencyToken(HubUnderTest.Asked));
        put.Content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        put.Content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = "letter.pdf" };
        using var answer = await hub.Client.SendAsync(put, Stop);
        var said = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!;
        return new AttachmentRef((string)said["token"]!, "letter.pdf", "application/pdf", (long)said["size"]!, (string)said["sha256"]!);
    }

    private static async Task<HttpStatusCode> StatusAsync(HubUnderTest hub, AssessmentId id, AttachmentRef document, string token)
    {
        using var answer = await hub.GetAsync($"/v1/cases/{id}/attachments/{document.Sha256}", token);
        return answer.StatusCode;
    }

    private static async Task<string> ReadAsync(HubUnderTest hub, string path, string token)
    {
        using var answer = await hub.GetAsync(path, token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Stop);
    }
}
