using System.Net;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.SignIn;

/// <summary>Two schools, two councils: whoever signed in for a school sees what the school is asked, by every council, and nothing else.</summary>
public sealed class ContributorSignInTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_SENCo_sees_the_school_s_open_requests_of_every_council_by_date_and_answers_one()
    {
        await using var hub = await ContributorHub.StartAsync(["dfe"]);
        var later = await hub.AskAsync("later", child: "Bo");
        var other = await hub.AskAsync("other", school: ContributorHub.Larkhill, child: "Cleo");
        var elsewhere = await hub.AskAsync("elsewhere", council: "331", child: "Drew");
        using var senco = hub.Hub.Browser();
        hub.Issuer.Person = ContributorHub.Dfe("100001");

        var (status, list) = await senco.OpenAsync("/requests");

        Assert.Equal(HttpStatusCode.OK, status);
        var rows = list.QuerySelectorAll("tbody tr").Select(row => row.TextContent).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Contains(rows, row => row.Contains("Bo Oflater", StringComparison.Ordinal) && row.Contains("Development Council A", StringComparison.Ordinal));
        Assert.Contains(rows, row => row.Contains("Drew Ofelsewhere", StringComparison.Ordinal) && row.Contains("Development Council B", StringComparison.Ordinal));
        Assert.DoesNotContain("Cleo", list.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains("2 requests are open", list.Body.TextContent, StringComparison.Ordinal);
        Assert.Empty(await hub.AccessLog.EntriesAsync(other, 0, 10, Stop));
        var seen = Assert.Single(await hub.AccessLog.EntriesAsync(later, 0, 10, Stop));
        Assert.Equal(("urn:100001/signed-in/dfe/anna", "list of requests"), (seen.By, seen.What));

        // No code is asked for; the opening says who it was.
        var path = await hub.PathAsync(elsewhere);
        Assert.Contains(path, list.QuerySelectorAll("tbody a").Select(link => link.GetAttribute("href")));
        var (_, request) = await senco.OpenAsync(path);
        Assert.Contains("Drew Ofelsewhere", request.Body!.TextContent, StringComparison.Ordinal);
        Assert.Contains(await hub.AccessLog.EntriesAsync(elsewhere, 0, 10, Stop), r => r.By == "urn:100001/signed-in/dfe/anna" && r.What.StartsWith("request ", StringComparison.Ordinal));

        var (_, acknowledged) = await senco.PostAsync(request, $"form[action='{path}/acknowledge']");
        Assert.Contains("has been told that the request has arrived", acknowledged.Body!.TextContent, StringComparison.Ordinal);
        var (_, form) = await senco.OpenAsync($"{path}/advice");
        var (_, check) = await senco.PostAsync(form, "main form", [.. Contributing.School.Short(), ("_then", "check")]);
        var (_, receipt) = await senco.PostAsync(check, "main form");
        Assert.Contains("Your advice was received", receipt.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(RequestStatus.Received, (await hub.RequestAsync(elsewhere)).Status);
        Assert.Contains(
            await hub.Hub.App.Services.GetRequiredService<Orchestrations.Turns.IAssessmentStore>().EventsAsync(elsewhere, cancellationToken: Stop),
            e => e.What is AdviceReceived && e.By is { Role: ActorRole.Agency, Id: "signed-in/dfe/anna" });

        var (_, after) = await senco.OpenAsync("/requests");
        Assert.Contains("1 request is open", after.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Bo Oflater", "Drew Ofelsewhere"], after.QuerySelectorAll("tbody th a").Select(link => link.TextContent.Split(':')[0]));
        Assert.DoesNotContain(hub.Hub.Log.Lines, line => line.Contains("Drew", StringComparison.Ordinal) || line.Contains("anna", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_request_that_is_due_first_stands_first_and_a_late_one_says_so()
    {
        await using var hub = await ContributorHub.StartAsync(["dfe"]);
        await hub.AskAsync("first", council: "331", child: "First");
        hub.Time.Advance(TimeSpan.FromDays(7));
        await hub.AskAsync("second", child: "Second");
        hub.Time.Advance(TimeSpan.FromDays(40));
        using var senco = hub.Hub.Browser();
        hub.Issuer.Person = ContributorHub.Dfe("100001");

        var (_, list) = await senco.OpenAsync("/requests");

        var rows = list.QuerySelectorAll("tbody tr").ToList();
        Assert.Equal([("First Offirst", true), ("Second Ofsecond", false)], rows.Select(row => (row.QuerySelector("th a")!.TextContent.Split(':')[0], row.QuerySelector(".overdue") is not null)));
    }

    [Fact]
    public async Task A_request_of_a_re_assessment_stands_in_the_list_as_one()
    {
        await using var hub = await ContributorHub.StartAsync(["dfe"]);
        await hub.AskAsync("first");
        var again = AssessmentId.For(Monitoring.LetterHub.Council, "again");
        var facts = Monitoring.LetterHub.Facts();
        await hub.SubmitAsync(again, new OpenAssessment(facts with
        {
            ReceivedOn = new DateOnly(2023, 1, 9),
            Family = facts.Family with { ElectronicServiceAgreedOn = null },
            TakenOver = new TakenPlan { IssuedOn = new DateOnly(2023, 5, 3), LastReviewedOn = new DateOnly(2026, 5, 5), Source = "return.xml" },
        }));
        await hub.SubmitAsync(again, new AgreeReassessment("There are new needs."));
        using var senco = hub.Hub.Browser();
        hub.Issuer.Person = ContributorHub.Dfe("100001");

        var (_, list) = await senco.OpenAsync("/requests");

        Assert.Equal(["educational advice", "educational advice for re-assessment 1"], list.QuerySelectorAll("td[data-label='What is asked for']").Select(cell => cell.TextContent).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_page_asks_who_comes_and_another_school_s_request_is_not_there()
    {
        await using var hub = await ContributorHub.StartAsync(["dfe", "partner"]);
        var (own, other) = (await hub.AskAsync("own"), await hub.AskAsync("theirs", school: ContributorHub.Larkhill, child: "Cleo"));
        var (mine, theirs) = (await hub.PathAsync(own), await hub.PathAsync(other, ContributorHub.Larkhill));
        using var senco = hub.Hub.Browser();
        using var nobody = hub.Hub.Browser();
        hub.Issuer.Person = ContributorHub.Dfe("100001");
        Assert.Equal(HttpStatusCode.OK, (await senco.OpenAsync("/requests/sign-in?with=dfe")).Status);

        var pages = hub.Hub.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/requests/{id}", StringComparison.Ordinal)).Select(e => (e.RoutePattern.RawText!, e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0])).ToList();
        Assert.Equal(13, pages.Count);
        foreach (var (page, method) in pages.Where(one => one.Item2 == "GET"))
        {
            string Under(string path) => path + page["/requests/{id}/{request}".Length..].TrimEnd('/').Replace("{act}", "when", StringComparison.Ordinal).Replace("{section?}", "about", StringComparison.Ordinal)
                .Replace("{sha256}", new string('a', 64), StringComparison.Ordinal);
            using var unknown = await nobody.OnceAsync($"{SignInHub.Address}{Under(mine)}");
            Assert.Equal((page, HttpStatusCode.Redirect), (page, unknown.StatusCode));
            Assert.StartsWith("/requests/sign-in?to=%2Frequests%2F", unknown.Headers.Location!.OriginalString, StringComparison.Ordinal);

            using var absent = await senco.OnceAsync($"{SignInHub.Address}{Under(theirs)}");
            Assert.Equal((page, HttpStatusCode.NotFound), (page, absent.StatusCode));
            Assert.DoesNotContain("Cleo", await absent.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        }

        foreach (var none in (string[])[$"{mine}x", $"/requests/{own}/medical-1", "/requests/rubbish/educational-1", $"/requests/{AssessmentId.For(own.Council, "never")}/educational-1"])
        {
            Assert.Equal((none, HttpStatusCode.NotFound), (none, (await senco.OpenAsync($"{SignInHub.Address}{none}")).Status));
        }

        // The sign-in opens no link, and a link's code no page of the sign-in.
        Assert.Equal(HttpStatusCode.NotFound, (await senco.OpenAsync($"{SignInHub.Address}/contribute/{own}/educational-1")).Status);
        Assert.Empty(await hub.AccessLog.EntriesAsync(other, 0, 10, Stop));
    }

    [Fact]
    public async Task Where_there_are_several_issuers_one_is_chosen_and_after_signing_out_nothing_opens()
    {
        await using var hub = await ContributorHub.StartAsync(["dfe", "cis2", "partner"]);
        var id = await hub.AskAsync("asked");
        var path = await hub.PathAsync(id);
        using var senco = hub.Hub.Browser();
        hub.Issuer.Person = ContributorHub.Dfe("100001");

        var (_, choice) = await senco.OpenAsync(path);
        Assert.Equal(["DfE Sign-in", "NHS CIS2", "Partner council"], choice.QuerySelectorAll("main li a").Select(link => link.TextContent));
        var (status, request) = await senco.OpenAsync(choice.QuerySelector("main li a")!.GetAttribute("href")!);
        Assert.Equal((HttpStatusCode.OK, path), (status, senco.At.AbsolutePath));

        var (_, list) = await senco.OpenAsync(request.QuerySelector("a.back")!.GetAttribute("href")!);
        var (_, gone) = await senco.PostAsync(list, "main form");
        Assert.Equal("You are signed out", gone.QuerySelector("h1")!.TextContent);
        Assert.Equal(["hub-forgery"], senco.Cookies);
        using var closed = await senco.OnceAsync($"{SignInHub.Address}{path}");
        Assert.Equal(HttpStatusCode.Redirect, closed.StatusCode);
    }

    [Fact]
    public async Task A_session_ends_after_an_hour_and_what_was_typed_meanwhile_is_kept_and_not_shown()
    {
        await using var hub = await ContributorHub.StartAsync(["dfe"]);
        var id = await hub.AskAsync("asked");
        var path = await hub.PathAsync(id);
        using var senco = hub.Hub.Browser();
        hub.Issuer.Person = ContributorHub.Dfe("100001");
        var (_, form) = await senco.OpenAsync("/requests");
        (_, form) = await senco.OpenAsync($"{path}/advice");
        hub.Time.Advance(TimeSpan.FromMinutes(61));

        var before = (await hub.AccessLog.EntriesAsync(id, 0, 100, Stop)).Count;
        using (var closed = await senco.OnceAsync($"{SignInHub.Address}{path}"))
        {
            Assert.Equal(HttpStatusCode.Redirect, closed.StatusCode);
        }

        Assert.Equal(before, (await hub.AccessLog.EntriesAsync(id, 0, 100, Stop)).Count);
        var (status, page) = await senco.PostAsync(form, "main form", ("content.author", "Kit Example"), ("_then", ""));

        // The browser was led through the sign-in, which asked for no password, and back.
        Assert.Equal((HttpStatusCode.OK, path), (status, senco.At.AbsolutePath));
        Assert.Contains("What you typed was saved", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, hub.Issuer.Nonces.Count);
        Assert.Equal("Kit Example", (await senco.OpenAsync($"{path}/advice")).Page.QuerySelector("#content-author")!.GetAttribute("value"));

        // A day later nothing is kept from it, and it is said.
        hub.Time.Advance(TimeSpan.FromHours(25));
        var (late, lost) = await senco.PostAsync(form, "main form", ("content.author", "Somebody else"));
        Assert.Equal((HttpStatusCode.Unauthorized, "You are no longer signed in"), (late, lost.QuerySelector("h1")!.TextContent));
    }

    [Fact]
    public async Task A_request_that_was_withdrawn_or_whose_case_has_ended_is_not_there_any_more()
    {
        await using var hub = await ContributorHub.StartAsync(["dfe"]);
        var (withdrawn, ended, answered) = (await hub.AskAsync("withdrawn"), await hub.AskAsync("ended"), await hub.AskAsync("declined"));
        using var senco = hub.Hub.Browser();
        hub.Issuer.Person = ContributorHub.Dfe("100001");
        Assert.Equal(3, (await senco.OpenAsync("/requests")).Page.QuerySelectorAll("tbody tr").Length);
        var paths = (await hub.PathAsync(withdrawn), await hub.PathAsync(ended), await hub.PathAsync(answered));

        await hub.SubmitAsync(withdrawn, new WithdrawAdviceRequest((await hub.RequestAsync(withdrawn)).Id, "It is not needed."));
        await hub.SubmitAsync(ended, new WithdrawRequest(new DateOnly(2026, 6, 10), "The family no longer asks for it."));
        await hub.SubmitAsync(answered, new DeclineAdviceRequest((await hub.RequestAsync(answered)).Id, "The child left the school."));

        Assert.Empty((await senco.OpenAsync("/requests")).Page.QuerySelectorAll("tbody tr"));
        Assert.Equal(HttpStatusCode.NotFound, (await senco.OpenAsync(paths.Item1)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await senco.OpenAsync(paths.Item2)).Status);

        // What was declined can be looked up as long as its link would open, and nothing be written.
        Assert.Contains("cannot give this advice", (await senco.OpenAsync(paths.Item3)).Page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await senco.OpenAsync($"{paths.Item3}/advice")).Status);
        hub.Time.Advance(TimeSpan.FromDays(400));
        await senco.OpenAsync($"{SignInHub.Address}/requests");
        Assert.Equal(HttpStatusCode.NotFound, (await senco.OpenAsync(paths.Item3)).Status);
    }

    [Fact]
    public async Task An_organisation_that_left_the_directory_is_out_whatever_its_people_s_cookies_say()
    {
        var data = Directory.CreateTempSubdirectory("sign-in-left-").FullName;
        try
        {
            using var senco = await SignedInAsync(data, null, null);
            using var refused = await SignedInAsync(data, ContributorHub.Millbrook, senco);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }

        // The same browser at the same hub after a restart: once with the school in the directory, once without.
        static async Task<IssuerBrowser> SignedInAsync(string data, string? without, IssuerBrowser? earlier)
        {
            await using var hub = await ContributorHub.StartAsync(["dfe"], without, data);
            var browser = hub.Hub.Browser();
            hub.Issuer.Person = ContributorHub.Dfe("100001");
            if (earlier is null)
            {
                await hub.AskAsync("asked");
                Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/requests")).Status);
                return browser;
            }

            browser.Take(earlier);
            var (status, page) = await browser.OpenAsync("/requests");
            Assert.Equal((HttpStatusCode.Forbidden, "Your organisation is not in the directory"), (status, page.QuerySelector("h1")!.TextContent));
            Assert.DoesNotContain("Alex", page.DocumentElement.TextContent, StringComparison.Ordinal);
            using var request = await browser.OnceAsync($"{SignInHub.Address}/requests/{AssessmentId.For(LetterCouncil, "asked")}/educational-1");
            Assert.Equal(HttpStatusCode.Redirect, request.StatusCode);
            return browser;
        }
    }

    [Fact]
    public async Task Without_an_issuer_there_are_no_pages_for_those_who_sign_in()
    {
        await using var hub = await ContributorHub.StartAsync([]);
        using var browser = hub.Hub.Browser();
        foreach (var page in new[] { "/requests", "/requests/sign-in", "/requests/signed-out" })
        {
            Assert.Contains((await browser.OpenAsync(page)).Status, new[] { HttpStatusCode.NotFound, HttpStatusCode.Unauthorized });
        }
    }

    private static LocalAuthorityCode LetterCouncil => Monitoring.LetterHub.Council;
}
