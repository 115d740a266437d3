using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>The family's link: each way in which one ends is tried on a link that had opened, while another link of the same case still opens.</summary>
public sealed class FamilyLinkTests
{
    private static readonly DateOnly LastDay = new(2026, 12, 31);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_revoked_link_opens_no_more_and_the_others_still_do()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var (revoked, kept) = (await IssueAsync(hub, hub.Late, "to-revoke"), await IssueAsync(hub, hub.Late, "to-keep"));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await OpenAsync(hub, revoked), await OpenAsync(hub, kept)));

        await hub.SubmitAsync(hub.Late, new RevokeFamilyLink("to-revoke", "Lost."), new Actor { Role = ActorRole.Operator, Id = "op" });

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.OK), (await OpenAsync(hub, revoked), await OpenAsync(hub, kept)));
        using var officer = Officer(hub);
        using var address = await officer.GetAsync($"/v1/cases/{hub.Late}/family-links/to-revoke", Stop);
        Assert.Equal(HttpStatusCode.NotFound, address.StatusCode);
    }

    [Fact]
    public async Task A_link_opens_up_to_and_including_its_last_day_in_London()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var address = await IssueAsync(hub, hub.Late, "short");

        hub.Time.SetUtcNow(new DateTimeOffset(2026, 12, 31, 23, 59, 0, TimeSpan.Zero));
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(hub, address));
        hub.Time.SetUtcNow(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        Assert.Equal(HttpStatusCode.NotFound, await OpenAsync(hub, address));
    }

    [Fact]
    public async Task A_token_that_the_hub_did_not_give_for_this_link_of_this_case_opens_nothing()
    {
        await using var hub = await MonitoredHub.StartAsync();
        var address = await IssueAsync(hub, hub.Late, "mine");
        var tokens = hub.Services.GetRequiredService<FamilyTokens>();
        var strangers = new FamilyTokens(new byte[32]);
        Assert.Equal(HttpStatusCode.OK, await OpenAsync(hub, address));
        var (token, root) = (address[(address.LastIndexOf('/') + 1)..], address[..(address.LastIndexOf('/') + 1)]);
        Assert.Equal(token, tokens.Sign(hub.Late, "mine"));

        foreach (var wrong in new[]
        {
            tokens.Sign(hub.Late, "never-issued"),
            tokens.Sign(hub.Young, "mine"),
            tokens.Sign(AssessmentId.For(hub.Late.Council, "unknown"), "mine"),
            strangers.Sign(hub.Late, "mine"),
            token[..^1] + (token[^1] == 'A' ? 'B' : 'A'),
            token.Split('.')[0],
            token.Split('.')[0] + ".",
            "." + token.Split('.')[1],
            token + "A",
            "x",
        })
        {
            Assert.Equal((wrong, HttpStatusCode.NotFound), (wrong, await OpenAsync(hub, root + wrong)));
        }
    }

    [Fact]
    public async Task The_page_tells_where_the_assessment_is_and_no_detail_of_the_child()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var family = hub.Client();

        var html = await family.GetStringAsync(hub.FamilyAddress, Stop);

        Assert.Contains("Advice is being gathered.", html, StringComparison.Ordinal);
        Assert.All(MonitoredHub.OfTheChild, personal => Assert.DoesNotContain(personal, html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_comes_without_a_link_reads_how_to_get_one_and_nothing_else()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var family = hub.Client();

        using var answer = await family.GetAsync("/family", Stop);

        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("contact the council", await answer.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
    }

    private static async Task<string> IssueAsync(MonitoredHub hub, AssessmentId id, string link)
    {
        await hub.SubmitAsync(id, new IssueFamilyLink(link, LastDay));
        using var officer = Officer(hub);
        return (await officer.GetFromJsonAsync<Dictionary<string, string>>($"/v1/cases/{id}/family-links/{link}", Stop))!["address"];
    }

    private static HttpClient Officer(MonitoredHub hub)
    {
        var officer = hub.Client();
        officer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", hub.Services.GetRequiredService<TokenIssuer>().Issue(new TokenRequest(CallerRole.CouncilOfficer, Council: hub.Late.Council)));
        return officer;
    }

    private static async Task<HttpStatusCode> OpenAsync(MonitoredHub hub, string address)
    {
        using var family = hub.Client();
        using var answer = await family.GetAsync(address, Stop);
        return answer.StatusCode;
    }
}
