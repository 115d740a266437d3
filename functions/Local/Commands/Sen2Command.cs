using System.CommandLine;
using IntegrationHub.Functions.Returns.Building;

namespace IntegrationHub.Local.Commands;

/// <summary><c>sen2</c>: the SEN2 return of a council from the cases of a stopped hub: built into files, kept, compared with a kept one (docs/sen2.md).</summary>
internal static class Sen2Command
{
    internal static Command Make() => new("sen2", "The SEN2 return.") { Build(), Keep(), Sen2Changes.Make() };

    private static Command Build()
    {
        var source = new Sen2Source();
        var place = new Option<DirectoryInfo>("--out") { Description = "Folder for the files; it must not exist yet, or be empty.", Required = true, HelpName = "DIR" };
        var command = new Command("build", "Build the return: XML, its tables as CSV, and what must be put right by case.") { source.Year, source.Council, source.Layout, source.Data, place };
        command.SetAction((parsed, cancellationToken) => source.RunAsync(parsed, opened => BuildAsync(opened, parsed.GetRequiredValue(place), cancellationToken)));
        return command;
    }

    private static async Task<int> BuildAsync(Sen2Opened opened, DirectoryInfo place, CancellationToken cancellationToken)
    {
        if (place.Exists && place.EnumerateFileSystemInfos().Any())
        {
            Console.Error.WriteLine($"{place.FullName} is not empty.");
            return Exit.Failed;
        }

        place.Create();
        var build = new ReturnBuild(opened.Store, opened.Layout, opened.Council, opened.Year);
        var built = await ReturnFiles.WriteAsync(build, opened.Layout, place.FullName, TimeProvider.System.GetUtcNow(), cancellationToken);
        Console.Error.WriteLine(FormattableString.Invariant(
            $"{built.Persons} persons, {built.Errors} errors, {built.Doubts} doubts. {ReturnFiles.Xml}, {ReturnFiles.Tables} and {ReturnFiles.Faults} are in {place.FullName}; they hold children's data."));
        return built.Errors == 0 ? Exit.Done : Exit.Failed;
    }

    private static Command Keep()
    {
        var source = new Sen2Source();
        var by = new Option<string>("--by") { Description = "Who has it built, by the id under which they sign in.", Required = true, HelpName = "ID" };
        var command = new Command("keep", "Build the return and keep it in the hub, as the page of the workspace does.") { source.Year, source.Council, source.Layout, source.Data, by };
        command.SetAction((parsed, cancellationToken) => source.RunAsync(parsed, async opened =>
        {
            var kept = await opened.Returns.BuildAsync(opened.Store, opened.Layout, opened.Council, opened.Year, parsed.GetRequiredValue(by), TimeProvider.System.GetUtcNow(), cancellationToken);
            Console.Error.WriteLine(FormattableString.Invariant($"Return {kept.Number} of {kept.Year} is kept: {kept.Persons} persons, {kept.Errors} errors, {kept.Doubts} doubts. SHA-256 {kept.Sha256}"));
            return kept.Errors == 0 ? Exit.Done : Exit.Failed;
        }));
        return command;
    }
}
