using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace IntegrationHub.Architecture.Tests;

/// <summary>What the repository's pages promise of themselves: links lead somewhere, the README is short, decisions have no gaps.</summary>
public partial class PaperTests
{
    internal static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "..", ".."));

    public static TheoryData<string> Pages =>
        [.. Directory.EnumerateFiles(Root, "*.md", SearchOption.AllDirectories)
            .Select(page => Path.GetRelativePath(Root, page))
            .Where(page => !page.Split(Path.DirectorySeparatorChar).Any(part => part is "node_modules" or "bin" or "obj" or ".git"))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_relative_link_leads_to_a_file_or_folder(string page)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Root, page))!;

        var broken = Link().Matches(File.ReadAllText(Path.Combine(Root, page)))
            .Select(link => link.Groups["target"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(target => !Path.Exists(Path.Combine(folder, target)))
            .ToList();

        Assert.Empty(broken);
    }

    [Fact]
    public void The_readme_has_150_lines_at_most() =>
        Assert.InRange(File.ReadAllLines(Path.Combine(Root, "README.md")).Length, 1, 150);

    [Fact]
    public void Every_page_of_docs_is_in_the_index()
    {
        var index = File.ReadAllText(Path.Combine(Root, "docs", "README.md"));

        var missing = Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md")
            .Select(Path.GetFileName)
            .Where(name => name != "README.md" && !index.Contains($"]({name})", StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    [Fact]
    public void Decisions_are_numbered_without_gaps_and_listed()
    {
        var folder = Path.Combine(Root, "docs", "adr");
        var index = File.ReadAllText(Path.Combine(folder, "README.md"));
        var files = Directory.EnumerateFiles(folder, "0*.md").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(Enumerable.Range(1, files.Count).Select(n => n.ToString("D4")), files.Select(file => file[..4]));
        Assert.All(files, file => Assert.StartsWith($"# {file[..4]} ", File.ReadAllText(Path.Combine(folder, file))));
        Assert.All(files, file => Assert.Contains($"]({file})", index));
    }

    [Fact]
    public void Every_runbook_is_listed()
    {
        var folder = Path.Combine(Root, "docs", "runbooks");
        var index = File.ReadAllText(Path.Combine(folder, "README.md"));

        Assert.All(Directory.EnumerateFiles(folder, "*.md").Select(Path.GetFileName).Where(name => name != "README.md"), name => Assert.Contains($"]({name})", index));
    }

    /// <summary>A tag can be moved to other code after it was read; a commit cannot.</summary>
    [Fact]
    public void Every_action_of_a_workflow_is_pinned_to_a_commit()
    {
        var used = Directory.EnumerateFiles(Path.Combine(Root, ".github", "workflows"), "*.yml")
            .SelectMany(File.ReadAllLines)
            .Select(line => Action().Match(line))
            .Where(action => action.Success)
            .Select(action => action.Groups["version"].Value)
            .ToList();

        Assert.NotEmpty(used);
        Assert.All(used, version => Assert.Matches("^[0-9a-f]{40} # v[0-9]+", version));
    }

    private static string Here([CallerFilePath] string here = "") => here;

    [GeneratedRegex(@"\[[^\]]*\]\((?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^\s*(- )?uses: (?!\./)[^@]+@(?<version>.+)$")]
    private static partial Regex Action();
}
