using System.Diagnostics;
using System.Net.NetworkInformation;
using IntegrationHub.Ports.Tests;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>The commands of the pages, word for word, in a fresh copy of the tree that was made in an empty folder.</summary>
[Collection("ports that the pages name")]
public sealed class ReadmeTests(ReadmeTests.FreshTree fresh) : IClassFixture<ReadmeTests.FreshTree>
{
    [Theory]
    [InlineData("README.md", "\"id\"")]
    [InlineData("docs/bus.md", "added")]
    public async Task Every_command_of_the_page_works(string page, params string[] said)
    {
        using var ports = await NamedPorts.HoldAsync(TestContext.Current.CancellationToken);
        var busy = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(l => l.Port).Where(port => port is 7071 or 5672).ToList();
        Assert.True(busy.Count == 0, $"another program listens at {string.Join(", ", busy)}, which the pages name");
        var blocks = CodeBlock.Of(SourceTree.Read(page)).Where(b => b is { Language: "sh", NotRun: null }).ToList();
        Assert.NotEmpty(blocks);

        var tree = fresh.Tree;
        var (exit, output) = await RunAsync(tree, "setsid", "bash", "-c",
            $"set -eo pipefail\ntrap 'code=$?; trap \"\" TERM; kill -TERM 0; wait; exit $code' EXIT\n{string.Join('\n', blocks.Select(b => b.Text))}");

        Assert.True(exit == 0, $"exit {exit}\n{output}");
        Assert.All(said, text => Assert.Contains(text, output, StringComparison.Ordinal));

        // Children's data is in the caller's folder, which git leaves alone, and nowhere among the sources.
        Assert.True(File.Exists(Path.Combine(tree, "data", "assessments.db")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(tree, "functions"), "*.db", SearchOption.AllDirectories));
        var (_, untracked) = await RunAsync(tree, "git", "status", "--porcelain", "--untracked-files=all", "data", "functions");
        Assert.DoesNotContain("data/", untracked, StringComparison.Ordinal);

        // The next page starts with no data, as it would for whoever reads it first.
        Directory.Delete(Path.Combine(tree, "data"), recursive: true);
    }

    [Fact]
    public void Every_block_that_is_not_run_says_why()
    {
        var pages = new[] { "README.md", "docs/bus.md", "docs/runbooks/behind-a-proxy.md", "docs/runbooks/backup-and-restore.md" };
        var blocks = pages.SelectMany(page => CodeBlock.Of(SourceTree.Read(page)).Where(b => b.Language == "sh").Select(b => (Page: page, Block: b))).ToList();

        Assert.All(blocks.Where(b => b.Block.NotRun is not null), b => Assert.True(b.Block.NotRun!.Length > 10, b.Page));
        Assert.All(
            blocks.Where(b => b.Page is not ("README.md" or "docs/bus.md")),
            b => Assert.True(b.Block.NotRun is not null, $"{b.Page} has a block that no test runs"));
    }

    /// <summary>One copy for all pages: the first one's commands build it, as a newcomer's do.</summary>
    public sealed class FreshTree : IAsyncLifetime
    {
        private readonly string place = Directory.CreateTempSubdirectory("hub-readme-").FullName;

        internal string Tree => Path.Combine(place, "hub");

        public async ValueTask InitializeAsync()
        {
            await RunAsync(place, "git", "clone", "-q", SourceTree.Root, "hub");
            await CopyChangesAsync(Tree);
        }

        public ValueTask DisposeAsync()
        {
            Directory.Delete(place, recursive: true);
            return ValueTask.CompletedTask;
        }
    }

    /// <summary>What was changed and is not committed belongs to the copy too.</summary>
    private static async Task CopyChangesAsync(string tree)
    {
        var (_, changed) = await RunAsync(SourceTree.Root, "git", "ls-files", "--modified", "--others", "--exclude-standard");
        foreach (var name in changed.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (from, to) = (Path.Combine(SourceTree.Root, name), Path.Combine(tree, name));
            if (File.Exists(from))
            {
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(from, to, overwrite: true);
            }
        }
    }

    private static async Task<(int Exit, string Output)> RunAsync(string folder, string program, params string[] words)
    {
        var start = new ProcessStartInfo(program, words)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The compiler's server, as a newcomer has it: it belongs to the group of processes that the script ends.
            Environment = { ["UseSharedCompilation"] = "true", ["MSBUILDDISABLENODEREUSE"] = "1", ["DOTNET_NOLOGO"] = "1", ["Logging__LogLevel__Default"] = "Error" },
        };

        // The suite's own settings are not a newcomer's.
        start.Environment.Remove("CI");
        start.Environment.Remove("HUB_SAID");
        start.Environment.Remove("DOTNET_STARTUP_HOOKS");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

        // A page whose commands never end is a finding, not a suite that never ends.
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromMinutes(12));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"did not end in twelve minutes; it said: {await output}{await error}");
        }

        return (process.ExitCode, $"{await output}{await error}");
    }
}
