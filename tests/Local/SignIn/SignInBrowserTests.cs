using System.Security.Cryptography;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Issuer;
using IntegrationHub.Local.Tests.Contributing;
using IntegrationHub.Local.Tests.Families;
using IntegrationHub.Local.Tests.Monitoring;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.SignIn;

/// <summary>
/// A SENCo and a parent in headless Chromium who sign in where they have an account, with the keyboard alone and without script:
/// tests/peers/signin.mjs. Pictures go to SCREENSHOTS where that is set.
/// </summary>
public sealed class SignInBrowserTests
{
    [Fact]
    public async Task A_SENCo_opens_the_school_s_requests_and_a_parent_the_case_and_no_code_is_sent()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var issuer = await FakeIssuer.StartAsync(
            [new("dfe-app", "s3cret") { ApiSecret = ContributorHub.ApiSecret }, new("cis2-app", "s4cret"), new("family-app", null, key.ExportSubjectPublicKeyInfoPem())]);

        // The browser forgets cookies by the machine's own clock.
        await using var hub = await LetterHub.StartAsync(web: School.Contacts, now: DateTimeOffset.UtcNow, settings: new Dictionary<string, string?>
        {
            ["Contributors:Issuers:dfe:Authority"] = issuer.Name,
            ["Contributors:Issuers:dfe:Title"] = "DfE Sign-in",
            ["Contributors:Issuers:dfe:Organisation"] = "DfeSignIn",
            ["Contributors:Issuers:dfe:ClientId"] = "dfe-app",
            ["Contributors:Issuers:dfe:ClientSecret"] = "s3cret",
            ["Contributors:Issuers:dfe:Roles"] = "SENCO",
            ["Contributors:Issuers:dfe:Api"] = issuer.Name,
            ["Contributors:Issuers:dfe:ApiSecret"] = ContributorHub.ApiSecret,
            ["Contributors:Issuers:cis2:Authority"] = issuer.Name,
            ["Contributors:Issuers:cis2:Title"] = "NHS CIS2",
            ["Contributors:Issuers:cis2:Organisation"] = "Cis2",
            ["Contributors:Issuers:cis2:ClientId"] = "cis2-app",
            ["Contributors:Issuers:cis2:ClientSecret"] = "s4cret",
            ["Contributors:Issuers:cis2:Roles"] = "R8001",
            ["Families:Authority"] = issuer.Name,
            ["Families:ClientId"] = "family-app",
            ["Families:ClientKey"] = key.ExportPkcs8PrivateKeyPem(),
        });
        var (one, other) = (await hub.DecideAsync("one", assess: true), await hub.DecideAsync("other", assess: true));
        var family = await Parent.LinkAsync(hub, one);
        var sent = hub.Post.Sent.Count;

        await PeerBrowser.RunAsync("signin.mjs", new Dictionary<string, string> { ["HUB"] = hub.Address.ToString().TrimEnd('/'), ["FAMILY"] = family }, line =>
        {
            issuer.Person = line switch
            {
                "school" => ContributorHub.Dfe("100001"),
                "elsewhere" => ContributorHub.Dfe("100009"),
                "parent" => new Person(("sub", "urn:fdc:1"), ("vot", "Cl.Cm")) { UserInfo = [("email", Parent.Mail), ("email_verified", "true")] },
                "stranger" => new Person(("sub", "urn:fdc:2"), ("vot", "Cl.Cm")) { UserInfo = [("email", "stranger@example.org"), ("email_verified", "true")] },
                _ => issuer.Person,
            };
            return Task.FromResult<string?>(line is "school" or "elsewhere" or "parent" or "stranger" ? "ready" : null);
        });

        Assert.Equal(sent, hub.Post.Sent.Count);
        Assert.Contains(await hub.Services.GetRequiredService<IAccessLog>().EntriesAsync(other, 0, 50, TestContext.Current.CancellationToken), r => r.By == "urn:100001/signed-in/dfe/anna");
    }
}
