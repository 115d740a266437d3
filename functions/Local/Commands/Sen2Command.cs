using System.CommandLine;
using IntegrationHub.Functions.Returns.Building;

namespace IntegrationHub.Local.Commands;

/// <summary><c>sen2</c>: builds the SEN2 return of a council from the cases of a stopped hub, stores it, or compares it with a stored return
/// (docs/sen2.md).</summary>
internal static class Sen2Command
{
    internal static Command Make() => new("sen2", "Build, store or compare the council's SEN2 return.") { Build(), Keep(), Sen2Changes.Make() };

    private static Command Build()
    {
        var source = new Sen2Source();
        var place = new Option<DirectoryInfo>("--out") { Description = "Folder for the files. The folder must be empty or must not exist yet.", Required = true, HelpName = "DIR" };
        var command = new Command("build", "Build the return as XML and as CSV tables, with a list of what must be corrected in each case.") { source.Year, source.Council, source.Layout, source.Data, place };
        command.SetAction((parsed, cancellationToken) => source.RunAsync(parsed, opened => BuildAsync(opened, parsed.GetRequiredValue(place), cancellationToken)));
        return command;
    }

    private static async Task<int> BuildAsync(Sen2Stores opened, DirectoryInfo place, CancellationToken cancellationToken)
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
            $"{Counted.Of(built.Persons, "person", "people")}, {Counted.Of(built.Errors, "error")}, {Counted.Of(built.Doubts, "doubt")}. {ReturnFiles.Xml}, {ReturnFiles.Tables} and {ReturnFiles.Faults} are in {place.FullName}; these files hold children's data."));
        return built.Errors == 0 ? Exit.Done : Exit.Failed;
    }

    private static Command Keep()
    {
        var source = new Sen2Source();
        var by = CommonOptions.Recorded("--by", "Sign-in id of the person for whom the return is built.", "ID");
        var command = new Command("keep", "Build the return and store it in the hub, as the workspace page does.") { source.Year, source.Council, source.Layout, source.Data, by };
        command.SetAction((parsed, cancellationToken) => source.RunAsync(parsed, async opened =>
        {
            var kept = await opened.Returns.BuildAsync(opened.Store, opened.Layout, opened.Council, opened.Year, parsed.GetRequiredValue(by), TimeProvider.System.GetUtcNow(), cancellationToken);
            Console.Error.WriteLine(FormattableString.Invariant($"Return {kept.Number} of {kept.Year} is kept: {Counted.Of(kept.Persons, "person", "people")}, {Counted.Of(kept.Errors, "error")}, {Counted.Of(kept.Doubts, "doubt")}. SHA-256 {kept.Sha256}"));
            return kept.Errors == 0 ? Exit.Done : Exit.Failed;
        }));
        return command;
    }
}
