using System.Diagnostics;
using System.Text.Json;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>
/// The pages in headless Chromium (npm: <c>cd tests/peers &amp;&amp; npm ci</c>; a browser named chromium or in CHROMIUM): every filter, every action, both roles, keyboard
/// only, 400 % zoom, axe-core. The script is tests/peers/monitor.mjs. Screenshots go to SCREENSHOTS where that is set.
/// </summary>
public sealed class BrowserTests
{
    [Fact]
    public async Task The_pages_work_in_a_browser_for_everybody()
    {
        var (peers, browser) = PeerBrowser.Needed();

        await using var hub = await MonitoredHub.StartAsync();
        var start = new ProcessStartInfo("node", [Path.Combine(peers, "monitor.mjs")]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CHROMIUM"] = browser;
        start.Environment["HUB"] = hub.Address.ToString().TrimEnd('/');
        start.Environment["LATE"] = hub.Late.Value;
        start.Environment["FAILING"] = hub.Failing.Value;
        start.Environment["YOUNG"] = hub.Young.Value;
        start.Environment["PUSHED"] = await hub.PushAsync();
        start.Environment["PLANTED"] = JsonSerializer.Serialize(hub.Planted.ToDictionary(p => p.Key, p => p.Value.Value));
        start.Environment["FAMILY"] = hub.FamilyAddress;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, $"{output}\n{await errors}");
        Assert.Contains("checks passed", output, StringComparison.Ordinal);
    }
}
