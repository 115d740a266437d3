using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace IntegrationHub.Architecture.Tests;

/// <summary>What is deployed can make no fault on purpose: stores that fail, clocks that go wrong and simulated people are tests.</summary>
public partial class FaultInjectionTests
{
    private static readonly string[] Rooms = ["contracts", "orchestrations", "functions"];

    /// <summary>Projects whose output is deployed, relative to the root.</summary>
    public static TheoryData<string> Projects => [.. Files(Rooms, "*.csproj")];

    [Fact]
    public void No_shipped_type_injects_faults_or_simulates()
    {
        var shipped = Named(Rooms);

        Assert.True(shipped.Count > 1000, "The scan finds too little to prove anything.");
        Assert.DoesNotContain(shipped, name => OfFaults().IsMatch(name));
    }

    [Fact]
    public void The_scan_finds_what_the_simulation_holds()
    {
        var simulation = Named(["tests/Simulation"]).Where(name => OfFaults().IsMatch(name)).ToList();

        string[] known = ["FaultyStore", "FaultPlan", "SimulatedHub", "SimulatedClock", "BuggyStore", "IntegrationHub.Simulation.Faults"];
        Assert.All(known, name => Assert.Contains(name, simulation));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_shipped_project_knows_no_test(string project)
    {
        var items = XDocument.Load(Path.Combine(SourceGraph.Root, project)).Descendants()
            .Where(item => item.Name.LocalName is "ProjectReference" or "PackageReference" or "Compile")
            .Select(item => item.Attribute("Include")?.Value.Replace('\\', '/') ?? "").ToList();

        Assert.DoesNotContain(items, item => item.Contains("tests/", StringComparison.Ordinal) || item.StartsWith("xunit", StringComparison.OrdinalIgnoreCase));
    }

    private static IEnumerable<string> Files(string[] roots, string pattern) =>
        from root in roots
        from file in Directory.EnumerateFiles(Path.Combine(SourceGraph.Root, root), pattern, SearchOption.AllDirectories)
        let name = Path.GetRelativePath(SourceGraph.Root, file).Replace('\\', '/')
        where !name.Split('/').Any(part => part is "obj" or "bin")
        select name;

    /// <summary>Name spaces and types that are declared in the source.</summary>
    private static HashSet<string> Named(string[] roots) =>
        [.. Files(roots, "*.cs").SelectMany(file => Declared().Matches(File.ReadAllText(Path.Combine(SourceGraph.Root, file)))).Select(m => m.Groups["name"].Value)];

    [GeneratedRegex(@"^[ \t]*(?:[a-z]+ )*(?:namespace|class|record(?: struct| class)?|struct|interface|enum) (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex("Simulat|Faulty|FaultPlan|FaultLevel|FaultInject|Buggy|Chaos|Planted")]
    private static partial Regex OfFaults();
}
