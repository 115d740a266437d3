using System.Text.RegularExpressions;

namespace IntegrationHub.Architecture.Tests;

/// <summary>Usings stand in one order, those of System first: the build finds those that are unused, and nothing else finds a wrong order.</summary>
public partial class UsingsTests
{
    [Fact]
    public void Usings_stand_in_order()
    {
        string[] folders = ["contracts", "orchestrations", "functions", "tests"];
        var files = folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(PaperTests.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !Outside().IsMatch(Path.GetRelativePath(PaperTests.Root, file)))
            .ToList();

        Assert.True(files.Count > 1500, "The scan finds too little to prove anything.");
        Assert.Empty(files.Where(file => !InOrder(File.ReadLines(file))).Select(file => Path.GetRelativePath(PaperTests.Root, file)));
    }

    [Theory]
    [InlineData("using Azure;\nusing System.Text;")]
    [InlineData("using System.Text;\nusing System.Net;")]
    [InlineData("using IntegrationHub.Core;\nusing Azure.Core;")]
    public void A_wrong_order_is_found(string source) => Assert.False(InOrder(source.Split('\n')));

    [Fact]
    public void The_right_order_passes() =>
        Assert.True(InOrder("using System;\nusing System.Net;\nusing Azure.Core;\nusing Xunit;\nusing static System.Math;\nusing Url = System.Uri;".Split('\n')));

    /// <summary>Namespaces, then static classes, then names given to types, as the formatter orders them.</summary>
    private static bool InOrder(IEnumerable<string> lines)
    {
        var usings = lines.TakeWhile(line => !line.StartsWith("namespace ", StringComparison.Ordinal)).Select(line => Using().Match(line)).Where(match => match.Success)
            .Select(match => (Kind: Kind(match), Name: match.Groups[match.Groups["alias"].Success ? "alias" : "name"].Value))
            .ToList();

        return usings.SequenceEqual(usings.OrderBy(one => one.Kind).ThenBy(one => !Regex.IsMatch(one.Name, @"^System(\.|$)")).ThenBy(one => one.Name, StringComparer.OrdinalIgnoreCase));
    }

    private static int Kind(Match match) => match.Groups["static"].Success ? 1 : match.Groups["alias"].Success ? 2 : 0;

    [GeneratedRegex(@"(^|[\\/])(bin|obj|node_modules)[\\/]")]
    private static partial Regex Outside();

    [GeneratedRegex(@"^(?:global )?using (?:(?<static>static) |(?<alias>\w+) = )?(?<name>[\w.]+)(;|<)")]
    private static partial Regex Using();
}
