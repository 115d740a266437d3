using System.Diagnostics;
using System.Globalization;
using IntegrationHub.Ports.Tests;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>The hub's program as a process of its own, started as anyone starts it and killed as no program likes to be.</summary>
internal sealed class HubProcess : IDisposable
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "IntegrationHub.Local.dll");

    /// <summary>The folder in which everything that is said is recorded; null where nobody asks for it.</summary>
    private static readonly string? Said = Environment.GetEnvironmentVariable("HUB_SAID") is { Length: > 0 } folder ? folder : null;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly bool development;
    private Process? process;

    private HubProcess(string data, int port, IReadOnlyDictionary<string, string> settings, bool development)
    {
        this.development = development;
        this.settings = settings;
        Data = data;
        Address = new Uri($"http://127.0.0.1:{port}");
    }

    internal string Data { get; }

    internal Uri Address { get; }

    /// <summary>A hub on a data directory, not started.</summary>
    /// <param name="data">The directory.</param>
    /// <param name="settings">Further settings, as environment variables name them.</param>
    /// <param name="development">Whether it takes development tokens.</param>
    internal static HubProcess At(string data, IReadOnlyDictionary<string, string>? settings = null, bool development = true) =>
        new(data, FreePort.Take(), settings ?? new Dictionary<string, string>(), development);

    /// <summary>Runs a command to its end.</summary>
    internal static async Task<(int Exit, string Out, string Error)> RunAsync(string arguments, string? input = null, string? said = null, (string Name, string Value)? setting = null, bool recorded = true)
    {
        var info = Info(arguments, redirect: true, said);
        if (!recorded)
        {
            // What is asked is what the program prints by itself: recording it needs logs that it would not print.
            info.Environment.Remove("HUB_SAID");
            info.Environment.Remove("DOTNET_STARTUP_HOOKS");
            info.Environment.Remove("Logging__Console__LogLevel__Default");
            info.Environment["Logging__LogLevel__Default"] = "Error";
        }

        if (setting is { } one)
        {
            info.Environment[one.Name] = one.Value;
        }

        using var process = Process.Start(info)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(input ?? "");
        process.StandardInput.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    internal async Task StartAsync()
    {
        var info = Info($"serve {(development ? "--development" : "")} --url {Address} --data \"{Data}\"", redirect: false);
        foreach (var (name, value) in settings)
        {
            info.Environment[name] = value;
        }

        process = Process.Start(info)!;

        // A machine that is slow to answer is not a hub that failed to start.
        using var http = new HttpClient { BaseAddress = Address, Timeout = Timeout.InfiniteTimeSpan };
        while (true)
        {
            Assert.False(process.HasExited, "the hub ended while it started");
            try
            {
                if ((await http.GetAsync("/health/ready", TestContext.Current.CancellationToken)).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed.</summary>
    internal void Kill()
    {
        process!.Kill();
        process.WaitForExit();
    }

    /// <summary>Where what it says is recorded it ends in order, because its notices and dead letters are told at the end.</summary>
    private void End()
    {
        if (Said is null)
        {
            Kill();
            return;
        }

        using var term = Process.Start("kill", ["-TERM", process!.Id.ToString(CultureInfo.InvariantCulture)]);
        term.WaitForExit();
        if (!process.WaitForExit(Patience))
        {
            Kill();
            Assert.Fail($"The hub had not ended {Patience.TotalMinutes} minutes after it was asked to, and was killed.");
        }
    }

    public void Dispose()
    {
        if (process is { HasExited: false })
        {
            End();
        }

        process?.Dispose();
    }

    private static ProcessStartInfo Info(string arguments, bool redirect, string? said = null)
    {
        var info = new ProcessStartInfo("dotnet", $"\"{Program}\" {arguments}")
        {
            RedirectStandardInput = redirect,
            RedirectStandardOutput = redirect,
            RedirectStandardError = redirect,
            Environment = { ["Access__RequestsPerMinute"] = "0", ["DOTNET_TieredPGO"] = "0", ["Monitor__WarmUp"] = "false", ["Logging__LogLevel__Default"] = "Error" },
        };
        if ((said ?? Said) is { } folder)
        {
            // The child records what it says, more than it prints (tests/Privacy/Recorder.cs).
            info.Environment["HUB_SAID"] = folder;
            info.Environment["DOTNET_STARTUP_HOOKS"] = typeof(HubProcess).Assembly.Location;
            info.Environment["Logging__LogLevel__Default"] = "Information";
            info.Environment["Logging__Console__LogLevel__Default"] = "Error";
        }

        return info;
    }
}
