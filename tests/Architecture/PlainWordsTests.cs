using System.Text.RegularExpressions;

namespace IntegrationHub.Architecture.Tests;

/// <summary>
/// Turns of phrase that readers stumbled over, in what is shipped and in its documentation. Each has a plain word: interrupted, separated by,
/// again, appears twice. <c>tests/Language/sample</c> draws what no list can name.
/// </summary>
public partial class PlainWordsTests
{
    private static readonly string[] Folders = ["contracts", "orchestrations", "functions", "docs", "infra"];
    private static readonly string[] Kinds = [".cs", ".razor", ".liquid", ".md", ".bicep"];

    [Fact]
    public void Nothing_shipped_is_worded_in_a_way_that_readers_stumbled_over() => Assert.Empty(Folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(SourceGraph.Root, folder), "*", SearchOption.AllDirectories))
        .Where(file => Kinds.Contains(Path.GetExtension(file)) && !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
        .SelectMany(file => Odd(File.ReadAllText(file)).Select(odd => $"{Path.GetRelativePath(SourceGraph.Root, file)}: {odd}")));

    [Fact]
    public void The_list_finds_such_words_and_leaves_plain_ones() =>
        Assert.Equal(["broken off", "is no list", "on record already"], Odd("It was broken off. It is no list, and is on record already. There is no list at this address; a shelf-mark is set out separately."));

    private static IEnumerable<string> Odd(string text) => OddWords().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"\b(befell|befalls|to be had|says? of itself|broken off|meant so|set apart by|lest|hitherto|thereof|henceforth|anew|whilst|comes? to pass|had its word|stands twice|hang together|on record already|speaks for (it|a case)|(?<!there )is no (text|list|object|feed|register|manifest|error))\b", RegexOptions.IgnoreCase)]
    private static partial Regex OddWords();
}
