using System.Net;
using System.Net.Http.Headers;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>
/// Nobody of the council who is not named for a restricted case sees anything of it, whatever the page and the role; and no case is
/// read, in the workspace or through the API, without a line in the access log.
/// </summary>
public sealed class RestrictedCaseTests
{
    private static readonly Actor Manager = new() { Role = ActorRole.CouncilOfficer, Id = "manager-1" };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_page_opens_to_whoever_is_named_and_to_nobody_else_of_any_role()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var document = await DocumentTests.PutAsync(hub, hub.Late);
        await StepFormsTests.AdviseAsync(hub);
        await RestrictAsync(hub, hub.Late, "named");
        var mail = TrayOfMail.Address(await TrayOfMail.TakeAsync(hub, "NHS number 9990000018."));
        var log = hub.Services.GetRequiredService<IAccessLog>();
        var pages = Addresses(hub, "/workspace", hub.Late).Select(one => (one.Page, Address: one.Address.Replace(new string('0', 64), document, StringComparison.Ordinal).Replace("/workspace/intake/{mail}", mail, StringComparison.Ordinal))).ToList();
        Assert.True(pages.Count > 14);
        var wrong = new List<string>();
        foreach (var role in Enum.GetValues<OfficerRole>())
        {
            using var named = await Desk.OfAsync(hub, "named", role);
            using var other = await Desk.OfAsync(hub, "not-named", role);
            foreach (var (page, address) in pages)
            {
                using var open = await named.GetAsync(address);
                using var closed = await other.GetAsync(address);
                var hidden = await closed.Content.ReadAsStringAsync(Stop);
                if (hidden.Contains(hub.Late.Value, StringComparison.Ordinal) || (page.Contains("{id}", StringComparison.Ordinal) && AccessTests.ReadsOfChild(hidden)))
                {
                    wrong.Add($"{page} by {role}: shows a restricted case to somebody who is not named");
                }

                if (page.Contains("{id}", StringComparison.Ordinal) && (open.StatusCode == HttpStatusCode.NotFound || (open.StatusCode == HttpStatusCode.Redirect) == (closed.StatusCode == HttpStatusCode.NotFound)))
                {
                    wrong.Add($"{page} by {role}: {(int)open.StatusCode} to whoever is named, {(int)closed.StatusCode} to others");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.DoesNotContain(await log.EntriesAsync(hub.Late, 0, 10_000, Stop), reading => reading.By == "not-named");
    }

    [Fact]
    public async Task Lists_counts_of_lists_and_the_search_have_it_for_the_named_alone()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var named = await Desk.OfAsync(hub, "named", OfficerRole.CaseOfficer);
        using var other = await Desk.OfAsync(hub, "not-named", OfficerRole.CaseOfficer);
        var before = await CountAsync(other, "/workspace/council");
        await RestrictAsync(hub, hub.Late, "named");
        await hub.Services.GetRequiredService<CaseBoard>().RefreshAsync(Stop);

        Assert.Equal((before, before - 1), (await CountAsync(named, "/workspace/council"), await CountAsync(other, "/workspace/council")));
        Assert.Equal(1, await CountAsync(named, "/workspace/unassigned") - await CountAsync(other, "/workspace/unassigned"));
        foreach (var asked in new[] { "Alex", "999 000 0018", "14 3 2016", hub.Late.Value })
        {
            Assert.True(await FindsAsync(named, asked), asked);
            Assert.False(await FindsAsync(other, asked), asked);
        }

        async Task<bool> FindsAsync(Desk desk, string asked)
        {
            using var answer = await desk.SendAsync(await desk.OpenAsync("/workspace/search"), "main form", ("q", asked));
            return (await Desk.ReadAsync(answer)).QuerySelector("main table")?.TextContent.Contains(hub.Late.Value, StringComparison.Ordinal) == true;
        }
    }

    [Fact]
    public async Task A_team_manager_restricts_and_lifts_and_a_case_officer_does_neither()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var manager = await Desk.OfAsync(hub, "manager-1", OfficerRole.TeamManager);
        using var officer = await Desk.OfAsync(hub, "officer-1", OfficerRole.CaseOfficer);
        using var refused = await officer.GetAsync($"/workspace/cases/{hub.Late}/steps/restrict-case");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        using var restricted = await manager.SendAsync(
            await manager.OpenAsync($"/workspace/cases/{hub.Late}/steps/restrict-case"), "#form", ("officers[0]", "officer-2"), ("reason", "A colleague's child."));
        Assert.Equal(HttpStatusCode.Redirect, restricted.StatusCode);
        Assert.Equal(["officer-2", "manager-1"], (await hub.Store.LoadAsync(hub.Late, Stop)).State.RestrictedTo);
        using var gone = await officer.GetAsync($"/workspace/cases/{hub.Late}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Contains("officer-2, manager-1", (await manager.OpenAsync($"/workspace/cases/{hub.Late}")).QuerySelector("main")!.TextContent, StringComparison.Ordinal);

        // Nobody who could not open it holds it.
        using var assigned = await manager.SendAsync(await manager.OpenAsync($"/workspace/cases/{hub.Late}/steps/assign-case-officer"), "#form", ("officer", "officer-1"));
        Assert.Contains("restricted", (await Desk.ReadAsync(assigned)).QuerySelector(".errors")!.TextContent, StringComparison.Ordinal);

        using var lifted = await manager.SendAsync(await manager.OpenAsync($"/workspace/cases/{hub.Late}/steps/lift-restriction"), "#form", ("reason", "The colleague has left."));
        Assert.Equal(HttpStatusCode.Redirect, lifted.StatusCode);
        await officer.OpenAsync($"/workspace/cases/{hub.Late}");
    }

    [Fact]
    public async Task Through_the_API_each_reading_is_noted_and_a_restricted_case_is_nobodys_who_is_not_named()
    {
        await using var hub = await MonitoredHub.StartAsync();
        await RestrictAsync(hub, hub.Late, "named");
        var log = hub.Services.GetRequiredService<IAccessLog>();
        var tokens = hub.Services.GetRequiredService<TokenIssuer>();
        var callers = new (string By, string Role, string Token)[]
        {
            ("named", "council-officer", tokens.Issue(new TokenRequest(CallerRole.CouncilOfficer, "named", Desk.Own))),
            ("not-named", "council-officer", tokens.Issue(new TokenRequest(CallerRole.CouncilOfficer, "not-named", Desk.Own))),
            ("sam", "family", tokens.Issue(new TokenRequest(CallerRole.Family, "sam", Assessment: hub.Late))),
            ("trust", "agency", tokens.Issue(new TokenRequest(CallerRole.Agency, "trust", Agency: Agency("ods:RX1")))),
            ("watcher", "", tokens.Issue(new TokenRequest(CallerRole.OperationsReader, "watcher"))),
        };
        var wrong = new List<string>();
        var shown = 0;
        foreach (var (page, address) in Addresses(hub, "/v1/cases/{id}", hub.Late).Append(("/v1/cases", "/v1/cases?limit=500")))
        {
            foreach (var (by, role, token) in callers)
            {
                using var client = hub.Client();
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
                var before = (await log.EntriesAsync(hub.Late, 0, 10_000, Stop)).Count;
                using var answer = await client.GetAsync(address, Stop);
                var text = await answer.Content.ReadAsStringAsync(Stop);
                var noted = await log.EntriesAsync(hub.Late, 0, 10_000, Stop);
                var opened = answer.IsSuccessStatusCode && page.Contains("{id}", StringComparison.Ordinal) && role.Length > 0;
                shown += opened ? 1 : 0;
                if (by == "not-named" && (text.Contains(hub.Late.Value, StringComparison.Ordinal) || (page.Contains("{id}", StringComparison.Ordinal) && answer.IsSuccessStatusCode)))
                {
                    wrong.Add($"{page}: shows a restricted case to an officer who is not named");
                }

                if (noted.Count - before != (opened ? 1 : 0) || (opened && (noted[0].By, noted[0].Roles) != (by, role)))
                {
                    wrong.Add($"{page} by {by}: {(int)answer.StatusCode}, {noted.Count - before} lines on the access log");
                }
            }
        }

        Assert.True(shown > 12, $"{shown}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        using var officer = hub.Client();
        officer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", callers[1].Token);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/cases/{hub.Late}/lift-restriction") { Content = new StringContent("""{"reason":"x"}""", System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "lift");
        using var lifted = await officer.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.NotFound, lifted.StatusCode);
    }

    internal static Task RestrictAsync(MonitoredHub hub, AssessmentId id, params string[] officers) =>
        hub.SubmitAsync(id, new RestrictCase(officers, "A colleague's child."), Manager);

    private static async Task<int> CountAsync(Desk desk, string address) =>
        int.Parse((await desk.OpenAsync(address)).QuerySelector("main p strong")!.TextContent, System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Every address that is read and begins so, filled in for a case.</summary>
    private static IEnumerable<(string Page, string Address)> Addresses(MonitoredHub hub, string begins, AssessmentId id) =>
        hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith(begins, StringComparison.Ordinal) && e.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET"))
            .Select(e => e.RoutePattern.RawText!)
            .Select(page => (page, page.Replace("{id}", id.Value, StringComparison.Ordinal).Replace("{step}", "claim-exception", StringComparison.Ordinal).Replace("{section}", "F", StringComparison.Ordinal).Replace("{advice}", "medical-1.1", StringComparison.Ordinal)
                .Replace("{letter}", "assessmentConsidered-family", StringComparison.Ordinal).Replace("{link}", "link-1", StringComparison.Ordinal)
                .Replace("{version:int}", "1", StringComparison.Ordinal).Replace("{from:int}", "1", StringComparison.Ordinal).Replace("{to:int}", "1", StringComparison.Ordinal)
                .Replace("{sha256}", new string('0', 64), StringComparison.Ordinal)));

    private static AgencyId Agency(string text) => AgencyId.TryParse(text, out var id, out var problem) ? id : throw new FormatException(problem);
}
