using System.Text.RegularExpressions;

namespace IntegrationHub.Architecture.Tests;

/// <summary>What the hub answers as done must outlast a power cut: wherever a SQLite file is opened for writing, each commit is flushed.</summary>
public partial class DurabilityTests
{
    private static readonly string[] Shipped = ["contracts", "orchestrations", "functions"];

    private static readonly IReadOnlyList<(string Name, string Text)> Sources =
    [
        .. Shipped.SelectMany(room => Directory.EnumerateFiles(Path.Combine(PaperTests.Root, room), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .Select(file => (Path.GetRelativePath(PaperTests.Root, file), File.ReadAllText(file))),
    ];

    [Fact]
    public void No_source_sets_anything_weaker_than_synchronous_full()
    {
        var settings = Sources.SelectMany(source => Synchronous().Matches(source.Text).Select(m => (source.Name, To: m.Groups[1].Value))).ToList();
        Assert.True(settings.Select(s => s.Name).Distinct().Count() >= 4, "The files of cases, of FHIR and of the bus each set it.");
        Assert.All(settings, s => Assert.Equal((s.Name, "FULL"), s));
    }

    [Fact]
    public void Whoever_opens_a_write_ahead_log_makes_sure_that_its_commits_are_flushed()
    {
        var logs = Sources.Where(source => source.Text.Contains("journal_mode = WAL", StringComparison.Ordinal)).ToList();
        Assert.True(logs.Count >= 2, "The file of cases, and the layer over the others, are write-ahead logs.");
        Assert.All(logs, log => Assert.True(
            log.Text.Contains("FlushEachCommit()", StringComparison.Ordinal)
            || (log.Text.Contains("PRAGMA synchronous = FULL", StringComparison.Ordinal) && log.Text.Contains("is not SynchronousFull", StringComparison.Ordinal)),
            $"{log.Name} opens a write-ahead log and does not make sure that commits are flushed."));
    }

    [GeneratedRegex(@"synchronous\s*=\s*(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex Synchronous();
}
