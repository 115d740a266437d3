using System.Net;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Local.Tests.Contributing;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Local.Tests.Workspace;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Families;

/// <summary>Everything that somebody may try at a family's pages who must not come in, or must bring nothing in: docs/families.md has the table.</summary>
public sealed class FamilyAttackTests
{
    private const string Script = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";
    private static readonly string[] Tails = ["", "/views", "/evidence", "/draft", "/views/file", "/views/check", "/say/supporter", "/letters/x", "/documents/x"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Guessed_changed_and_other_links_open_nothing()
    {
        await using var hub = await LetterHub.StartAsync();
        var (id, other) = (await hub.DecideAsync("own", assess: true), await hub.DecideAsync("other", assess: true, LetterHub.Facts() with { Child = LetterHub.Facts().Child with { GivenName = "Quillon", DateOfBirth = new DateOnly(2015, 1, 2) } }));
        using var parent = new Parent(hub);
        var (path, theirs) = (await Parent.LinkAsync(hub, id), await Parent.LinkAsync(hub, other));
        await parent.EnterAsync(path);
        var tokens = hub.Services.GetRequiredService<FamilyTokens>();
        string[] wrongs =
        [
            $"/family/{tokens.Sign(id, "link-9")}/case", $"/family/{tokens.Sign(AssessmentId.For(LetterHub.Council, "none"), "link-1")}/case",
            $"/family/{new FamilyTokens(new byte[32]).Sign(id, "link-1")}/case", path.Replace(".", ".A", StringComparison.Ordinal), "/family/x.y/case", "/family/x/case",
        ];
        foreach (var wrong in wrongs)
        {
            foreach (var tail in Tails)
            {
                Assert.Equal((wrong + tail, HttpStatusCode.NotFound), (wrong + tail, await StatusAsync(parent.Browser, wrong + tail)));
            }
        }

        // The code given for one link opens no other, though both go to the same address.
        foreach (var tail in Tails[1..])
        {
            using var answer = await parent.Browser.GetAsync(theirs + tail);
            Assert.Equal((tail, HttpStatusCode.Redirect, theirs), (tail, answer.StatusCode, answer.Headers.Location?.ToString()));
        }
    }

    [Fact]
    public async Task A_link_or_a_code_that_was_passed_on_opens_nothing_elsewhere_and_looking_changes_nothing()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("forwarded", assess: true);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        var (before, messages) = ((await hub.StateAsync(id)).Version, hub.Post.Sent.Count);
        using (var preview = await parent.Browser.GetAsync(path))
        {
            Assert.Equal(("no-referrer", true), (preview.Headers.GetValues("Referrer-Policy").Single(), preview.Headers.CacheControl!.NoStore));
            Assert.Contains("default-src 'none'", preview.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.DoesNotContain("Alex", await preview.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        Assert.Equal((before, messages), ((await hub.StateAsync(id)).Version, hub.Post.Sent.Count));
        await parent.EnterAsync(path);
        using var stranger = Desk.Of(hub.Browser());
        using (var used = await stranger.SendAsync(await stranger.OpenAsync(path), "form:nth-of-type(2)", ("code", School.CodeTo(hub, Parent.Mail))))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, used.StatusCode);
        }

        using var late = Desk.Of(hub.Browser());
        using var asked = await late.SendAsync(await late.OpenAsync(path), "form");
        hub.Time.Advance(TimeSpan.FromMinutes(15) + TimeSpan.FromSeconds(1));
        using var answered = await late.SendAsync(await Desk.ReadAsync(asked), "form:nth-of-type(2)", ("code", School.CodeTo(hub, Parent.Mail)));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answered.StatusCode);
    }

    [Theory]
    [InlineData("expired")]
    [InlineData("revoked")]
    [InlineData("person ended")]
    public async Task It_opens_no_more_once_it_was(string what)
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("closed", assess: true);
        await hub.SubmitAsync(id, new RecordPerson(new FamilyPerson { Id = "p2", Name = "Alaric Example", Role = PersonRole.Parent, ParentalResponsibility = true, Email = "alaric@example.net" }));
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id, "link-2", "p2", new DateOnly(2026, 6, 12));
        await parent.EnterAsync(path, "alaric@example.net");
        switch (what)
        {
            case "expired":
                hub.Time.SetUtcNow(new DateTimeOffset(2026, 6, 12, 23, 0, 0, TimeSpan.Zero));
                break;
            case "revoked":
                await hub.SubmitAsync(id, new RevokeFamilyLink("link-2", "The letter was lost."));
                break;
            default:
                await hub.SubmitAsync(id, new EndPerson("p2", "A court order."));
                break;
        }

        foreach (var tail in Tails)
        {
            Assert.Equal((tail, HttpStatusCode.NotFound), (tail, await StatusAsync(parent.Browser, path + tail)));
        }
    }

    [Fact]
    public async Task A_supporter_and_a_professional_have_no_pages_to_act_on()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("supporter", assess: true);
        foreach (var (person, role) in new[] { ("p3", PersonRole.Supporter), ("p4", PersonRole.SocialWorker) })
        {
            await hub.SubmitAsync(id, new RecordPerson(new FamilyPerson { Id = person, Name = "Ash Helper", Role = role, Email = "ash@helpers.example", ConsentOn = new DateOnly(2026, 6, 9) }));
            using var browser = Desk.Of(hub.Browser());
            Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(browser, await Parent.LinkAsync(hub, id, $"link-{person}", person)));
        }
    }

    [Fact]
    public async Task Guessing_codes_ends_the_link_and_asking_for_many_sends_few()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("guessed", assess: true);
        var path = await Parent.LinkAsync(hub, id);
        using var stranger = Desk.Of(hub.Browser());
        var before = hub.Post.Sent.Count;
        var page = await stranger.OpenAsync(path);
        var statuses = new List<HttpStatusCode>();
        for (var n = 0; n < 6; n++)
        {
            using var asked = await stranger.SendAsync(page, "form");
            statuses.Add(asked.StatusCode);
            page = await Desk.ReadAsync(asked);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.OK, 4), HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], statuses);
        Assert.Equal(4, hub.Post.Sent.Count - before);
        var right = School.CodeTo(hub, Parent.Mail);
        for (var n = 1; n <= 5; n++)
        {
            using var wrong = await stranger.SendAsync(page, "form:nth-of-type(2)", ("code", right == "123456" ? "654321" : "123456"));
            Assert.Equal(n < 5 ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.NotFound, wrong.StatusCode);
        }

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(stranger, path));
        Assert.Contains((await hub.StateAsync(id)).Attention, a => a.Text.Contains("5 wrong codes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Guessing_ends_each_link_of_a_case_and_not_only_the_first()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("guessed-twice", assess: true);
        foreach (var link in (string[])["link-1", "link-2"])
        {
            var path = await Parent.LinkAsync(hub, id, link);
            using var stranger = Desk.Of(hub.Browser());
            using var asked = await stranger.SendAsync(await stranger.OpenAsync(path), "form");
            var page = await Desk.ReadAsync(asked);
            var right = School.CodeTo(hub, Parent.Mail);
            for (var n = 1; n <= 5; n++)
            {
                using var wrong = await stranger.SendAsync(page, "form:nth-of-type(2)", ("code", right == "123456" ? "654321" : "123456"));
                Assert.Equal((link, n < 5 ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.NotFound), (link, wrong.StatusCode));
            }

            Assert.Equal((link, HttpStatusCode.NotFound), (link, await StatusAsync(stranger, path)));
        }

        Assert.All((await hub.StateAsync(id)).FamilyLinks, link => Assert.True(link.Revoked, link.Id));
    }

    [Fact]
    public async Task Nobody_asks_in_somebody_elses_name()
    {
        await using var hub = await LetterHub.StartAsync();
        using var stranger = new Parent(hub);
        foreach (var tail in (string[])["/request", "/file", "/check", "/sent"])
        {
            using var closed = await stranger.Browser.GetAsync($"/ask/330{tail}");
            Assert.Equal((tail, HttpStatusCode.Redirect, "/ask/330"), (tail, closed.StatusCode, closed.Headers.Location?.ToString()));
        }

        var page = await stranger.SendAsync(await stranger.Browser.OpenAsync("/ask/330"), "main form", ("mail", "victim@family.example"));
        var right = School.CodeTo(hub, "victim@family.example");
        for (var n = 1; n <= 5; n++)
        {
            using var wrong = await stranger.Browser.SendAsync(page, "main form:nth-of-type(2)", ("code", right == "123456" ? "654321" : "123456"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        }

        // After five wrong ones the right one is no use either.
        using (var used = await stranger.Browser.SendAsync(page, "main form:nth-of-type(2)", ("code", right)))
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, used.StatusCode);
        }

        // A code that was confirmed for one address opens nothing of another.
        using var own = new Parent(hub);
        await own.BeginAsync("own@family.example");
        await own.SendAsync(await own.Browser.OpenAsync("/ask/330/request"), "main form", ("ask.givenName", "Zephyrine"));
        using (var asked = await own.Browser.SendAsync(await stranger.Browser.OpenAsync("/ask/330"), "main form", ("mail", "victim@family.example")))
        {
            Assert.NotEqual(HttpStatusCode.Redirect, asked.StatusCode);
        }

        foreach (var no in (string[])["", "no address", "two@x.example,three@x.example", $"{new string('a', 300)}@x.example"])
        {
            using var refused = await stranger.Browser.SendAsync(await stranger.Browser.OpenAsync("/ask/330"), "main form", ("mail", no));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }
    }

    [Fact]
    public async Task A_code_that_was_guessed_at_too_often_is_no_use_to_a_browser_that_keeps_its_cookie()
    {
        await using var hub = await LetterHub.StartAsync();
        var cookies = new CookieContainer();
        using var stranger = Desk.Of(new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = hub.Address });
        using var asked = await stranger.SendAsync(await stranger.OpenAsync("/ask/330"), "main form", ("mail", "victim@family.example"));
        var page = await Desk.ReadAsync(asked);
        var kept = cookies.GetAllCookies().Select(one => new Cookie(one.Name, one.Value, one.Path)).ToList();
        var right = School.CodeTo(hub, "victim@family.example");
        hub.Time.Advance(TimeSpan.FromMinutes(1));
        for (var n = 1; n <= 5; n++)
        {
            using var wrong = await stranger.SendAsync(page, "main form:nth-of-type(2)", ("code", right == "123456" ? "654321" : "123456"));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        }

        foreach (var one in kept)
        {
            cookies.Add(new Uri(hub.Address, "/ask/330"), one);
        }

        using var used = await stranger.SendAsync(page, "main form:nth-of-type(2)", ("code", right));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, used.StatusCode);
    }

    [Fact]
    public async Task A_form_from_elsewhere_changes_nothing()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await Parent.DraftedAsync(hub);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        await parent.EnterAsync(path);
        await parent.BeginAsync();
        var before = (await hub.StateAsync(id)).Version;
        (string At, Dictionary<string, string> Fields)[] forged =
        [
            (path, new() { ["send"] = "code" }), ($"{path}/views", new() { ["views.own"] = "Forged" }), ($"{path}/views/check", new() { ["_saves"] = "0" }), ($"{path}/views/file", new() { ["_remove"] = "x" }),
            ($"{path}/draft", new() { ["draft.text"] = "Forged" }), ($"{path}/say/meeting", new() { ["_once"] = "a1" }), ($"{path}/say/supporter", new() { ["acts.name"] = "Forged", ["acts.relationship"] = "x", ["_once"] = "a2" }),
            ($"{path}/end-supporter", new() { ["person"] = "p2" }), ("/ask/330/request", new() { ["ask.givenName"] = "Forged" }), ("/ask/330/check", new() { ["_saves"] = "0" }), ("/ask/330", new() { ["send"] = "code", ["mail"] = "victim@family.example" }),
        ];
        foreach (var (at, fields) in forged)
        {
            using var answer = await parent.Browser.PostAsync(at, fields);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict, $"{at}: {answer.StatusCode}");
        }

        Assert.Equal(before, (await hub.StateAsync(id)).Version);
        Assert.DoesNotContain(hub.Post.Sent, m => m.Address?.Mail == "victim@family.example");
        foreach (var page in (string[])[$"{path}/views", $"{path}/draft", "/ask/330/request"])
        {
            Assert.DoesNotContain("Forged", (await parent.Browser.OpenAsync(page)).DocumentElement.OuterHtml, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Script_in_every_field_and_file_name_is_text_and_a_field_that_is_not_there_is_refused()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await Parent.DraftedAsync(hub);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        await parent.EnterAsync(path);
        foreach (var part in (string[])["views", "evidence"])
        {
            using var kept = await ContributorAttackTests.UploadAsync(parent.Browser, $"{path}/{part}", $"{Script}.txt", "text/plain", "A letter."u8.ToArray());
            Assert.Equal(HttpStatusCode.Redirect, kept.StatusCode);
            using var refused = await ContributorAttackTests.UploadAsync(parent.Browser, $"{path}/{part}", "drawing.png", "image/png", "MZ a program"u8.ToArray());
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        foreach (var part in (string[])["views", "evidence", "draft"])
        {
            var form = await parent.Browser.OpenAsync($"{path}/{part}");
            var typed = form.QuerySelectorAll("main form textarea[name], main form input.line[name]").Select(f => (f.GetAttribute("name")!, Script)).ToArray();
            Assert.NotEmpty(typed);
            var strange = await parent.SendAsync(form, "main form", [.. typed, ($"{part}.nothing", "x")]);
            Assert.Contains("Nothing was saved", strange.QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);
            var check = await parent.SendAsync(form, "main form", [.. typed, ("_then", "check")]);
            foreach (var page in new[] { strange, check, await parent.Browser.OpenAsync($"{path}/{part}"), await parent.SendAsync(check, "main form"), await parent.Browser.OpenAsync(path) })
            {
                Assert.Empty(page.QuerySelectorAll("script, img, [onerror]"));
            }
        }

        var named = await parent.SendAsync(await parent.Browser.OpenAsync($"{path}/say/supporter"), "main form", ("acts.name", Script), ("acts.relationship", Script));
        Assert.Empty(named.QuerySelectorAll("script, img, [onerror]"));
        Assert.Equal(Script, Assert.Single((await hub.StateAsync(id)).Representations).Text);
    }

    [Fact]
    public async Task Each_opening_after_the_code_is_on_the_access_log()
    {
        await using var hub = await LetterHub.StartAsync();
        var id = await hub.DecideAsync("logged", assess: true);
        using var parent = new Parent(hub);
        var path = await Parent.LinkAsync(hub, id);
        var log = hub.Services.GetRequiredService<IAccessLog>();
        using (await parent.Browser.GetAsync(path))
        {
        }

        Assert.DoesNotContain(await log.EntriesAsync(id, 0, 1000, Stop), r => r.Roles == "family");
        await parent.EnterAsync(path);
        await parent.Browser.OpenAsync($"{path}/views");
        Assert.Equal(["case", "views"], (await log.EntriesAsync(id, 0, 1000, Stop)).Where(r => r.Roles == "family").Reverse().Select(r => r.What));
    }

    private static async Task<HttpStatusCode> StatusAsync(Desk browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        return answer.StatusCode;
    }
}
