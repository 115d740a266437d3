using System.CommandLine;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.Building;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Embedded;
using IntegrationHub.Orchestrations.Embedded.Sqlite;

namespace IntegrationHub.Local.Commands;

/// <summary><c>sen2 build</c>: the SEN2 return of a council from the cases of a stopped hub (docs/sen2.md).</summary>
internal static class Sen2Command
{
    internal static Command Make() => new("sen2", "The SEN2 return.") { Build() };

    private static Command Build()
    {
        var year = new Option<int>("--year") { Description = "Year of the census: 2027 tells of 2026.", Required = true, HelpName = "YEAR" };
        var council = new Option<string?>("--council") { Description = "Code of the council, where the hub serves several.", HelpName = "CODE" };
        var layout = new Option<FileInfo?>("--layout") { Description = "JSON file with another year's names, codes and rules.", HelpName = "FILE" };
        var data = CommonOptions.Data();
        var place = new Option<DirectoryInfo>("--out") { Description = "Folder for the files; it must not exist yet, or be empty.", Required = true, HelpName = "DIR" };
        var command = new Command("build", "Build the return: XML, its tables as CSV, and what must be put right by case.") { year, council, layout, data, place };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(year), parsed.GetValue(council), parsed.GetValue(layout), parsed.GetRequiredValue(data), parsed.GetRequiredValue(place), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int year, string? code, FileInfo? layoutFile, DirectoryInfo data, DirectoryInfo place, CancellationToken cancellation)
    {
        var messages = Console.Error;
        try
        {
            var layout = Sen2Layout.Newest;
            if (layoutFile is not null)
            {
                await using var json = layoutFile.OpenRead();
                layout = Sen2Layout.Read(json);
            }

            var councils = CouncilsFile.Read(DataDirectory.Open(data.FullName)).Where(c => code is null || c.Code.Value == code).Select(c => c.Code).ToList();
            if (councils is not [var council])
            {
                messages.WriteLine(code is null ? "The hub serves several councils: name one with --council." : $"councils.json in {data.FullName} names no council {code}.");
                return Exit.Failed;
            }

            if (place.Exists && place.EnumerateFileSystemInfos().Any())
            {
                messages.WriteLine($"{place.FullName} is not empty.");
                return Exit.Failed;
            }

            return await BuildAsync(year, layout, council, data, place, messages, cancellation);
        }
        catch (Exception refused) when (refused is StoreUnavailableException or IOException or UnauthorizedAccessException or CouncilsFileException or InvalidDataException)
        {
            messages.WriteLine(refused.Message);
            return Exit.Failed;
        }
    }

    private static async Task<int> BuildAsync(
        int year, Sen2Layout layout, LocalAuthorityCode council, DirectoryInfo data, DirectoryInfo place, TextWriter messages, CancellationToken cancellation)
    {
        place.Create();
        await using var store = SqliteAssessmentStore.Open(new SqliteStoreSettings { Path = Path.Combine(data.FullName, LocalHub.StoreFile) });
        var built = await ReturnFiles.WriteAsync(new ReturnBuild(store, layout, council, year), layout, place.FullName, TimeProvider.System.GetUtcNow(), cancellation);
        if (layout.Year != year)
        {
            messages.WriteLine(FormattableString.Invariant($"Names and codes are those of {layout.Year}: compare them with DfE's guide of {year}, and give another layout where they differ."));
        }

        messages.WriteLine(FormattableString.Invariant(
            $"{built.Persons} persons, {built.Errors} errors, {built.Doubts} doubts. {ReturnFiles.Xml}, {ReturnFiles.Tables} and {ReturnFiles.Faults} are in {place.FullName}; they hold children's data."));
        return built.Errors == 0 ? Exit.Done : Exit.Failed;
    }
}
