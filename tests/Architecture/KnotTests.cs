namespace IntegrationHub.Architecture.Tests;

/// <summary>No circle between folders, no large knot of files, no long file: as the compiler sees the source, shipped and tests.</summary>
public class KnotTests
{
    private const string Core = "orchestrations/Core/";
    private const int LargestKnotInCore = 8;
    private const int LongestFile = 300;
    private const int MostMedian = 79;

    /// <summary>Circles between folders that are left, each with the number of its folders. One that is gone or smaller must go from here too.</summary>
    private static readonly Dictionary<string, int> Left = new()
    {
        ["orchestrations/AzureStorage"] = 4,
        ["tests/Durable/Storage"] = 2,
        ["tests/Embedded/Contract"] = 2,
        ["tests/Hub/Access"] = 2,
    };

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

    [Fact]
    public void The_folders_of_Core_stand_in_no_circle() => Assert.Empty(
        Shipped.FolderKnots(file => file.StartsWith(Core, StringComparison.Ordinal) ? file.Split('/')[2] : null).Select(Said));

    [Fact]
    public void Other_shipped_folders_stand_in_no_circle_but_those_that_are_left() =>
        OnlyThoseLeft(Shipped.FolderKnots(OtherFolderOf), folder => !folder.StartsWith("tests/", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(TestFolders))]
    public void Folders_of_tests_stand_in_no_circle_but_those_that_are_left(string tests) =>
        OnlyThoseLeft(SourceGraph.OfTests(tests).FolderKnots(Path.GetDirectoryName), folder => folder.StartsWith($"tests/{tests}/", StringComparison.Ordinal));

    [Fact]
    public void No_shipped_file_is_long_and_half_of_them_are_short()
    {
        var lengths = Shipped.Files.ToDictionary(file => file, file => File.ReadLines(Path.Combine(SourceGraph.Root, file)).Count());

        Assert.Empty(lengths.Where(file => file.Value > LongestFile).Select(file => $"{file.Key}: {file.Value}"));
        Assert.InRange(lengths.Values.Order().ElementAt(lengths.Count / 2), 1, MostMedian);
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

    private static void OnlyThoseLeft(IReadOnlyList<IReadOnlyList<string>> circles, Func<string, bool> here) => Assert.Equal(
        Left.Where(left => here(left.Key)).Select(left => $"{left.Key}: {left.Value}").Order(StringComparer.Ordinal),
        circles.Select(circle => $"{circle.FirstOrDefault(Left.ContainsKey) ?? Said(circle)}: {circle.Count}").Order(StringComparer.Ordinal));

    private static string Said(IReadOnlyList<string> circle) => string.Join(' ', circle);
}
