using System.Text.RegularExpressions;

namespace IntegrationHub.Azure.Tests;

/// <summary>The repository as text.</summary>
internal static class Source
{
    internal static string Root { get; } = Find();

    internal static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    /// <summary>All C# of a folder in one text, without comments.</summary>
    internal static string Of(params string[] folder) => string.Join('\n', Files(Path.Combine([Root, .. folder])).Select(f => Regex.Replace(File.ReadAllText(f), @"^\s*//.*$", "", RegexOptions.Multiline)));

    internal static SortedSet<string> All(string text, string pattern) =>
        [.. Regex.Matches(text, pattern).Select(m => m.Groups[1].Value)];

    /// <summary>Every project file of the repository, by its full path.</summary>
    internal static IEnumerable<string> Projects() => Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
        .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" or "node_modules"));

    internal static IEnumerable<string> Files(string folder) => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
            && !f.Contains($"{Path.DirectorySeparatorChar}bin{Path.DirectorySeparatorChar}", StringComparison.Ordinal));

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "IntegrationHub.sln")))
        {
            at = at.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        return at.FullName;
    }
}
