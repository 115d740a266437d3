using System.Net;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Council;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>A second case for what may be the same child is opened only after a person has said what it is.</summary>
public sealed class EarlierCaseTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>What the second opening says differently from the first (Alex Example, 14 March 2016, 9990000018, Q330100101501), and what it is taken for.</summary>
    [Theory]
    [InlineData("", "the same NHS number")]
    [InlineData("givenName=Robin|familyName=Other|dateOfBirth=2015-01-01|upn=", "the same NHS number")]
    [InlineData("nhsNumber=|givenName=Robin", "the same UPN")]
    [InlineData("nhsNumber=|upn=", "the same name and date of birth")]
    [InlineData("nhsNumber=9000000009|upn=|givenName=ALEX ROBIN|familyName=Exámple", "the same name and date of birth")]
    [InlineData("nhsNumber=|upn=|givenName=Example|familyName=Alex", "the same name and date of birth")]
    [InlineData("nhsNumber=9000000009|upn=|givenName=Robin", "perhaps a twin")]
    [InlineData("nhsNumber=|upn=|givenName=Robin|familyName=Other", null)]
    [InlineData("nhsNumber=|upn=|dateOfBirth=2016-03-15", null)]
    [InlineData("nhsNumber=9000000009|upn=|givenName=Robin|dateOfBirth=2014-03-14", null)]
    public async Task What_may_be_the_same_child_is_asked_and_what_cannot_be_is_not(string changes, string? likeness)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var first = await hub.SeedAsync("first");

        using var second = await hub.PostAsync("/v1/cases", hub.Officer(), Facts(changes).ToJsonString(), "second");

        if (likeness is null)
        {
            Assert.Equal(HttpStatusCode.Created, second.StatusCode);
            return;
        }

        var problem = await ProblemOf(second, "earlier-case");
        Assert.Equal([first.Value], problem["cases"]!.AsArray().Select(one => (string?)one));
        Assert.Contains(likeness, (string?)problem["errors"]![0]!["reason"], StringComparison.Ordinal);
        Assert.Contains(first.Value, (string?)problem["detail"], StringComparison.Ordinal);
        Assert.Single((await hub.Store.ListAsync(new SummaryQuery(), Stop)).Items);
    }

    [Fact]
    public async Task An_ended_case_counts_and_a_twin_at_another_address_does_not()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var first = await hub.SeedAsync("first");
        await hub.SubmitAsync(first, new CorrectFacts("Found.", Child: (await hub.Store.LoadAsync(first, Stop)).State.Facts!.Child with { Postcode = "AB1 2CD" }));
        await hub.SubmitAsync(first, new WithdrawRequest(new DateOnly(2026, 6, 10), "They moved."));

        using var again = await hub.PostAsync("/v1/cases", hub.Officer(), Facts("").ToJsonString(), "again");
        using var sameHome = await hub.PostAsync("/v1/cases", hub.Officer(), Facts("nhsNumber=|upn=|givenName=Robin|postcode=AB12CD").ToJsonString(), "twin");
        using var otherHome = await hub.PostAsync("/v1/cases", hub.Officer(), Facts("nhsNumber=|upn=|givenName=Robin|postcode=ZZ9 9ZZ").ToJsonString(), "other");

        Assert.Equal((HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.Created), (again.StatusCode, sameHome.StatusCode, otherHome.StatusCode));
    }

    [Fact]
    public async Task Another_councils_case_is_not_disclosed_only_that_somebody_must_check()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var theirs = await hub.SeedAsync("theirs", HubUnderTest.Other);

        using var asked = await hub.PostAsync("/v1/cases", hub.Officer(), Facts("").ToJsonString(), "mine");
        using var confirmed = await hub.PostAsync("/v1/cases", hub.Officer(), With(Facts(""), "sameChild", null).ToJsonString(), "mine");

        var text = await asked.Content.ReadAsStringAsync(Stop);
        Assert.Equal("earlier-case", (string?)JsonNode.Parse(text)!["code"]);
        Assert.Empty(JsonNode.Parse(text)!["cases"]!.AsArray());
        foreach (var hidden in new[] { theirs.Value, "331", "NHS", "UPN", "birthday" })
        {
            Assert.DoesNotContain(hidden, text, StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Created, confirmed.StatusCode);
    }

    [Fact]
    public async Task A_restricted_case_is_not_disclosed_to_who_is_not_named_only_that_somebody_must_check()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var restricted = await hub.SeedAsync("restricted");
        await hub.SubmitAsync(restricted, new RestrictCase(["officer-named"], "A colleague's child."));

        using var asked = await hub.PostAsync("/v1/cases", hub.Officer(subject: "officer-other"), Facts("").ToJsonString(), "other");
        using var named = await hub.PostAsync("/v1/cases", hub.Officer(subject: "officer-named"), Facts("").ToJsonString(), "named");

        var hidden = await asked.Content.ReadAsStringAsync(Stop);
        Assert.Equal("earlier-case", (string?)JsonNode.Parse(hidden)!["code"]);
        Assert.DoesNotContain(restricted.Value, hidden, StringComparison.Ordinal);
        Assert.Contains(restricted.Value, await named.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("anotherChild", null, null)]
    [InlineData("anotherChild", "first", null)]
    [InlineData("sameChild", "first", null)]
    [InlineData("sameChild", null, "not-an-earlier-case")]
    [InlineData("sameChild", "330-AAAAAAAAAAAA", "not-an-earlier-case")]
    [InlineData("anotherChild", "330-AAAAAAAAAAAA", "not-an-earlier-case")]
    public async Task A_person_says_what_it_is_and_their_reason_stays_on_record(string answer, string? about, string? code)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var first = await hub.SeedAsync("first");

        using var said = await hub.PostAsync("/v1/cases", hub.Officer(), With(Facts(""), answer, about == "first" ? first.Value : about).ToJsonString(), "second");

        if (code is not null)
        {
            await ProblemOf(said, code);
            return;
        }

        Assert.Equal(HttpStatusCode.Created, said.StatusCode);
        var second = AssessmentId.For(HubUnderTest.Own, "officer-17 second");
        var opened = Assert.IsType<AssessmentOpened>((await hub.Store.EventsAsync(second, cancellationToken: Stop))[0].What);
        Assert.Equal((Enum.Parse<EarlierCaseAnswer>(answer, ignoreCase: true), "Looked at both files.", about is null ? null : first), (opened.Facts.EarlierCase!.Answer, opened.Facts.EarlierCase.Reason, opened.Facts.EarlierCase.Case));

        using var council = await hub.GetAsync($"/v1/cases/{second}", hub.Officer());
        using var family = await hub.GetAsync($"/v1/cases/{second}", hub.Family(second));
        Assert.Contains("Looked at both files.", await council.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        var seen = await family.Content.ReadAsStringAsync(Stop);
        Assert.DoesNotContain("Looked at both files.", seen, StringComparison.Ordinal);
        Assert.DoesNotContain(first.Value, seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_reason_nothing_is_confirmed()
    {
        await using var hub = await HubUnderTest.StartAsync();
        await hub.SeedAsync("first");
        var facts = With(Facts(""), "anotherChild", null);
        facts["earlierCase"]!["reason"] = " ";

        using var said = await hub.PostAsync("/v1/cases", hub.Officer(), facts.ToJsonString(), "second");

        await ProblemOf(said, "earlier-case");
    }

    [Fact]
    public async Task A_repeat_keeps_its_answer_whatever_was_opened_since()
    {
        await using var hub = await HubUnderTest.StartAsync();
        using var first = await hub.PostAsync("/v1/cases", hub.Officer(), Facts("").ToJsonString(), "first");
        using var refused = await hub.PostAsync("/v1/cases", hub.Officer(), Facts("").ToJsonString(), "second");
        using var confirmed = await hub.PostAsync("/v1/cases", hub.Officer(), With(Facts(""), "anotherChild", null).ToJsonString(), "third");

        using var firstAgain = await hub.PostAsync("/v1/cases", hub.Officer(), Facts("").ToJsonString(), "first");
        using var refusedAgain = await hub.PostAsync("/v1/cases", hub.Officer(), Facts("").ToJsonString(), "second");
        using var confirmedAgain = await hub.PostAsync("/v1/cases", hub.Officer(), With(Facts(""), "anotherChild", null).ToJsonString(), "third");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.Created), (first.StatusCode, refused.StatusCode, confirmed.StatusCode));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.Created), (firstAgain.StatusCode, refusedAgain.StatusCode, confirmedAgain.StatusCode));
        Assert.Equal(await first.Content.ReadAsStringAsync(Stop), await firstAgain.Content.ReadAsStringAsync(Stop));
        Assert.Equal(await confirmed.Content.ReadAsStringAsync(Stop), await confirmedAgain.Content.ReadAsStringAsync(Stop));
        Assert.Equal(2, (await hub.Store.ListAsync(new SummaryQuery(), Stop)).Items.Count);
    }

    [Fact]
    public async Task Of_twelve_openings_at_once_one_is_taken_and_eleven_are_asked()
    {
        await using var hub = await HubUnderTest.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => hub.PostAsync("/v1/cases", hub.Officer(), Facts("").ToJsonString(), $"k{n}")));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(11, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Single((await hub.Store.ListAsync(new SummaryQuery(), Stop)).Items);
    }

    [Theory]
    [InlineData("330", "330")]
    [InlineData("330", "331")]
    public async Task Two_hosts_that_open_at_the_same_moment_put_it_before_a_person(string one, string other)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var turns = new TurnTaker(hub.Store, hub.Part<RuleBook>(), hub.Time);
        var (oneLooked, otherLooked) = (new TaskCompletionSource(), new TaskCompletionSource());
        using var first = Host(oneLooked, otherLooked);
        using var second = Host(otherLooked, oneLooked);
        var (a, b) = (Opening(one, "a"), Opening(other, "b"));

        await Task.WhenAll(first.TakeAsync(a, null, Stop).AsTask(), second.TakeAsync(b, null, Stop).AsTask());

        var (state, otherState) = ((await hub.Store.LoadAsync(a.Assessment, Stop)).State, (await hub.Store.LoadAsync(b.Assessment, Stop)).State);
        Assert.True(state.Facts is not null && otherState.Facts is not null);
        var matters = state.Attention.Concat(otherState.Attention).Where(matter => matter.Id.StartsWith("earlier-case", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(matters);
        Assert.All(matters, matter => Assert.Equal(one == other, matter.Text.Contains("330-", StringComparison.Ordinal)));
        Assert.All(matters, matter => Assert.DoesNotContain("331-", matter.Text, StringComparison.Ordinal));

        // Each host looks, waits until the other has looked too, and only then commits.
        CheckedInputs Host(TaskCompletionSource looked, TaskCompletionSource otherHas) => new(
            async (delivery, at, cancellationToken) =>
            {
                looked.TrySetResult();
                await otherHas.Task.WaitAsync(cancellationToken);
                return await turns.SubmitAsync(delivery, at, cancellationToken);
            },
            hub.Store, new EarlierCases(new KnownChildren(hub.Store)), [], hub.Time);

        Delivery Opening(string council, string key)
        {
            var (open, _) = InputReading.Read(StepCatalogue.Step("open-assessment")!, System.Text.Encoding.UTF8.GetBytes(Facts("").ToJsonString()));
            return new Delivery
            {
                Assessment = AssessmentId.For(HubUnderTest.Parse<LocalAuthorityCode>(council), key),
                MessageId = key,
                By = new Actor { Role = ActorRole.CouncilOfficer, Id = "x" },
                ReceivedAt = hub.Time.GetUtcNow(),
                Input = open!,
            };
        }
    }

    [Fact]
    public async Task A_correction_to_another_cases_child_is_asked_too_and_any_other_is_not()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var first = await hub.SeedAsync("first");
        using var opened = await hub.PostAsync("/v1/cases", hub.Officer(), Facts("nhsNumber=|upn=|givenName=Robin|familyName=Other").ToJsonString(), "second");
        var path = $"{opened.Headers.Location}/correct-facts";
        var child = Facts("givenName=Robin|familyName=Other|upn=")["child"]!;

        using var asked = await hub.PostAsync(path, hub.Officer(), new JsonObject { ["reason"] = "Traced.", ["child"] = child.DeepClone() }.ToJsonString(), "c1");
        using var confirmed = await hub.PostAsync(
            path, hub.Officer(), With(new JsonObject { ["reason"] = "Traced.", ["child"] = child.DeepClone() }, "anotherChild", null).ToJsonString(), "c2");
        child["dateOfBirth"] = "2016-03-15";
        using var unrelated = await hub.PostAsync(path, hub.Officer(), new JsonObject { ["reason"] = "Misread.", ["child"] = child.DeepClone() }.ToJsonString(), "c3");
        using var day = await hub.PostAsync(path, hub.Officer(), """{ "reason": "A day earlier.", "receivedOn": "2026-05-31" }""", "c4");

        Assert.Equal([first.Value], (await ProblemOf(asked, "earlier-case"))["cases"]!.AsArray().Select(one => (string?)one));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK), (confirmed.StatusCode, unrelated.StatusCode, day.StatusCode));
        var second = AssessmentId.For(HubUnderTest.Own, "officer-17 second");
        Assert.Equal("Looked at both files.", (await hub.Store.EventsAsync(second, cancellationToken: Stop)).Select(e => e.What).OfType<FactsCorrected>().First().Facts.EarlierCase?.Reason);
    }

    private static JsonNode With(JsonNode said, string answer, string? about)
    {
        said["earlierCase"] = new JsonObject { ["answer"] = answer, ["reason"] = "Looked at both files." };
        if (about is not null)
        {
            said["earlierCase"]!["case"] = about;
        }

        return said;
    }

    private static JsonNode Facts(string changes)
    {
        var facts = InputExamples.Of("open-assessment")!.DeepClone();
        foreach (var change in changes.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(change => change.Split('=')))
        {
            facts["child"]![change[0]] = change[1].Length == 0 ? null : change[1];
        }

        return facts;
    }

    private static async Task<JsonNode> ProblemOf(HttpResponseMessage response, string code)
    {
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Stop))!;
        Assert.Equal(code, (string?)problem["code"]);
        return problem;
    }
}
