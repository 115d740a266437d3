using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>What each kind of caller reads of the same assessment. Words that must not be seen are looked for in the raw answers.</summary>
public sealed class ViewTests
{
    private const string OfMedical = "advice-words-of-the-paediatrician";
    private const string OfSchool = "advice-words-of-the-school";
    private const string OfFamily = "views-of-the-family";
    private static readonly AgencyId School = HubUnderTest.Parse<AgencyId>("urn:100001");
    private static readonly string[] AboutTheChild = ["Alex", "Example\"", "2016-03-14", "9990000018", "Q330100101501", "sam@example.org", "Sam"];

    [Fact]
    public async Task The_council_reads_everything()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await WithAdviceAsync(hub);

        var view = await ReadAsync(hub, $"/v1/cases/{id}", hub.Officer());

        Assert.Equal("council", (string?)view["view"]);
        Assert.Equal((await hub.Store.LoadAsync(id, TestContext.Current.CancellationToken)).State.Version, (long?)view["version"]);
        Assert.Contains(view["limits"]!.AsArray(), l => (string?)l!["key"] == "finalPlan" && (string?)l["due"] == "2026-10-19");
        foreach (var words in new[] { "Alex", OfMedical, OfSchool, OfFamily })
        {
            Assert.Contains(words, view.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_agency_reads_its_own_advice_and_the_child_and_no_other_agency()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await WithAdviceAsync(hub);

        foreach (var path in new[] { "", "/timeline", "/limits" })
        {
            var text = (await ReadAsync(hub, $"/v1/cases/{id}{path}", hub.AgencyToken(HubUnderTest.Asked))).ToJsonString();
            foreach (var hidden in new[] { OfSchool, OfFamily, "educational-1", "psychological-1", "socialCare-1", "familyViews-1", "sam@example.org", "Head Teacher" })
            {
                Assert.DoesNotContain(hidden, text, StringComparison.Ordinal);
            }
        }

        var view = await ReadAsync(hub, $"/v1/cases/{id}", hub.AgencyToken(HubUnderTest.Asked));
        Assert.Equal("agency", (string?)view["view"]);
        Assert.Equal("Alex", (string?)view["child"]!["child"]!["givenName"]);
        Assert.Contains(OfMedical, view["advice"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("medical-1", (string?)Assert.Single(view["requests"]!.AsArray())!["id"]);
    }

    [Fact]
    public async Task An_agency_that_declined_no_longer_reads_of_the_child()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        using var declined = await hub.PostAsync($"/v1/cases/{id}/decline-advice-request", hub.AgencyToken(HubUnderTest.Asked), """{ "requestId": "medical-1", "reason": "Not known to us." }""", "k1");

        var view = await ReadAsync(hub, $"/v1/cases/{id}", hub.AgencyToken(HubUnderTest.Asked));

        Assert.True(declined.IsSuccessStatusCode);
        Assert.Null(view["child"]);
        Assert.DoesNotContain("Alex", view.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operations_read_where_it_stands_and_nothing_of_the_child()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await WithAdviceAsync(hub);

        foreach (var path in new[] { $"/v1/cases/{id}", $"/v1/cases/{id}/timeline", $"/v1/cases/{id}/limits", $"/v1/cases/{id}/effects", "/v1/cases" })
        {
            var text = (await ReadAsync(hub, path, hub.Operations())).ToJsonString();
            foreach (var hidden in AboutTheChild.Concat([OfMedical, OfSchool, OfFamily, "reasons-in-an-officers-words"]))
            {
                Assert.DoesNotContain(hidden, text, StringComparison.Ordinal);
            }
        }

        var view = await ReadAsync(hub, $"/v1/cases/{id}", hub.Operations(CallerRole.Operator));
        Assert.Equal("operations", (string?)view["view"]);
        Assert.NotEmpty(view["limits"]!.AsArray());
        Assert.Contains(view["effects"]!.AsArray(), e => (string?)e!["effect"]!["kind"] == "sendAdviceRequest");
    }

    [Fact]
    public async Task A_family_reads_its_own_views_at_once_and_the_advice_of_others_only_with_the_draft()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await WithAdviceAsync(hub);

        var before = await ReadAsync(hub, $"/v1/cases/{id}", hub.Family(id));

        Assert.Equal("family", (string?)before["view"]);
        Assert.Contains(OfFamily, before.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(OfMedical, before.ToJsonString(), StringComparison.Ordinal);
        Assert.Null(before["plan"]);
        Assert.Equal(5, before["asked"]!.AsArray().Count);

        await DraftAsync(hub, id);
        Assert.Null((await ReadAsync(hub, $"/v1/cases/{id}", hub.Family(id)))["plan"]);
        await hub.SubmitAsync(id, new RecordNoticeSent("draftPlan-1-family", new DateOnly(2026, 6, 10), NoticeChannel.ByHand));
        var after = await ReadAsync(hub, $"/v1/cases/{id}", hub.Family(id));

        Assert.Contains(OfMedical, after["advice"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("draft", (string?)after["plan"]!["kind"]);
    }

    [Fact]
    public async Task The_first_contact_reads_its_own_representations_and_not_those_of_another_member_of_the_family()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await WithAdviceAsync(hub);
        await DraftAsync(hub, id);
        await hub.SubmitAsync(id, new RecordNoticeSent("draftPlan-1-family", new DateOnly(2026, 6, 10), NoticeChannel.ByHand));
        await hub.SubmitAsync(id, new RecordPerson(new FamilyPerson { Id = "p2", Name = "Alaric Example", Role = PersonRole.Parent, ParentalResponsibility = true }));
        await hub.SubmitAsync(id, new RecordRepresentations(1, new DateOnly(2026, 6, 10), "words-of-the-mother"));
        await hub.SubmitAsync(id, new RecordRepresentations(1, new DateOnly(2026, 6, 10), "words-of-the-father", Person: "p2"));

        var read = (await ReadAsync(hub, $"/v1/cases/{id}", hub.Family(id))).ToJsonString();

        Assert.Contains("words-of-the-mother", read, StringComparison.Ordinal);
        Assert.DoesNotContain("words-of-the-father", read, StringComparison.Ordinal);
        Assert.Contains("words-of-the-father", (await ReadAsync(hub, $"/v1/cases/{id}", hub.Officer())).ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name-supporter", """{ "personId": "s1", "name": "Ash Helper", "relationship": "aunt", "person": "p2" }""")]
    [InlineData("end-supporter", """{ "personId": "s2", "person": "p2" }""")]
    public async Task The_first_contact_does_not_speak_in_the_name_of_another_member_of_the_family(string step, string said)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        await hub.SubmitAsync(id, new RecordPerson(new FamilyPerson { Id = "p2", Name = "Alaric Example", Role = PersonRole.Parent, ParentalResponsibility = true }));
        await hub.SubmitAsync(id, new NameSupporter("s2", "Bo Helper", "friend", Person: "p2"));
        var before = (await hub.Store.LoadAsync(id, TestContext.Current.CancellationToken)).State.Version;

        using var refused = await hub.PostAsync($"/v1/cases/{id}/{step}", hub.Family(id), said, "k1");

        Assert.Equal(403, (int)refused.StatusCode);
        Assert.Equal("not-yours-to-say", (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["code"]);
        Assert.Equal(before, (await hub.Store.LoadAsync(id, TestContext.Current.CancellationToken)).State.Version);
    }

    [Fact]
    public async Task The_commissioning_body_reads_section_G_once_there_is_a_plan_and_nothing_before()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await WithAdviceAsync(hub);
        var board = hub.AgencyToken(HubUnderTest.Parse<AgencyId>("ods:QHL"));
        using var before = await hub.GetAsync($"/v1/cases/{id}", board);

        await DraftAsync(hub, id);
        var after = await ReadAsync(hub, $"/v1/cases/{id}", board);

        Assert.Equal(404, (int)before.StatusCode);
        Assert.Equal(["Hearing aids are checked."], after["sectionG"]!.AsArray().Select(l => (string?)l));
        Assert.DoesNotContain(OfSchool, after.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal([id.Value], await IdsAsync(hub, "/v1/cases", board));
        using var agreed = await hub.PostAsync($"/v1/cases/{id}/record-icb-agreement", board, """{ "agreed": true, "agreedBy": "Clinical officer", "on": "2026-06-10" }""", "k1");
        Assert.Equal(200, (int)agreed.StatusCode);
    }

    [Fact]
    public async Task A_list_holds_only_what_the_caller_may_see()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var own = await hub.SeedAsync("a");
        var second = await hub.SeedAsync("b");
        var other = await hub.SeedAsync("c", HubUnderTest.Other);

        Assert.Equal(new[] { own, second }.Select(i => i.Value).Order(), await IdsAsync(hub, "/v1/cases", hub.Officer()));
        Assert.Equal([other.Value], await IdsAsync(hub, "/v1/cases", hub.Officer(HubUnderTest.Other)));
        Assert.Equal(3, (await IdsAsync(hub, "/v1/cases", hub.AgencyToken(HubUnderTest.Asked))).Count);
        Assert.Empty(await IdsAsync(hub, "/v1/cases", hub.AgencyToken(HubUnderTest.NotAsked)));
        Assert.Empty(await IdsAsync(hub, "/v1/cases", hub.AgencyToken(HubUnderTest.Parse<AgencyId>("ods:QHL"))));
        Assert.Equal([own.Value], await IdsAsync(hub, "/v1/cases", hub.Family(own)));
        Assert.Equal(3, (await IdsAsync(hub, "/v1/cases", hub.Operations())).Count);
        Assert.Equal([other.Value], await IdsAsync(hub, "/v1/cases", hub.Operations(council: HubUnderTest.Other)));
        Assert.Equal(2, (await IdsAsync(hub, "/v1/cases?council=330", hub.Operations())).Count);
    }

    [Fact]
    public async Task A_list_is_read_page_by_page_through_its_links()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var all = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            all.Add((await hub.SeedAsync($"{i}")).Value);
        }

        var read = new List<string>();
        var path = "/v1/cases?limit=3&stage=assessing&open=true";
        while (path is not null)
        {
            using var page = await hub.GetAsync(path, hub.Officer());
            var body = JsonNode.Parse(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            Assert.InRange(body["items"]!.AsArray().Count, 1, 3);
            read.AddRange(body["items"]!.AsArray().Select(i => (string)i!["id"]!));
            path = (string?)body["next"];
            Assert.Equal(path is null ? null : $"<{path}>; rel=\"next\"", page.Headers.TryGetValues("Link", out var link) ? link.Single() : null);
        }

        Assert.Equal(all.Order(StringComparer.Ordinal), read);
        Assert.Empty(await IdsAsync(hub, "/v1/cases?stage=considering", hub.Officer()));
        Assert.Empty(await IdsAsync(hub, "/v1/cases?finalPlanDueBefore=2026-10-19", hub.Officer()));
        Assert.Equal(7, (await IdsAsync(hub, "/v1/cases?finalPlanDueBefore=2026-10-20", hub.Officer())).Count);
    }

    [Theory]
    [InlineData("stage=Dreaming", "stage")]
    [InlineData("stage=1", "stage")]
    [InlineData("open=yes", "open")]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("finalPlanDueBefore=1.6.2026", "finalPlanDueBefore")]
    [InlineData("after=x", "after")]
    [InlineData("council=331", "council")]
    [InlineData("caseofficer=x", "caseofficer")]
    [InlineData("open=", "open")]
    [InlineData("open=true&open=false", "open")]
    public async Task A_filter_that_is_not_known_is_refused(string query, string name)
    {
        await using var hub = await HubUnderTest.StartAsync();

        using var answer = await hub.GetAsync($"/v1/cases?{query}", hub.Officer());

        Assert.Equal(400, (int)answer.StatusCode);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(name, (string?)Assert.Single(problem["errors"]!.AsArray())!["path"]);
    }

    [Fact]
    public async Task Events_are_read_in_parts()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        var all = (await ReadAsync(hub, $"/v1/cases/{id}/events", hub.Officer())).AsArray().Count;

        var sequences = new List<long>();
        var path = $"/v1/cases/{id}/events?after=0&limit=4";
        while (path is not null)
        {
            using var part = await hub.GetAsync(path, hub.Officer());
            sequences.AddRange(JsonNode.Parse(await part.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsArray().Select(e => (long)e!["sequence"]!));
            path = part.Headers.TryGetValues("Link", out var link) ? link.Single().Split('<', '>')[1] : null;
        }

        Assert.Equal(Enumerable.Range(1, all).Select(n => (long)n), sequences);
    }

    private static async Task<AssessmentId> WithAdviceAsync(HubUnderTest hub)
    {
        var id = await hub.SeedAsync("a");
        await hub.SubmitAsync(id, new RecordDelayReason("reasons-in-an-officers-words"));
        await hub.SubmitAsync(id, new SubmitAdvice("medical-1", Advice("Dr Robin", OfMedical)), new Actor { Role = ActorRole.Agency, Id = "x", Agency = HubUnderTest.Asked });
        await hub.SubmitAsync(id, new SubmitAdvice("educational-1", Advice("Head Teacher", OfSchool)), new Actor { Role = ActorRole.Agency, Id = "x", Agency = School });
        var views = new AdviceContent { Author = "Sam Example", AuthorRole = "mother", WrittenOn = new DateOnly(2026, 6, 9), Views = [new AdviceView("v1", OfFamily)] };
        await hub.SubmitAsync(id, new SubmitAdvice("familyViews-1", views), new Actor { Role = ActorRole.Family, Id = "x" });
        return id;
    }

    private static async Task DraftAsync(HubUnderTest hub, AssessmentId id)
    {
        await hub.SubmitAsync(id, new DecideWhetherToIssuePlan(true, "A plan is necessary.", ["psychological-1", "socialCare-1"], "They come while the draft is written."));
        foreach (var awaited in new[] { "psychological-1", "socialCare-1" })
        {
            await hub.SubmitAsync(id, new SubmitAdvice(awaited, Advice("Head Teacher", "another need")));
        }

        await hub.SubmitAsync(id, new PrepareDraft());
    }

    private static AdviceContent Advice(string author, string words) => author == "Head Teacher"
        ? Advice(author, NeedArea.Education, words, ProvisionKind.Education, "Small group teaching.")
        : Advice(author, NeedArea.Health, words, ProvisionKind.Health, "Hearing aids are checked.");

    private static AdviceContent Advice(string author, NeedArea area, string need, ProvisionKind kind, string provision) => new()
    {
        Author = author,
        AuthorRole = "author",
        WrittenOn = new DateOnly(2026, 6, 9),
        Needs = [new AdviceNeed("n1", area, need)],
        Outcomes = [new AdviceOutcome("o1", "By July 2027 follows a lesson.", ["n1"])],
        Provision = [new AdviceProvision { Id = "p1", Kind = kind, Text = provision, Who = "Teacher", HowOften = "5 times a week", HowLong = "45 minutes", Outcomes = ["o1"] }],
    };

    private static async Task<JsonNode> ReadAsync(HubUnderTest hub, string path, string token)
    {
        using var answer = await hub.GetAsync(path, token);
        Assert.Equal(200, (int)answer.StatusCode);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(HubUnderTest hub, string path, string token) =>
        [.. (await ReadAsync(hub, path, token))["items"]!.AsArray().Select(i => (string)i!["id"]!)];
}
