using System.Net;
using IntegrationHub.Issuer;

namespace IntegrationHub.Local.Tests.SignIn;

/// <summary>
/// The whole way of a sign-in, at the monitor and at the workspace alike, against an issuer that runs: in, in the right role; and every token
/// that is wrong, or doubtful, signs nobody in and is answered by a page that says so.
/// </summary>
public sealed class SignInTests
{
    private static readonly IssuerClient[] Clients = [new("monitor-app", "s3cret"), new("workspace-app", "s4cret"), new("monitor-plain", null), new("workspace-plain", null)];

    /// <summary>Each use, with a secret (code and PKCE) and without one (identity token by form).</summary>
    public static TheoryData<string, string, string, string> Uses => new()
    {
        { "monitor", "operator", "Operator, council 330", "s3cret" },
        { "monitor", "operations-reader", "Viewer, council 330", "" },
        { "workspace", "case-officer", "Case officer, council 330", "s4cret" },
        { "workspace", "auditor", "Auditor, council 330", "" },
    };

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task A_sign_in_at_the_issuer_opens_the_pages_in_the_role_of_the_token_until_they_sign_out(string use, string role, string shown, string secret)
    {
        await using var hub = await StartAsync(use, secret);
        using var browser = hub.Browser();
        hub.Issuer.Person = new Person(("sub", "anna"), ("roles", role), ("roles", "something-else"), ("council", "330"), ("name", "Anna Invented"));

        var (status, page) = await browser.OpenAsync($"/{use}");

        Assert.Equal((HttpStatusCode.OK, $"/{use}"), (status, browser.At.AbsolutePath));
        Assert.Contains(shown, page.QuerySelector("form.out")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"hub-{use}", browser.Cookies);
        Assert.Single(hub.Issuer.Nonces);

        // Out again: the next page asks the issuer once more.
        await browser.PostAsync(page, "form.out");
        Assert.Equal(2, hub.Issuer.Nonces.Distinct().Count());
        Assert.DoesNotContain(hub.Log.Lines, line => line.Contains("anna", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public async Task A_token_that_is_wrong_signs_nobody_in_and_the_page_says_so(string use, string role, string shown, string secret)
    {
        await using var hub = await StartAsync(use, secret);
        var right = new Person(("sub", "anna"), ("roles", role), ("council", "330"));
        (string What, Person Person, TokenFaults Faults, int Status)[] wrong =
        [
            ("another key", right, new() { ForeignKey = true }, 400),
            ("no signature", right, new() { Unsigned = true }, 400),
            ("expired", right, new() { Expired = true }, 400),
            ("for another application", right, new() { Audience = "another-app" }, 400),
            ("of another issuer", right, new() { Issuer = "https://elsewhere.example" }, 400),
            ("of another sign-in", right, new() { Nonce = "another" }, 400),
            ("stopped at the issuer", right, new() { Error = "access_denied" }, 403),
            ("a fault of the issuer", right, new() { Error = "server_error" }, 400),
            ("no id", new(("roles", role), ("council", "330")), new(), 400),
            ("an empty id", new(("sub", " "), ("roles", role), ("council", "330")), new(), 400),
            ("two ids", new(("sub", "anna"), ("sub", "berta"), ("roles", role), ("council", "330")), new(), 400),
            ("an id with a line break", new(("sub", "an\nna"), ("roles", role), ("council", "330")), new(), 403),
            ("an id with a blank before it", new(("sub", " anna"), ("roles", role), ("council", "330")), new(), 403),
            ("an id that is too long", new(("sub", new string('a', 201)), ("roles", role), ("council", "330")), new(), 403),
            ("two councils", new(("sub", "anna"), ("roles", role), ("council", "330"), ("council", "331")), new(), 403),
            ("no code of a council", new(("sub", "anna"), ("roles", role), ("council", "33")), new(), 403),
            ("an empty council", new(("sub", "anna"), ("roles", role), ("council", "")), new(), 403),
            ("an unknown role", new(("sub", "anna"), ("roles", "headteacher"), ("council", "330")), new(), 403),
            ("a role in capitals", new(("sub", "anna"), ("roles", role.ToUpperInvariant()), ("council", "330")), new(), 403),
            ("a role of the API alone", new(("sub", "anna"), ("roles", "council-officer"), ("council", "330")), new(), 403),
            ("no role", new(("sub", "anna"), ("council", "330")), new(), 403),
        ];
        foreach (var (what, person, faults, expected) in wrong)
        {
            using var browser = hub.Browser();
            (hub.Issuer.Person, hub.Issuer.Faults) = (person, faults);

            var (status, page) = await browser.OpenAsync($"/{use}");

            Assert.Equal((what, expected), (what, (int)status));
            Assert.Equal((what, expected == 400 || faults.Error is not null ? "You were not signed in" : "You are not allowed to sign in here"), (what, page.QuerySelector("h1")?.TextContent));
            Assert.DoesNotContain(page.QuerySelectorAll("p"), text => text.TextContent.Contains("IDX", StringComparison.Ordinal));
            Assert.Equal((what, $"/{use}/sign-in"), (what, page.QuerySelector("main a")?.GetAttribute("href")));
            Assert.DoesNotContain($"hub-{use}", browser.Cookies);

            // Nobody is signed in: the first page leads to the sign-in again, and from there it goes right.
            hub.Issuer.Faults = new();
            using var again = await browser.OnceAsync($"{SignInHub.Address}/{use}");
            Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
            hub.Issuer.Person = right;
            var (after, _) = await browser.OpenAsync($"{SignInHub.Address}/{use}");
            Assert.Equal((what, HttpStatusCode.OK), (what, after));
        }

        Assert.NotEmpty(shown);
        Assert.DoesNotContain(hub.Log.Lines, line => line.Contains("anna", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("monitor", "s3cret", 200)]
    [InlineData("workspace", "s4cret", 403)]
    public async Task Without_a_council_the_monitor_shows_all_and_the_workspace_nothing(string use, string secret, int expected)
    {
        await using var hub = await StartAsync(use, secret);
        using var browser = hub.Browser();
        hub.Issuer.Person = new Person(("sub", "anna"), ("roles", "operator"), ("roles", "case-officer"));

        var (status, page) = await browser.OpenAsync($"/{use}");

        Assert.Equal(expected, (int)status);
        Assert.DoesNotContain("council 3", page.QuerySelector("form.out")?.TextContent ?? "", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("monitor", "s3cret")]
    [InlineData("workspace", "s4cret")]
    public async Task An_answer_of_the_issuer_is_good_once_and_in_the_browser_that_asked(string use, string secret)
    {
        await using var hub = await StartAsync(use, secret);
        using var asked = hub.Browser();
        using var stranger = hub.Browser();
        hub.Issuer.Person = new Person(("sub", "anna"), ("roles", "operator"), ("roles", "case-officer"), ("council", "330"));

        // The first browser goes as far as the issuer's answer; somebody else opens it.
        using var challenge = await asked.OnceAsync($"/{use}/sign-in");
        using var answer = await asked.OnceAsync(challenge.Headers.Location!.OriginalString);
        var back = answer.Headers.Location!.OriginalString;
        Assert.StartsWith($"{SignInHub.Address}/{use}/signed-in?", back, StringComparison.Ordinal);
        Assert.Equal(400, (int)(await stranger.OpenAsync(back)).Status);
        Assert.DoesNotContain($"hub-{use}", stranger.Cookies);

        var (status, _) = await asked.OpenAsync(back);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(400, (int)(await asked.OpenAsync(back)).Status);
        Assert.Contains("code_challenge_method=S256", challenge.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, challenge.Headers.Location!.Query, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("monitor", "s3cret")]
    [InlineData("workspace", "s4cret")]
    public async Task An_issuer_that_does_not_answer_is_told_as_such(string use, string secret)
    {
        await using var hub = await StartAsync(use, secret);
        using var browser = hub.Browser();
        await hub.Issuer.DisposeAsync();

        var (status, page) = await browser.OpenAsync($"/{use}");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "You were not signed in"), (status, page.QuerySelector("h1")?.TextContent));
        Assert.Contains("is not answering", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_real_issuer_and_no_sign_in_configured_neither_the_pages_nor_the_development_sign_in_are_there()
    {
        await using var hub = await SignInHub.StartAsync([], []);
        using var browser = hub.Browser();
        foreach (var page in new[] { "/monitor", "/monitor/sign-in", "/workspace", "/workspace/sign-in" })
        {
            var (status, _) = await browser.OpenAsync(page);
            Assert.Equal((page, HttpStatusCode.NotFound), (page, status == HttpStatusCode.Unauthorized ? HttpStatusCode.NotFound : status));
        }

        Assert.Null(hub.App.Services.GetService(typeof(Functions.Access.TokenIssuer)));
    }

    [Theory]
    [InlineData("Access:Development", "true")]
    [InlineData("Monitor:Authority", "ISSUER")]
    [InlineData("Workspace:ClientId", "workspace-app")]
    [InlineData("Monitor:DevelopmentSignIn", "true")]
    [InlineData("Workspace:DevelopmentSignIn", "true")]
    public async Task A_sign_in_that_is_half_set_or_for_development_does_not_start_beside_a_real_issuer(string name, string value) =>
        await Assert.ThrowsAsync<Functions.Startup.RefusedStartException>(() => SignInHub.StartAsync([(name, value)], []));

    private static Task<SignInHub> StartAsync(string use, string secret)
    {
        var section = char.ToUpperInvariant(use[0]) + use[1..];
        (string, string)[] settings = [($"{section}:Authority", "ISSUER"), ($"{section}:ClientId", secret.Length > 0 ? $"{use}-app" : $"{use}-plain")];
        return SignInHub.StartAsync(secret.Length > 0 ? [.. settings, ($"{section}:ClientSecret", secret)] : settings, Clients);
    }
}
