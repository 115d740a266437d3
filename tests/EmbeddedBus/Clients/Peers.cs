using System.Diagnostics;

namespace IntegrationHub.EmbeddedBus.Tests.Clients;

/// <summary>The clients that others wrote, in tests/peers, and the table that all of them run.</summary>
internal static class Peers
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    internal static string Folder => Path.Combine(Repository(), "tests", "peers");

    internal static IReadOnlyList<string> Rows() => [.. File.ReadAllLines(Path.Combine(Folder, "bus-semantics.txt")).Where(row => row.Length > 0)];

    /// <summary>Runs a client to its end; one that hangs is ended, and what it said until then is the answer.</summary>
    internal static async Task<(int Exit, string Said)> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} does not start.");
        using var patience = new CancellationTokenSource(Patience);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }

        return (process.ExitCode, await output + await errors);
    }

    private static string Repository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "IntegrationHub.sln")))
        {
            at = at.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return at.FullName;
    }
}
