using System.Net.Http.Headers;
using System.Net.Http.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>Pages show the last day in law and, where the day of receipt may count or not, the day that is in time under both readings.</summary>
public sealed class BothReadingsTests
{
    // Six weeks from 17 August 2026.
    private const string InLaw = "28 September 2026";
    private const string Safe = "27 September 2026";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_case_page_and_the_familys_page_show_both_days_in_plain_words()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var viewer = await hub.SignedInAsync("viewer");

        var page = await viewer.GetStringAsync($"/monitor/cases/{hub.Young}", Stop);
        Assert.Contains("Last day in law", page, StringComparison.Ordinal);
        Assert.Contains("Work to", page, StringComparison.Ordinal);
        Assert.Contains(InLaw, page, StringComparison.Ordinal);
        Assert.Contains(Safe, page, StringComparison.Ordinal);
        Assert.Contains("to be in time whichever way the days are counted", await viewer.GetStringAsync($"/monitor/cases/{hub.Late}", Stop), StringComparison.Ordinal);

        await hub.SubmitAsync(hub.Young, new IssueFamilyLink("both", new DateOnly(2026, 12, 31)));
        LocalAuthorityCode.TryParse("330", out var council, out _);
        using var officer = hub.Client();
        officer.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", hub.Services.GetRequiredService<TokenIssuer>().Issue(new TokenRequest(CallerRole.CouncilOfficer, Council: council)));
        var address = (await officer.GetFromJsonAsync<Dictionary<string, string>>($"/v1/cases/{hub.Young}/family-links/both", Stop))!["address"];
        using var family = hub.Client();
        Assert.Contains(
            $"This is due by {InLaw}. The law can also be read as meaning one day earlier, so the council works to {Safe}.", await family.GetStringAsync(new Uri(address).PathAndQuery, Stop), StringComparison.Ordinal);
    }
}
