using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>The search of what the hub says (tests/Privacy/scan) reaches the processes that tests start, and finds a child in one line of theirs.</summary>
public sealed class SaidTests : IDisposable
{
    private static readonly string[] Kinds = ["log", "metric", "span", "url", "notice", "queue", "dead-letter"];

    private readonly string folder = Directory.CreateTempSubdirectory("hub-said-").FullName;

    [Fact]
    public async Task A_child_of_the_tests_named_in_one_line_of_another_process_is_found()
    {
        var said = Path.Combine(folder, "said");
        Directory.CreateDirectory(said);
        await File.WriteAllLinesAsync(Path.Combine(said, "others.txt"), Kinds.Select(kind => $"{kind}\tnothing of a child"), TestContext.Current.CancellationToken);

        await HubProcess.RunAsync("token nobody", said: said);
        Assert.Equal((0, true), await ScanAsync(said));

        // The leak: a wrong call whose words the program repeats on standard error.
        var (_, _, error) = await HubProcess.RunAsync("serve Doyle", said: said);
        Assert.Contains("Doyle", error, StringComparison.Ordinal);
        Assert.Equal((1, false), await ScanAsync(said));
    }

    /// <summary>A child called "Other" would be found in every log line with that word, at the end of a long run.</summary>
    [Fact]
    public async Task No_child_of_the_tests_is_called_by_a_word_of_the_hub() =>
        Assert.Equal((0, "", ""), await RunScanAsync("--names"));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static async Task<(int Exit, bool Clean)> ScanAsync(string said)
    {
        var (exit, output, error) = await RunScanAsync(said);
        var told = output + error;
        Assert.Contains("different lines of kind console", told, StringComparison.Ordinal);
        return (exit, !told.Contains("The hub named a test child", StringComparison.Ordinal) && told.Contains("None of ", StringComparison.Ordinal));
    }

    private static async Task<(int Exit, string Output, string Error)> RunScanAsync(string argument)
    {
        using var scan = Process.Start(new ProcessStartInfo("bash", [Path.Combine(Root(), "tests", "Privacy", "scan"), argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (scan.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), scan.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await scan.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (scan.ExitCode, await output, await error);
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "..", "..", ".."));
}
