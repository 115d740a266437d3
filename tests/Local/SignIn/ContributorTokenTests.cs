using System.Net;
using IntegrationHub.Issuer;

namespace IntegrationHub.Local.Tests.SignIn;

/// <summary>
/// Who is let in to the requests of an organisation, by each kind of issuer: every token that is wrong, or doubtful, or that names an
/// organisation or role that the hub does not know, signs nobody in and is answered by a page that says so.
/// </summary>
public sealed class ContributorTokenTests
{
    private static readonly Person Dfe = ContributorHub.Right["dfe"];

    public static TheoryData<string> Issuers => ["dfe", "cis2", "partner", "plain"];

    [Theory]
    [MemberData(nameof(Issuers))]
    public async Task A_token_that_is_wrong_signs_nobody_in_and_the_page_says_so(string issuer)
    {
        var right = ContributorHub.Right[issuer == "plain" ? "partner" : issuer];
        Person Sub(params string[] subs) => right with { Claims = [.. subs.Select(sub => ("sub", sub)), .. right.Claims.Where(claim => claim.Name != "sub")] };
        await CheckAsync(issuer, right,
        [
            ("another key", right, new() { ForeignKey = true }, 400, "You were not signed in"),
            ("no signature", right, new() { Unsigned = true }, 400, "You were not signed in"),
            ("expired", right, new() { Expired = true }, 400, "You were not signed in"),
            ("for another application", right, new() { Audience = "another-app" }, 400, "You were not signed in"),
            ("of another issuer", right, new() { Issuer = "https://elsewhere.example" }, 400, "You were not signed in"),
            ("of another sign-in", right, new() { Nonce = "another" }, 400, "You were not signed in"),
            ("stopped at the issuer", right, new() { Error = "access_denied" }, 403, "You were not signed in"),
            ("a fault of the issuer", right, new() { Error = "server_error" }, 400, "You were not signed in"),
            ("no id", Sub(), new(), 400, "You were not signed in"),
            ("an empty id", Sub(" "), new(), 400, "You were not signed in"),
            ("two ids", Sub("anna", "berta"), new(), 400, "You were not signed in"),
            ("an id with a line break", Sub("an\nna"), new(), 0, ""),
            ("an id with a blank before it", Sub(" anna"), new(), 0, ""),
            ("an id that is too long", Sub(new string('a', 201)), new(), 0, ""),
        ]);
    }

    [Fact]
    public Task DfE_Sign_in_must_name_one_school_of_the_directory_and_its_API_a_role() => CheckAsync("dfe", Dfe,
    [
        ("a page of somebody else", Dfe, new() { OtherSubject = "berta" }, 400, "You were not signed in"),
        ("no organisation", Of(), new(), 403, "must name exactly one organisation"),
        ("an empty organisation", Of("{}"), new(), 403, "must name exactly one organisation"),
        ("an organisation that is no object", Of("""[1]"""), new(), 403, "must name exactly one organisation"),
        ("an organisation that cannot be read", Of("Millbrook"), new(), 403, "must name exactly one organisation"),
        ("two schools", Of("""{ "id": "1", "urn": "100001" }""", """{ "id": "2", "urn": "100002" }"""), new(), 403, "must name exactly one organisation"),
        ("one school and nothing readable", Of("""{ "id": "1", "urn": "100001" }""", "x"), new(), 403, "must name exactly one organisation"),
        ("the token and the page contradict each other", Of("""{ "id": "1", "urn": "100001" }""") with { UserInfo = [("organisation", """{ "id": "1", "urn": "100002" }""")] }, new(), 403, "must name exactly one organisation"),
        ("two URNs in one", Of("""{ "id": "1", "urn": "100002", "urn": "100001" }"""), new(), 403, "must name exactly one organisation"),
        ("a school that no council has listed", ContributorHub.Dfe("100009"), new(), 403, "You signed in on behalf of School 100009"),
        ("a council, which has no URN", ContributorHub.Dfe(null), new(), 403, "is not in the directory"),
        ("no URN but a word", ContributorHub.Dfe("ods:RX1"), new(), 403, "is not in the directory"),
        ("no role in the service", Dfe with { ServiceRoles = null }, new(), 403, "does not have a role that is allowed to open these pages"),
        ("another role", ContributorHub.Dfe("100001", roles: "Cook"), new(), 403, "does not have a role that is allowed to open these pages"),
        ("a role in other letters", ContributorHub.Dfe("100001", roles: "senco"), new(), 403, "does not have a role that is allowed to open these pages"),
        ("a role that was taken away", ContributorHub.Dfe("100001", roles: "-SENCO"), new(), 403, "does not have a role that is allowed to open these pages"),
        ("roles in the token alone", Dfe with { ServiceRoles = null, Claims = [.. Dfe.Claims, ("roles", "SENCO")] }, new(), 403, "does not have a role that is allowed to open these pages"),
        ("an API that does not answer", Dfe, new() { ApiIsDown = true }, 503, "is not answering"),
    ]);

    [Fact]
    public Task CIS2_must_name_one_role_that_was_chosen_and_a_second_factor() => CheckAsync("cis2", ContributorHub.Right["cis2"],
    [
        ("a page of somebody else", ContributorHub.Right["cis2"], new() { OtherSubject = "berta" }, 400, "You were not signed in"),
        ("no role at all", ContributorHub.Cis2([]), new(), 403, "must name exactly one organisation"),
        ("two roles and no choice", ContributorHub.Cis2([("555", "RX1", "S8000:G8000:R8001"), ("556", "RX1", "S8000:G8000:R8001")], ""), new(), 403, "must name exactly one organisation"),
        ("a choice that is none of the roles", ContributorHub.Cis2([("555", "RX1", "S8000:G8000:R8001")], "777"), new(), 403, "must name exactly one organisation"),
        ("one id for two roles", ContributorHub.Cis2([("555", "RX1", "S8000:G8000:R8001"), ("555", "RX9", "S8000:G8000:R8001")]), new(), 403, "must name exactly one organisation"),
        ("an organisation that no council has listed", ContributorHub.Cis2([("555", "RX9", "S8000:G8000:R8001")]), new(), 403, "You signed in on behalf of Trust RX9"),
        ("the listed one is not the one chosen", ContributorHub.Cis2([("555", "RX1", "S8000:G8000:R8001"), ("556", "RX9", "S8000:G8000:R8001")], "556"), new(), 403, "You signed in on behalf of Trust RX9"),
        ("one that answers from its own system", ContributorHub.Cis2([("555", "RX2", "S8000:G8000:R8001")]), new(), 403, "uses its own system"),
        ("another role", ContributorHub.Cis2([("555", "RX1", "S8000:G8000:R8003")]), new(), 403, "does not have a role that is allowed to open these pages"),
        ("one factor", ContributorHub.Cis2([("555", "RX1", "S8000:G8000:R8001")], level: "1"), new(), 403, "need a stronger sign-in"),
        ("no word of how they signed in", ContributorHub.Cis2([("555", "RX1", "S8000:G8000:R8001")]) with { Claims = [("sub", "anna")] }, new(), 403, "need a stronger sign-in"),
    ]);

    [Fact]
    public Task A_partner_must_name_one_tenant_that_the_settings_give_to_an_agency_of_the_directory() => CheckAsync("partner", ContributorHub.Right["partner"],
    [
        ("no tenant", new(("sub", "anna"), ("roles", "EHC.Adviser")), new(), 403, "must name exactly one organisation"),
        ("an empty tenant", new(("sub", "anna"), ("tid", " "), ("roles", "EHC.Adviser")), new(), 403, "must name exactly one organisation"),
        ("two tenants", new(("sub", "anna"), ("tid", "tenant-1"), ("tid", "tenant-9"), ("roles", "EHC.Adviser")), new(), 403, "must name exactly one organisation"),
        ("another tenant", new(("sub", "anna"), ("tid", "tenant-2"), ("roles", "EHC.Adviser")), new(), 403, "You signed in on behalf of tenant-2"),
        ("a tenant whose agency the directory does not list", new(("sub", "anna"), ("tid", "tenant-9"), ("roles", "EHC.Adviser")), new(), 403, "is not in the directory"),
        ("an agency's id in place of a tenant", new(("sub", "anna"), ("tid", "urn:100001"), ("roles", "EHC.Adviser")), new(), 403, "is not in the directory"),
        ("no role", new(("sub", "anna"), ("tid", "tenant-1")), new(), 403, "does not have a role that is allowed to open these pages"),
        ("a role in capitals", new(("sub", "anna"), ("tid", "tenant-1"), ("roles", "EHC.ADVISER")), new(), 403, "does not have a role that is allowed to open these pages"),
        ("all roles in one word", new(("sub", "anna"), ("tid", "tenant-1"), ("roles", "EHC.Adviser,Other")), new(), 403, "does not have a role that is allowed to open these pages"),
    ]);

    [Fact]
    public async Task CIS2_is_asked_for_a_second_factor_and_a_role_that_is_the_only_one_needs_no_choice()
    {
        await using var hub = await ContributorHub.StartAsync(["cis2"]);
        using var browser = hub.Hub.Browser();
        hub.Issuer.Person = ContributorHub.Cis2([("555", "RX1", "S8000:G8000:R8001")], selected: "");

        Assert.Equal(HttpStatusCode.OK, (await browser.OpenAsync("/requests")).Status);
        Assert.Equal("AAL2_OR_AAL3_ANY", hub.Issuer.LevelAsked);
    }

    private static Person Of(params string[] organisations) =>
        new([("sub", "anna"), .. organisations.Select(one => ("organisation", one))]) { ServiceRoles = ["SENCO"] };

    private static async Task CheckAsync(string issuer, Person right, IReadOnlyList<(string What, Person Person, TokenFaults Faults, int Status, string Says)> wrong)
    {
        await using var hub = await ContributorHub.StartAsync([issuer]);
        await hub.AskAsync("asked");
        foreach (var (what, person, faults, expected, says) in wrong)
        {
            using var browser = hub.Hub.Browser();
            (hub.Issuer.Person, hub.Issuer.Faults) = (person, faults);

            var (status, page) = await browser.OpenAsync("/requests");

            // Where the page of the person repeats an id that is not fit, the two are compared first.
            Assert.True(expected == 0 ? (int)status is 400 or 403 : expected == (int)status, $"{what}: {(int)status} {page.QuerySelector("main")?.TextContent}");
            Assert.Contains(says, page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            Assert.Equal((what, "/requests/sign-in"), (what, page.QuerySelector("main a")?.GetAttribute("href")));
            Assert.DoesNotContain("Alex", page.DocumentElement.TextContent, StringComparison.Ordinal);
            Assert.DoesNotContain("hub-contributor", browser.Cookies);

            // Nobody is signed in; with the right account it goes right.
            using var again = await browser.OnceAsync($"{SignInHub.Address}/requests");
            Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
            (hub.Issuer.Person, hub.Issuer.Faults) = (right, new());
            Assert.Equal((what, HttpStatusCode.OK), (what, (await browser.OpenAsync($"{SignInHub.Address}/requests")).Status));
        }

        Assert.DoesNotContain(hub.Hub.Log.Lines, line => line.Contains("anna", StringComparison.OrdinalIgnoreCase));
    }
}
