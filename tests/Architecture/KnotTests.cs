namespace IntegrationHub.Architecture.Tests;

/// <summary>No circle between folders, no large knot of files, no long file: as the compiler sees the source, shipped and tests.</summary>
public class KnotTests
{
    private const string Core = "orchestrations/Core/";
    private const int LargestKnotInCore = 8;
    private const int LongestFile = 300;
    private const int MaxMedian = 79;

    private static SourceGraph Shipped => SourceGraph.Shipped;

    /// <summary>Folders of tests that have folders of their own.</summary>
    public static TheoryData<string> TestFolders =>
        [.. Directory.EnumerateDirectories(Path.Combine(SourceGraph.Root, "tests"))
            .Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any()
                && Directory.EnumerateDirectories(folder).Any(inner => Path.GetFileName(inner) is not ("bin" or "obj")))
            .Select(folder => Path.GetFileName(folder))];

    [Fact]
    public void No_knot_of_files_in_Core_is_large()
    {
        var knots = Shipped.Knots(file => file.StartsWith(Core, StringComparison.Ordinal));

        Assert.Contains(Shipped.Files, file => file.StartsWith(Core, StringComparison.Ordinal));
        Assert.DoesNotContain(knots, knot => knot.Count > LargestKnotInCore);
    }

    /// <summary>A folder at the top of a project holds one capability, whatever folders it has inside.</summary>
    /// <param name="project">The folder of the project.</param>
    [Theory]
    [InlineData("contracts/Messages")]
    [InlineData("contracts/Fhir")]
    [InlineData("orchestrations/Core")]
    [InlineData("orchestrations/Embedded")]
    [InlineData("orchestrations/AzureStorage")]
    [InlineData("functions/Hub")]
    [InlineData("functions/EmbeddedBus")]
    [InlineData("functions/Local")]
    [InlineData("functions/Azure")]
    public void The_folders_of_a_project_stand_in_no_circle(string project)
    {
        Assert.Contains(Shipped.Files, file => TopFolder(file) is not null);
        Assert.Empty(Shipped.FolderKnots(TopFolder).Select(Said));

        string? TopFolder(string file) => file.StartsWith($"{project}/", StringComparison.Ordinal) && file.Split('/') is [_, _, var folder, _, ..] ? folder : null;
    }

    [Fact]
    public void No_folder_is_named_for_its_shape()
    {
        string[] never = ["Services", "Helpers", "Utils", "Models", "Common", "Managers", "Misc", "Shared"];

        Assert.DoesNotContain(Shipped.Files, file => file.Split('/')[..^1].Intersect(never).Any());
    }

    [Fact]
    public void Other_shipped_folders_stand_in_no_circle() => Assert.Empty(Shipped.FolderKnots(OtherFolderOf).Select(Said));

    [Theory]
    [MemberData(nameof(TestFolders))]
    public void Folders_of_tests_stand_in_no_circle(string tests) =>
        Assert.Empty(SourceGraph.OfTests(tests).FolderKnots(Path.GetDirectoryName).Select(Said));

    [Fact]
    public void No_shipped_file_is_long_and_half_of_them_are_short()
    {
        var lengths = Shipped.Files.ToDictionary(file => file, file => File.ReadLines(Path.Combine(SourceGraph.Root, file)).Count());

        Assert.Empty(lengths.Where(file => file.Value > LongestFile).Select(file => $"{file.Key}: {file.Value}"));
        Assert.InRange(lengths.Values.Order().ElementAt(lengths.Count / 2), 1, MaxMedian);
    }

    [Fact]
    public void The_graph_sees_a_constant_a_member_of_an_inferred_type_and_a_circle()
    {
        var graph = SourceGraph.Of(
            ("a/A.cs", "namespace N; class A { const int X = B.Y; }"),
            ("b/B.cs", "namespace N; class B { internal const int Y = 1; internal static C Make() => new(); }"),
            ("c/C.cs", "namespace N; class C { internal D Inner = new(); }"),
            ("d/D.cs", "namespace N; class D { internal int Z; }"),
            ("e/E.cs", "namespace N; class E { int F() { var c = B.Make(); return c.Inner.Z; } A? a; }"),
            ("a/G.cs", "namespace N; class G { E? e; }"));

        Assert.Equal(["b/B.cs"], graph.Uses["a/A.cs"]);
        Assert.Equal(["a/A.cs", "b/B.cs", "c/C.cs", "d/D.cs"], graph.Uses["e/E.cs"].Order(StringComparer.Ordinal));
        Assert.Empty(graph.Knots(_ => true));
        Assert.Equal(["a e"], graph.FolderKnots(Path.GetDirectoryName).Select(Said));
    }

    /// <summary>Both hosts have a class Program of the compiler's own, which only looks like one class here.</summary>
    private static string? OtherFolderOf(string file) =>
        file.StartsWith(Core, StringComparison.Ordinal) || file.EndsWith("/Program.cs", StringComparison.Ordinal) ? null : Path.GetDirectoryName(file);

    private static string Said(IReadOnlyList<string> circle) => string.Join(' ', circle);
}
