using System.Text.RegularExpressions;

namespace IntegrationHub.Architecture.Tests;

/// <summary>The hub runs without the data of cultures: whoever asks for one by name stops with an error, on whatever page that is.</summary>
public partial class CultureTests
{
    private static readonly string[] Rooms = ["contracts", "orchestrations", "functions", "tests"];
    private static readonly string[] Written = [".cs", ".razor"];

    [Fact]
    public void No_source_asks_for_a_culture_by_name()
    {
        var sources = Rooms.SelectMany(room => Directory.EnumerateFiles(Path.Combine(PaperTests.Root, room), "*", SearchOption.AllDirectories))
            .Where(file => Written.Contains(Path.GetExtension(file)) && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToList();
        Assert.Contains(sources, file => file.EndsWith(".razor", StringComparison.Ordinal));
        Assert.Empty(sources.Where(file => Named().IsMatch(File.ReadAllText(file))).Select(file => Path.GetRelativePath(PaperTests.Root, file)));
    }

    [Fact]
    public void The_search_finds_such_a_call() => Assert.Matches(Named(), "CultureInfo." + "GetCultureInfo(name)");

    [GeneratedRegex(@"CultureInfo\s*\.\s*(?:GetCultureInfo|CreateSpecificCulture)\s*\(|new\s+CultureInfo\s*\(")]
    private static partial Regex Named();
}
