using System.CommandLine;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.Stored;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Sqlite;

namespace IntegrationHub.Local.Commands;

/// <summary>What all commands for the SEN2 return share: the year, the council, the layout of the return and the stopped hub.</summary>
internal sealed class Sen2Source
{
    internal Option<int> Year { get; } = new("--year") { Description = "Year of the census. The 2027 census covers the year 2026.", Required = true, HelpName = "YEAR" };

    internal Option<string?> Council { get; } = new("--council") { Description = "Code of the council, if the hub serves several councils.", HelpName = "CODE" };

    internal Option<FileInfo?> Layout { get; } = new("--layout") { Description = "JSON file with the names, codes and rules of another year's return.", HelpName = "FILE" };

    internal Option<DirectoryInfo> Data { get; } = CommonOptions.Data();

    /// <summary>Does a command's work with the given options, or reports why it cannot be done.</summary>
    internal async Task<int> RunAsync(ParseResult parsed, Func<Sen2Stores, Task<int>> work)
    {
        var messages = Console.Error;
        try
        {
            var (year, code, data) = (parsed.GetValue(Year), parsed.GetValue(Council), parsed.GetRequiredValue(Data));
            var layout = await LayoutAsync(parsed.GetValue(Layout));
            await using var store = StoppedHub.Open(data.FullName);
            var councils = CouncilsFile.Read(data.FullName).Where(c => code is null || c.Code.Value == code).Select(c => c.Code).ToList();
            if (councils is not [var council])
            {
                messages.WriteLine(code is null ? "The hub serves several councils: choose a council with --council." : $"councils.json in {data.FullName} does not list council {code}.");
                return Exit.Failed;
            }

            var documents = Directory.CreateDirectory(Path.Combine(data.FullName, LocalHub.Documents)).FullName;
            var returns = new ReturnStore(new FolderDocuments(documents, new KeepingRules(), TimeProvider.System));
            var done = await work(new(year, layout, council, store, returns));
            if (layout.Year != year)
            {
                messages.WriteLine(FormattableString.Invariant($"The names and codes are for {layout.Year}. Compare them with DfE's guide for {year}, and give another layout if they differ."));
            }

            return done;
        }
        catch (Exception refused) when (refused is StoreUnavailableException or IOException or UnauthorizedAccessException or CouncilsFileException or InvalidDataException)
        {
            messages.WriteLine(refused.Message);
            return Exit.Failed;
        }
    }

    private static async Task<Sen2Layout> LayoutAsync(FileInfo? file)
    {
        if (file is null)
        {
            return Sen2Layout.Newest;
        }

        await using var json = file.OpenRead();
        return Sen2Layout.Read(json);
    }
}

/// <summary>The open stores that a command about the SEN2 return uses.</summary>
/// <param name="Year">Year of the census.</param>
/// <param name="Layout">The names, codes and rules of the year's return.</param>
/// <param name="Council">The council.</param>
/// <param name="Store">The cases.</param>
/// <param name="Returns">The stored returns.</param>
internal sealed record Sen2Stores(int Year, Sen2Layout Layout, LocalAuthorityCode Council, SqliteAssessmentStore Store, ReturnStore Returns);
