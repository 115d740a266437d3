using System.CommandLine;
using IntegrationHub.Local.Commands;

namespace IntegrationHub.Local.Tests.Commands;

/// <summary>Help can be asked for without the files that a command needs.</summary>
public sealed class CommandHelpTests
{
    [Theory]
    [InlineData("moves import --help")]
    [InlineData("moves export --help")]
    public void Help_needs_no_file(string words)
    {
        var parsed = new RootCommand { MovesCommand.Make() }.Parse(words);

        Assert.Empty(parsed.Errors);
        Assert.Empty(CommonOptions.FoldersForFiles(parsed));
    }

    [Fact]
    public void A_folder_given_for_a_file_is_still_named()
    {
        var parsed = new RootCommand { MovesCommand.Make() }.Parse(["moves", "export", "--case", "330-ABCDEFGHJKMN", "--out", AppContext.BaseDirectory]);

        Assert.StartsWith("--out: ", Assert.Single(CommonOptions.FoldersForFiles(parsed)), StringComparison.Ordinal);
    }
}
