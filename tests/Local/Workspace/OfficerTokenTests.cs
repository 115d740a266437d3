using System.Security.Claims;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Monitoring.Viewing;
using IntegrationHub.Functions.Workspace;
using IntegrationHub.Functions.Workspace.Officers;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>What an issuer's token must say before it opens the workspace; whatever is missing or doubtful opens nothing.</summary>
public sealed class OfficerTokenTests
{
    [Theory]
    [InlineData("sub=anna roles=case-officer council=330", "case-officer")]
    [InlineData("sub=anna roles=EHC.Manager roles=case-officer council=330", "team-manager, case-officer")]
    [InlineData("sub=anna roles=auditor roles=operator council=330", "auditor")]
    [InlineData("sub=anna roles=case-officer", null)]
    [InlineData("sub=anna roles=case-officer council=330 council=331", null)]
    [InlineData("sub=anna roles=case-officer council=33", null)]
    [InlineData("sub=anna council=330", null)]
    [InlineData("sub=anna roles=operator council=330", null)]
    [InlineData("sub=anna roles=CASE-OFFICER council=330", null)]
    [InlineData("roles=case-officer council=330", null)]
    [InlineData("sub=anna sub=berta roles=case-officer council=330", null)]
    [InlineData("sub=anna sub=anna roles=case-officer council=330 council=330", "case-officer")]
    public void A_token_names_a_person_roles_and_one_council(string claims, string? roles)
    {
        var options = new WorkspaceOptions { Roles = { ["EHC.Manager"] = "team-manager" } };
        var token = new ClaimsPrincipal(new ClaimsIdentity(claims.Split(' ').Select(claim => new Claim(claim.Split('=')[0], claim.Split('=')[1])), "issuer"));

        var cookie = Officer.OfToken(token, options).Person;
        var officer = cookie is null ? null : Officer.Of(cookie);

        Assert.Equal(roles, officer?.RoleNames);
        Assert.False(officer?.Development ?? false);
        Assert.Equal(roles is null ? null : "anna", officer?.Subject);
    }

    [Theory]
    [InlineData("sub=anna roles=operator", true, null)]
    [InlineData("sub=anna roles=operations-reader council=330", false, "330")]
    [InlineData("sub=anna roles=operations-reader roles=operator council=330", true, "330")]
    [InlineData("sub=anna roles=operator council=330 council=331", null, null)]
    [InlineData("sub=anna roles=operator council=331 council=330", null, null)]
    [InlineData("sub=anna roles=operator council=33", null, null)]
    [InlineData("sub=anna sub=berta roles=operator", null, null)]
    [InlineData("roles=operator", null, null)]
    [InlineData("sub= roles=operator", null, null)]
    [InlineData("sub=anna roles=case-officer", null, null)]
    public void A_token_opens_the_monitor_for_one_person_and_one_council_or_all(string claims, bool? isOperator, string? council)
    {
        var token = new ClaimsPrincipal(new ClaimsIdentity(claims.Split(' ').Select(claim => new Claim(claim.Split('=')[0], claim.Split('=')[1])), "issuer"));

        var cookie = Viewer.OfToken(token, new MonitorOptions(), "monitor").Person;
        var viewer = cookie is null ? null : Viewer.Of(cookie);

        Assert.Equal((isOperator, council), (viewer?.IsOperator, viewer?.Council?.Value));
    }

    [Theory]
    [InlineData("/workspace/cases/330-X", "/workspace/cases/330-X")]
    [InlineData("/workspace", "/workspace")]
    [InlineData("/workspaces", "/workspace")]
    [InlineData("https://elsewhere.example", "/workspace")]
    [InlineData("//elsewhere.example", "/workspace")]
    [InlineData("/workspace/sign-in", "/workspace")]
    [InlineData("/workspace/\\elsewhere.example", "/workspace")]
    [InlineData(null, "/workspace")]
    public void A_sign_in_leads_nowhere_else(string? asked, string to) => Assert.Equal(to, OfficerSignIn.Use.Local(asked));
}
