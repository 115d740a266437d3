using System.Text.RegularExpressions;

namespace IntegrationHub.EndToEnd.Tests;

/// <summary>One code block of a page.</summary>
/// <param name="Language">What stands behind the first three ticks.</param>
/// <param name="Text">Its lines.</param>
/// <param name="NotRun">Why it is not run, as the comment before it says (<c>&lt;!-- not run: REASON --&gt;</c>); null where it is.</param>
internal sealed partial record CodeBlock(string Language, string Text, string? NotRun)
{
    /// <summary>The blocks of a page, in order.</summary>
    internal static IReadOnlyList<CodeBlock> Of(string page) =>
        [.. Blocks().Matches(page).Select(m => new CodeBlock(m.Groups["language"].Value, m.Groups["text"].Value, m.Groups["why"].Success ? m.Groups["why"].Value : null))];

    [GeneratedRegex(@"(?:^<!-- not run: (?<why>[^\n]+) -->\n)?^```(?<language>\w*)\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}

/// <summary>The tree that these tests were built from.</summary>
internal static class SourceTree
{
    /// <summary>Its root.</summary>
    internal static string Root { get; } = Find();

    internal static string Read(string page) => File.ReadAllText(Path.Combine(Root, page)).ReplaceLineEndings("\n");

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "IntegrationHub.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests do not run below the tree that they were built from.");
    }
}
