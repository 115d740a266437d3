using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>
/// An officer in headless Chromium (npm: <c>cd tests/peers &amp;&amp; npm ci</c>; a browser named chromium or in CHROMIUM) carries a child from a
/// request on paper to the sent final plan, without script and with the keyboard alone. The script is tests/peers/workspace.mjs. Screenshots go
/// to SCREENSHOTS where that is set; WIDTHS names other widths for the forms.
/// </summary>
public sealed class WorkspaceBrowserTests
{
    [Fact]
    public async Task An_officer_carries_a_child_from_a_paper_request_to_the_sent_final_plan()
    {
        var stop = TestContext.Current.CancellationToken;
        var (peers, browser) = PeerBrowser.Needed();

        await using var hub = await MonitoredHub.StartAsync();
        await InstitutionsTests.ImportAsync(hub);
        var start = new ProcessStartInfo("node", [Path.Combine(peers, "workspace.mjs")]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["CHROMIUM"] = browser;
        start.Environment["HUB"] = hub.Address.ToString().TrimEnd('/');
        start.Environment["LATE"] = hub.Late.Value;
        start.Environment["JOURNEYS"] = JsonSerializer.Serialize(new[] { Journey(1280, "Doyle", "9000000009", 0), Journey(390, "Murphy", "9000000017", 34) });
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(stop);
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(stop) is { } line)
        {
            if (line.StartsWith("advance ", StringComparison.Ordinal))
            {
                await hub.Engine.RunDueAsync(stop);
                await hub.Engine.AdvanceToAsync(hub.Time.GetUtcNow().AddDays(int.Parse(line[8..], CultureInfo.InvariantCulture)), hub.Time.SetUtcNow, stop);
                await hub.Services.GetRequiredService<Functions.Monitoring.Board.CaseBoard>().RefreshAsync(stop);
                await process.StandardInput.WriteLineAsync("done".AsMemory(), stop);
                await process.StandardInput.FlushAsync(stop);
            }
            else
            {
                said.Add(line);
            }
        }

        await process.WaitForExitAsync(stop);
        Assert.True(process.ExitCode == 0, $"{string.Join('\n', said)}\n{await errors}");
        Assert.Contains(said, line => line.EndsWith("checks passed", StringComparison.Ordinal));
        Assert.NotEmpty(await hub.Services.GetRequiredService<IAccessLog>().EntriesAsync(hub.Late, 0, 10, stop));
        Assert.Equal(Stage.Assessing, (await hub.Store.LoadAsync(hub.Late, stop)).State.Stage);
    }

    /// <summary>The days of one journey, as an officer types them; the hub's clock begins on 20 August 2026.</summary>
    private static Dictionary<string, object> Journey(int width, string family, string nhsNumber, int begins)
    {
        var first = new DateOnly(2026, 8, 20).AddDays(begins);
        string Day(int after) => first.AddDays(after).ToString("d M yyyy", CultureInfo.InvariantCulture);
        return new()
        {
            ["width"] = width,
            ["givenName"] = "Alex",
            ["familyName"] = family,
            ["nhsNumber"] = nhsNumber,
            ["received"] = Day(0),
            ["consulted"] = Day(1),
            ["written"] = Day(3),
            ["from"] = Day(1),
            ["to"] = Day(33),
            ["asked"] = Day(14),
            ["answered"] = Day(30),
        };
    }
}
