using System.Text.RegularExpressions;

namespace IntegrationHub.Architecture.Tests;

/// <summary>
/// A test that measures the memory of the process runs while no other does: what others take or give back meanwhile would be counted as its own,
/// and it would fail by chance.
/// </summary>
public partial class MeasuresOfTheProcessTests
{
    /// <summary>Programs of their own, in which nothing runs beside the measure, and a measure of another process.</summary>
    private static readonly string[] Apart = ["tests/Benchmarks/", "tests/Simulation/SimulatedYear.cs", "tests/AzureStorage/AzuriteProcess.cs"];

    [Fact]
    public void Tests_that_measure_the_process_run_alone()
    {
        var files = Directory.EnumerateFiles(Path.Combine(SourceGraph.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(SourceGraph.Root, file).Replace('\\', '/'), File: file))
            .Where(file => !Outside().IsMatch(file.Name) && !Apart.Any(one => file.Name.StartsWith(one, StringComparison.Ordinal)))
            .Select(file => (file.Name, Text: File.ReadAllText(file.File)))
            .ToList();
        var alone = files.SelectMany(file => Definitions().Matches(file.Text)).Select(match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal);
        var measuring = files.Where(file => Measures(file.Text)).ToList();

        Assert.True(measuring.Count >= 3, "The scan finds too little to prove anything.");
        Assert.Empty(measuring.Where(file => !RunsAlone(file.Text, alone)).Select(file => file.Name));
    }

    [Theory]
    [InlineData("public class A { long B = GC.GetTotalMemory(true); }")]
    [InlineData("[Collection(nameof(Other))] class A { long B = process.PrivateMemorySize64; }")]
    [InlineData("class A { long B = GC.GetTotalAllocatedBytes(); }")]
    public void A_measure_beside_others_is_found(string text) => Assert.True(Measures(text) && !RunsAlone(text, ["Alone"]));

    [Theory]
    [InlineData("[Collection(nameof(Alone))] class A { long B = GC.GetTotalMemory(true); }", true)]
    [InlineData("class A { long B = GC.GetAllocatedBytesForCurrentThread(); }", false)]
    public void What_runs_alone_or_measures_its_own_thread_passes(string text, bool measures) =>
        Assert.True(Measures(text) == measures && (!measures || RunsAlone(text, ["Alone"])));

    private static bool Measures(string text) => Measure().IsMatch(text);

    private static bool RunsAlone(string text, HashSet<string> alone) => Collections().Matches(text).Any(match => alone.Contains(match.Groups["name"].Value));

    [GeneratedRegex(@"\bGC\.(GetTotalMemory|GetTotalAllocatedBytes|GetGCMemoryInfo)\b|\.(WorkingSet64|PrivateMemorySize64|PeakWorkingSet64|TotalProcessorTime)\b|Environment\.WorkingSet\b")]
    private static partial Regex Measure();

    [GeneratedRegex(@"CollectionDefinition\(nameof\((?<name>\w+)\),\s*DisableParallelization = true")]
    private static partial Regex Definitions();

    [GeneratedRegex(@"\[Collection\(nameof\((?<name>\w+)\)\)\]")]
    private static partial Regex Collections();

    [GeneratedRegex(@"(^|/)(bin|obj|node_modules)/")]
    private static partial Regex Outside();
}
