using System.Net;
using System.Security.Cryptography;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Issuer;
using IntegrationHub.Local.Tests.Families;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.SignIn;

/// <summary>
/// A family's account in place of the code that is sent by e-mail: the link says which case, the account says who. The hub proves itself to the
/// issuer by its private key, as GOV.UK One Login wants it.
/// </summary>
public sealed class FamilySignInTests
{
    private const string Level = "Cl.Cm";

    [Theory]
    [InlineData("RSA")]
    [InlineData("EC")]
    public async Task The_address_on_record_opens_the_case_without_a_code_and_the_key_of_the_hub_proves_it(string kind)
    {
        var (key, publicKey) = Key(kind);
        await using var hub = await StartAsync(key, publicKey);
        var path = await CaseAsync(hub);
        using var parent = hub.Hub.Browser();
        hub.Issuer.Person = Account("Sam@Example.org");

        var (_, code) = await parent.OpenAsync(path);
        var link = Assert.Single(code.QuerySelectorAll("main a.action"));
        Assert.Equal("Sign in with GOV.UK One Login", link.TextContent);
        Assert.DoesNotContain("Alex", code.DocumentElement.TextContent, StringComparison.Ordinal);
        var (status, page) = await parent.OpenAsync(link.GetAttribute("href")!);

        Assert.Equal((HttpStatusCode.OK, path), (status, parent.At.AbsolutePath));
        Assert.Contains("Alex", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal($"[\"{Level}\"]", hub.Issuer.LevelAsked);
        Assert.DoesNotContain("hub-family-account", parent.Cookies);
        Assert.DoesNotContain(hub.Hub.Log.Lines, line => line.Contains("sam@example.org", StringComparison.OrdinalIgnoreCase) || line.Contains("urn:fdc", StringComparison.Ordinal));

        // An hour without use ends it, as it ends a code.
        hub.Time.Advance(TimeSpan.FromMinutes(61));
        Assert.DoesNotContain("Alex", (await parent.OpenAsync(path)).Page.DocumentElement.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RSA", "EC")]
    [InlineData("EC", "EC")]
    [InlineData("RSA", "RSA")]
    public async Task Another_key_than_the_one_that_the_issuer_holds_signs_nobody_in(string kind, string registered)
    {
        await using var hub = await StartAsync(Key(kind).Private, Key(registered).Public);
        var path = await CaseAsync(hub);
        using var parent = hub.Hub.Browser();
        hub.Issuer.Person = Account(Parent.Mail);

        var (status, page) = await parent.OpenAsync($"/family/sign-in?to={path}");

        Assert.Equal((HttpStatusCode.BadRequest, "You were not signed in"), (status, page.QuerySelector("h1")!.TextContent));
        Assert.DoesNotContain("hub-family-account", parent.Cookies);
    }

    [Fact]
    public async Task An_account_that_is_wrong_or_doubtful_opens_nothing_and_the_page_says_so()
    {
        var (key, publicKey) = Key("EC");
        await using var hub = await StartAsync(key, publicKey);
        var path = await CaseAsync(hub);
        var right = Account(Parent.Mail);
        (string What, Person Person, TokenFaults Faults, int Status, string Says)[] wrong =
        [
            ("another key", right, new() { ForeignKey = true }, 400, "could not be accepted"),
            ("no signature", right, new() { Unsigned = true }, 400, "could not be accepted"),
            ("expired", right, new() { Expired = true }, 400, "could not be accepted"),
            ("for another application", right, new() { Audience = "another-app" }, 400, "could not be accepted"),
            ("of another issuer", right, new() { Issuer = "https://elsewhere.example" }, 400, "could not be accepted"),
            ("of another sign-in", right, new() { Nonce = "another" }, 400, "could not be accepted"),
            ("stopped at the issuer", right, new() { Error = "access_denied" }, 403, "reports that you cancelled"),
            ("a fault of the issuer", right, new() { Error = "server_error" }, 400, "could not be accepted"),
            ("a page of somebody else", right, new() { OtherSubject = "urn:fdc:other" }, 400, "could not be accepted"),
            ("no id", right with { Claims = [("vot", Level)] }, new(), 400, "could not be accepted"),
            ("two ids", right with { Claims = [("sub", "a"), ("sub", "b"), ("vot", Level)] }, new(), 400, "could not be accepted"),
            ("one factor", right with { Claims = [("sub", "urn:fdc:1"), ("vot", "Cl")] }, new(), 403, "need a stronger sign-in"),
            ("no word of how they signed in", right with { Claims = [("sub", "urn:fdc:1")] }, new(), 403, "need a stronger sign-in"),
            ("two words of how they signed in", right with { Claims = [("sub", "urn:fdc:1"), ("vot", Level), ("vot", "Cl")] }, new(), 403, "need a stronger sign-in"),
            ("no address", right with { UserInfo = [("email_verified", "true")] }, new(), 403, "no confirmed e-mail address"),
            ("an address that was not confirmed", right with { UserInfo = [("email", Parent.Mail), ("email_verified", "false")] }, new(), 403, "no confirmed e-mail address"),
            ("no word of its being confirmed", right with { UserInfo = [("email", Parent.Mail)] }, new(), 403, "no confirmed e-mail address"),
            ("two addresses", right with { UserInfo = [("email", Parent.Mail), ("email", "other@example.org"), ("email_verified", "true")] }, new(), 403, "no confirmed e-mail address"),
            ("an address in the token and another on the page", right with { Claims = [.. right.Claims, ("email", "other@example.org")] }, new(), 403, "no confirmed e-mail address"),
            ("another address", Account("other@example.org"), new(), 403, "is not the address that the council has for you"),
            ("an address that begins alike", Account("sam@example.org.uk"), new(), 403, "is not the address that the council has for you"),
        ];
        foreach (var (what, person, faults, expected, says) in wrong)
        {
            using var browser = hub.Hub.Browser();
            (hub.Issuer.Person, hub.Issuer.Faults) = (person, faults);

            var (status, page) = await browser.OpenAsync($"{SignInHub.Address}/family/sign-in?to={path}");

            Assert.Equal((what, expected), (what, (int)status));
            Assert.Contains(says, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("Alex", page.DocumentElement.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("hub-family-account", browser.Cookies);

            // The case stays closed, and its code goes on working.
            (hub.Issuer.Person, hub.Issuer.Faults) = (right, new());
            var (_, closed) = await browser.OpenAsync($"{SignInHub.Address}{path}");
            Assert.NotNull(closed.QuerySelector("#code"));
            Assert.Contains("Alex", (await browser.OpenAsync($"{SignInHub.Address}/family/sign-in?to={path}")).Page.Body!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_account_opens_nothing_without_the_link_and_not_the_case_of_another_family()
    {
        var (key, publicKey) = Key("RSA");
        await using var hub = await StartAsync(key, publicKey);
        var (own, other) = (await CaseAsync(hub), await CaseAsync(hub, "other", "else@example.org"));
        using var parent = hub.Hub.Browser();
        hub.Issuer.Person = Account(Parent.Mail);

        Assert.Contains("Alex", (await parent.OpenAsync($"/family/sign-in?to={own}")).Page.Body!.TextContent, StringComparison.Ordinal);
        foreach (var to in (string[])["", "https://elsewhere.example/", "//elsewhere.example", "/workspace", "/family/sign-in", "/family/rubbish/case"])
        {
            var (_, page) = await parent.OpenAsync($"{SignInHub.Address}/family/sign-in?to={Uri.EscapeDataString(to)}");
            Assert.Equal(new Uri(SignInHub.Address).Host, parent.At.Host);
            Assert.StartsWith("/family", parent.At.AbsolutePath, StringComparison.Ordinal);
            Assert.DoesNotContain("Alex", page.DocumentElement.TextContent, StringComparison.Ordinal);
        }

        // The account was given to pages that could not use it: it opens the family's own case, and no other.
        var (status, refused) = await parent.OpenAsync($"{SignInHub.Address}{other}");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.DoesNotContain("Alex", refused.DocumentElement.TextContent, StringComparison.Ordinal);
        Assert.Contains("Alex", (await parent.OpenAsync($"{SignInHub.Address}{own}")).Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unless_it_is_configured_there_is_no_such_sign_in()
    {
        await using var hub = await ContributorHub.StartAsync([]);
        var path = await CaseAsync(hub);
        using var parent = hub.Hub.Browser();

        var (_, code) = await parent.OpenAsync(path);

        Assert.Empty(code.QuerySelectorAll("main a.action"));
        Assert.Equal(HttpStatusCode.NotFound, (await parent.OpenAsync("/family/sign-in")).Status);
    }

    private static Person Account(string mail) => new(("sub", "urn:fdc:gov.uk:2022:1"), ("vot", Level)) { UserInfo = [("email", mail), ("email_verified", "true")] };

    private static Task<ContributorHub> StartAsync(string key, string publicKey) => ContributorHub.StartAsync(
        [], more: [("Families:Authority", "ISSUER"), ("Families:ClientId", "family-app"), ("Families:ClientKey", key)], clients: [new IssuerClient("family-app", null, publicKey)]);

    /// <summary>The path of a case's page, with a link that was given to the family.</summary>
    private static async Task<string> CaseAsync(ContributorHub hub, string key = "family", string mail = Parent.Mail)
    {
        var id = AssessmentId.For(LetterHub.Council, key);
        var facts = LetterHub.Facts();
        await hub.SubmitAsync(id, new OpenAssessment(facts with { Family = facts.Family with { Email = mail } }));
        await hub.SubmitAsync(id, new IssueFamilyLink("link-1", new DateOnly(2027, 5, 1), null));
        return $"/family/{hub.Hub.App.Services.GetRequiredService<FamilyTokens>().Sign(id, "link-1")}/case";
    }

    private static (string Private, string Public) Key(string kind)
    {
        if (kind == "RSA")
        {
            using var rsa = RSA.Create(2048);
            return (rsa.ExportPkcs8PrivateKeyPem(), rsa.ExportSubjectPublicKeyInfoPem());
        }

        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (ec.ExportPkcs8PrivateKeyPem(), ec.ExportSubjectPublicKeyInfoPem());
    }
}
