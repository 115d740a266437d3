using IntegrationHub.Local.Tests.Monitoring;

namespace IntegrationHub.Local.Tests.Contributing;

/// <summary>
/// A SENCo in headless Chromium, without an account, without script, with the keyboard alone: tests/peers/contribute.mjs. The pages and fields
/// from the mail to short advice that is sent are counted, as docs/contributors.md says them. Pictures go to SCREENSHOTS where that is set.
/// </summary>
public sealed class ContributorBrowserTests
{
    [Fact]
    public async Task Short_advice_is_sent_over_four_pages_and_every_page_is_open_to_everybody()
    {
        var stop = TestContext.Current.CancellationToken;
        await using var hub = await School.HubAsync();
        var (one, other) = (await hub.DecideAsync("one", assess: true), await hub.DecideAsync("other", assess: true));

        var said = await PeerBrowser.RunAsync(
            "contribute.mjs", new Dictionary<string, string> { ["HUB"] = hub.Address.ToString().TrimEnd('/'), ["LINK"] = School.PathTo(hub, one), ["OTHER"] = School.PathTo(hub, other) },
            line => Task.FromResult(line == "code" ? School.CodeTo(hub) : null));

        Assert.Contains("counted 4 11", said);
        var words = await File.ReadAllTextAsync(Path.Combine(PeerBrowser.Root(), "docs", "contributors.md"), stop);
        Assert.Contains("**4 pages**", words, StringComparison.Ordinal);
        Assert.Contains("11 fields", words, StringComparison.Ordinal);
        Assert.Equal("Reading is slow.", Assert.Single((await hub.StateAsync(one)).Advice).Content.Needs[0].Text);
    }
}
