using System.Diagnostics;

namespace IntegrationHub.Local.Tests.Monitoring;

/// <summary>A script of tests/peers that drives headless Chromium and asks the test for what only it knows.</summary>
internal static class PeerBrowser
{
    /// <summary>
    /// The folder of the scripts, and the browser: the headless shell of Chromium where there is one, the same engine without the windows that nobody
    /// sees. Where either is missing the test is skipped, in CI it fails.
    /// </summary>
    internal static (string Peers, string Browser) Needed()
    {
        var peers = Path.Combine(Root(), "tests", "peers");
        var browser = new[] { Environment.GetEnvironmentVariable("CHROMIUM"), "/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser" }.FirstOrDefault(File.Exists);
        var missing = !Directory.Exists(Path.Combine(peers, "node_modules", "playwright-core")) ? "playwright-core is not installed: cd tests/peers && npm ci"
            : browser is null ? "No Chromium: install chromium or name it in CHROMIUM." : "";
        Assert.False(missing.Length > 0 && Environment.GetEnvironmentVariable("CI") == "true", missing);
        Assert.SkipWhen(missing.Length > 0, missing);
        return (peers, browser!);
    }

    /// <summary>Runs a script; where the browser is missing the test is skipped, in CI it fails.</summary>
    /// <param name="script">Name of the script.</param>
    /// <param name="settings">Its environment.</param>
    /// <param name="answer">Answers a line of the script; null where the line asks nothing.</param>
    /// <returns>Every line that asked nothing.</returns>
    internal static async Task<IReadOnlyList<string>> RunAsync(string script, IReadOnlyDictionary<string, string> settings, Func<string, Task<string?>> answer)
    {
        var stop = TestContext.Current.CancellationToken;
        var (peers, browser) = Needed();

        var start = new ProcessStartInfo("node", [Path.Combine(peers, script)]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.Environment["CHROMIUM"] = browser;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(stop);
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(stop) is { } line)
        {
            if (await answer(line) is { } told)
            {
                await process.StandardInput.WriteLineAsync(told.AsMemory(), stop);
                await process.StandardInput.FlushAsync(stop);
            }
            else
            {
                said.Add(line);
            }
        }

        await process.WaitForExitAsync(stop);
        Assert.True(process.ExitCode == 0, $"{string.Join('\n', said)}\n{await errors}");
        return said;
    }

    /// <summary>The solution's folder.</summary>
    internal static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "IntegrationHub.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException("The solution's folder was not found.");
    }
}
