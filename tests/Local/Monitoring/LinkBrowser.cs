using System.Diagnostics;
using System.Text.Json;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>A page as a reader saw it.</summary>
internal sealed record LinkPage(int Status, string? Asks, string H1, string Text, IReadOnlyList<string> Links, IReadOnlyList<string> Axe);

/// <summary>Headless Chromium with a browser for each reader: the script is tests/peers/letters.mjs.</summary>
internal sealed class LinkBrowser : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> errors;

    private LinkBrowser(Process process) => (this.process, errors) = (process, process.StandardError.ReadToEndAsync());

    /// <summary>Starts it. Where there is none the test is skipped, but not in CI.</summary>
    internal static LinkBrowser Start()
    {
        var (peers, browser) = PeerBrowser.Needed();
        var start = new ProcessStartInfo("node", [Path.Combine(peers, "letters.mjs")]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["CHROMIUM"] = browser;
        return new LinkBrowser(Process.Start(start)!);
    }

    /// <summary>Follows a link as a reader; answers the page that the reader ends on.</summary>
    internal async Task<LinkPage> FollowAsync(Uri url, string reader, string[]? born = null, string? code = null, bool send = false, string? name = null, bool print = false)
    {
        var stop = TestContext.Current.CancellationToken;
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { url = url.ToString(), reader, born, code, send, name, print }).AsMemory(), stop);
        await process.StandardInput.FlushAsync(stop);
        var line = await process.StandardOutput.ReadLineAsync(stop).AsTask().WaitAsync(TimeSpan.FromSeconds(60), stop);
        Assert.True(line is not null, process.HasExited ? await errors : "The browser said nothing.");
        return JsonSerializer.Deserialize<LinkPage>(line, JsonSerializerOptions.Web)!;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var end = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await process.WaitForExitAsync(end.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
