using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Access;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Plans.Reading;

/// <summary>Who reads which version in which form, and that the audit trail knows it.</summary>
public sealed class PlanReadingTests
{
    [Fact]
    public async Task A_family_reads_a_draft_once_it_is_served_and_an_agency_the_final_once_it_was_sent_to_it()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await PlanCase.DraftedAsync(hub);
        await PlanCase.KeepAsync(hub);
        Assert.Equal((200, 404, 404), await ReadAsAsync(hub, id, 1, HubUnderTest.Asked));

        await PlanCase.FinalisedAsync(hub, id);
        Assert.Equal((200, 200, 404), await ReadAsAsync(hub, id, 1, PlanCase.Named.Id));
        Assert.Equal((200, 200, 404), await ReadAsAsync(hub, id, 2, PlanCase.Named.Id));

        await hub.SubmitAsync(id, new RecordNoticeSent("finalPlan-2-namedInstitution", new DateOnly(2026, 6, 30), NoticeChannel.ByHand));
        Assert.Equal((200, 200, 200), await ReadAsAsync(hub, id, 2, PlanCase.Named.Id));
        Assert.Equal((200, 200, 404), await ReadAsAsync(hub, id, 1, PlanCase.Named.Id));
        Assert.Equal((200, 200, 404), await ReadAsAsync(hub, id, 2, HubUnderTest.Asked));

        var listed = await JsonAsync(hub, $"/v1/cases/{id}/plans", hub.AgencyToken(PlanCase.Named.Id));
        Assert.Equal(2, (int?)Assert.Single(listed["versions"]!.AsArray())!["version"]);
        var all = (await JsonAsync(hub, $"/v1/cases/{id}/plans", hub.Officer()))["versions"]!.AsArray();
        Assert.Equal(["draft", "final"], all.Select(v => (string?)v!["kind"]));
        Assert.All(all, v => Assert.Equal(["json", "html", "docx"], v!["formats"]!.AsArray().Select(f => (string?)f!["format"])));
    }

    [Fact]
    public async Task Who_read_which_version_is_on_the_audit_trail_and_a_refusal_is_not()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await PlanCase.DraftedAsync(hub);
        await PlanCase.KeepAsync(hub);

        await hub.GetAsync($"/v1/cases/{id}/plans/1", hub.Family(id));
        await hub.GetAsync($"/v1/cases/{id}/plans/1?format=pdf", hub.Officer());
        await hub.GetAsync($"/v1/cases/{id}/plans/1?format=html", hub.Officer());

        var read = Assert.Single((await PlanCase.EventsAsync(hub, id)).OfType<PlanRead>());
        Assert.Equal((1, "html", ActorRole.CouncilOfficer, "officer-17"), (read.Version, read.Format, read.Reader.Role, read.Reader.Id));
    }

    [Fact]
    public async Task Each_kind_of_reader_is_on_record_with_what_they_read_in_every_form()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await PlanCase.DraftedAsync(hub);
        await PlanCase.KeepAsync(hub);
        await PlanCase.FinalisedAsync(hub, id);
        await hub.SubmitAsync(id, new RecordNoticeSent("finalPlan-2-namedInstitution", new DateOnly(2026, 6, 30), NoticeChannel.ByHand));

        foreach (var token in new[] { hub.Officer(), hub.Family(id), hub.AgencyToken(PlanCase.Named.Id) })
        {
            foreach (var form in new[] { "json", "html", "docx" })
            {
                using var answer = await hub.GetAsync($"/v1/cases/{id}/plans/2?format={form}", token);
                Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            }
        }

        var read = (await PlanCase.EventsAsync(hub, id)).OfType<PlanRead>().Select(r => (r.Version, r.Format, r.Reader.Role, r.Reader.Agency)).ToList();
        Assert.Equal(
            from reader in new (ActorRole Role, AgencyId? Agency)[] { (ActorRole.CouncilOfficer, null), (ActorRole.Family, null), (ActorRole.Agency, PlanCase.Named.Id) }
            from form in new[] { "json", "html", "docx" }
            select (2, form, reader.Role, reader.Agency),
            read);
    }

    [Theory]
    [InlineData("?format=docx", null, 200, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")]
    [InlineData("", "text/html,application/xhtml+xml,*/*;q=0.8", 200, "text/html")]
    [InlineData("", null, 200, "application/json")]
    [InlineData("", "application/pdf", 406, "application/problem+json")]
    [InlineData("?format=pdf", null, 400, "application/problem+json")]
    public async Task The_form_is_the_one_asked_for(string query, string? accept, int status, string type)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await PlanCase.DraftedAsync(hub);
        await PlanCase.KeepAsync(hub);

        using var answer = await hub.SendAsync(HttpMethod.Get, $"/v1/cases/{id}/plans/1{query}", hub.Officer(), headers: accept is null ? [] : [("Accept", accept)]);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(type, answer.Content.Headers.ContentType?.MediaType);
        if (type == "application/json")
        {
            var bytes = await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            Assert.Equal((await PlanCase.StateAsync(hub, id)).Plans[0].ContentHash, PlanJson.ContentHash(bytes));
        }
    }

    [Fact]
    public async Task The_difference_between_draft_and_final_is_the_placement_and_both_count_as_read()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await PlanCase.DraftedAsync(hub);
        await PlanCase.KeepAsync(hub);
        await PlanCase.FinalisedAsync(hub, id);

        var diff = await JsonAsync(hub, $"/v1/cases/{id}/plans/1/diff/2", hub.Family(id));

        var section = Assert.Single(diff["difference"]!["sections"]!.AsArray())!;
        Assert.Equal("I", (string?)section["letter"]);
        Assert.Contains(PlanCase.Named.Name, section["added"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(section["removed"]!.AsArray());
        Assert.Equal([(1, "diff"), (2, "diff")], (await PlanCase.EventsAsync(hub, id)).OfType<PlanRead>().Select(r => (r.Version, r.Format)));
    }

    [Fact]
    public async Task Verify_names_a_changed_document_and_it_is_no_longer_given()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await PlanCase.DraftedAsync(hub);
        await PlanCase.KeepAsync(hub);
        var sound = await JsonAsync(hub, $"/v1/cases/{id}/plans/verify", hub.Operations());
        Assert.True((bool?)sound["sound"], sound.ToJsonString());
        Assert.Equal(3, (int?)sound["checked"]);
        Assert.Equal((string?)sound["head"], (string?)sound["knownHead"]);

        var page = Directory.EnumerateFiles(hub.DocumentsFolder, "*.html", SearchOption.AllDirectories).Single();
        File.Delete(page);
        await File.WriteAllTextAsync(page, "<p>Nothing is provided.</p>", TestContext.Current.CancellationToken);
        var changed = await JsonAsync(hub, $"/v1/cases/{id}/plans/verify", hub.Officer());
        using var read = await hub.GetAsync($"/v1/cases/{id}/plans/1?format=html", hub.Officer());

        Assert.False((bool?)changed["sound"]);
        Assert.EndsWith(Path.GetFileName(page), (string?)Assert.Single(changed["problems"]!.AsArray())!["name"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.InternalServerError, read.StatusCode);
        Assert.DoesNotContain("Nothing is provided", await read.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.DoesNotContain(await PlanCase.EventsAsync(hub, id), e => e is PlanRead);
    }

    [Fact]
    public async Task The_council_sees_what_would_be_found_before_each_step()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await PlanCase.DraftedAsync(hub);

        var found = (await JsonAsync(hub, $"/v1/cases/{id}/plans/findings", hub.Officer())).AsArray();

        Assert.Equal([("beforeDraft", false), ("beforeFinal", true)], found.Select(f => ((string)f!["step"]!, (bool)f["refuses"]!)));
        var codes = found[1]!["findings"]!.AsArray().Where(f => (string?)f!["severity"] == "blocking").Select(f => (string)f!["code"]!).ToHashSet();
        Assert.Superset(new HashSet<string> { "icb-not-agreed", "placement-missing" }, codes);
    }

    [Fact]
    public async Task A_document_is_put_first_and_read_only_by_those_whose_advice_names_it()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var seeded = await hub.SeedAsync("a");
        using var put = new HttpRequestMessage(HttpMethod.Post, $"/v1/cases/{seeded}/attachments") { Content = new ByteArrayContent("%PDF-1.7 letter"u8.ToArray()) };
        put.Headers.Authorization = new AuthenticationHeaderValue("Bearer", hub.AgencyToken(HubUnderTest.Asked));
        put.Content.Headers.ContentType = new MediaTypeHeaderValue("application/pdf");
        put.Content.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = "letter.pdf" };
        using var answered = await hub.Client.SendAsync(put, TestContext.Current.CancellationToken);
        var reference = JsonNode.Parse(await answered.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.True(answered.StatusCode == HttpStatusCode.Created, reference.ToJsonString());
        var address = $"/v1/cases/{seeded}/attachments/{reference["sha256"]}";
        Assert.Equal(404, (int)(await hub.GetAsync(address, hub.AgencyToken(HubUnderTest.Asked))).StatusCode);

        await hub.SubmitAsync(
            seeded,
            new SubmitAdvice("medical-1", new Contracts.Advice.AdviceContent
            {
                Author = "Dr Robin",
                AuthorRole = "paediatrician",
                WrittenOn = new DateOnly(2026, 6, 9),
                Attachments = [new((string)reference["token"]!, "letter.pdf", "application/pdf", (long)reference["size"]!, (string)reference["sha256"]!)],
            }),
            new Actor { Role = ActorRole.Agency, Id = "x", Agency = HubUnderTest.Asked });
        using var own = await hub.GetAsync(address, hub.AgencyToken(HubUnderTest.Asked));

        Assert.Equal("%PDF-1.7 letter", await own.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("attachment", own.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(404, (int)(await hub.GetAsync(address, hub.AgencyToken(HubUnderTest.Parse<AgencyId>("urn:100001")))).StatusCode);
        Assert.Equal(404, (int)(await hub.GetAsync(address, hub.Family(seeded))).StatusCode);
        Assert.Equal(200, (int)(await hub.GetAsync(address, hub.Officer())).StatusCode);
        Assert.Equal(403, (int)(await hub.GetAsync(address, hub.Operations(CallerRole.Operator))).StatusCode);
    }

    private static async Task<(int Council, int Family, int Agency)> ReadAsAsync(HubUnderTest hub, AssessmentId id, int version, AgencyId agency)
    {
        var address = $"/v1/cases/{id}/plans/{version}";
        return ((int)(await hub.GetAsync(address, hub.Officer())).StatusCode, (int)(await hub.GetAsync(address, hub.Family(id))).StatusCode, (int)(await hub.GetAsync(address, hub.AgencyToken(agency))).StatusCode);
    }

    private static async Task<JsonNode> JsonAsync(HubUnderTest hub, string path, string token)
    {
        using var answer = await hub.GetAsync(path, token);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!;
    }
}
