using System.CommandLine;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Moves;
using IntegrationHub.Functions.SuppliedFiles;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Local.Moves;
using IntegrationHub.Orchestrations.Embedded.Sqlite;

namespace IntegrationHub.Local.Commands;

/// <summary><c>moves key</c>, <c>export</c> and <c>import</c>: transfer a plan to another council, or take over a plan, in a signed package
/// (docs/moves.md).</summary>
internal static class MovesCommand
{
    internal static Command Make() => new("moves", "Transfer a plan to another council, or take over a plan, in a signed package.") { Key(), Export(), Import() };

    private static Command Key()
    {
        var data = CommonOptions.Data();
        var command = new Command("key", "Print the public key with which other councils verify this hub's packages.") { data };
        command.SetAction((parsed, _) => GuardedAsync(() =>
        {
            Console.WriteLine(new MovePackages(parsed.GetRequiredValue(data).FullName, TimeProvider.System).PublicKey());
            return Task.FromResult(Exit.Done);
        }));
        return command;
    }

    private static Command Export()
    {
        var data = CommonOptions.Data();
        var id = new Option<string>("--case") { Description = "Id of the case. The move must already be recorded in the case with the step move-to-another-council.", Required = true, HelpName = "ID" };
        var file = new Option<FileInfo>("--out") { Description = "File to write. The file contains all data about the child: protect it like the store itself.", Required = true, HelpName = "FILE" };
        var command = new Command("export", "Write a plan of a stopped hub, with its advice and documents, to a signed package for the council to whose area the family moves.") { data, id, file };
        command.SetAction((parsed, cancellationToken) => GuardedAsync(() => ExportAsync(parsed.GetRequiredValue(data).FullName, parsed.GetRequiredValue(id), parsed.GetRequiredValue(file), cancellationToken)));
        return command;
    }

    private static Command Import()
    {
        var data = CommonOptions.Data();
        var file = new Option<FileInfo>("--in") { Description = "The package.", Required = true, HelpName = "FILE" };
        var sender = new Option<FileInfo>("--sender-key") { Description = "Public key of the council that sends the plan (the output of moves key on its hub), received separately from the package.", Required = true, HelpName = "FILE" };
        var council = CommonOptions.Council("Code of the council that takes over the plan.");
        var transferred = CommonOptions.Day("--transferred", "Day on which the plan was transferred.");
        var who = new Option<FileInfo>("--who") { Description = "JSON file with the child whose plan is expected: dateOfBirth, and either givenName with familyName, upn or nhsNumber.", Required = true, HelpName = "FILE" };
        var by = CommonOptions.Recorded("--by", "Sign-in id of the person who takes the plan over.", "ID", "moves");
        var officers = new Option<string[]>("--officer") { Description = "Sign-in id of a person who may see the case; nobody else at the council may. Repeat the option for each person. Needed if the other council had restricted the case.", HelpName = "ID" };
        var command = new Command("import", "Verify a package and add its plan to the store of a stopped hub. If the command is interrupted, run it again.") { data, file, sender, council, transferred, who, by, officers };
        command.SetAction((parsed, cancellationToken) => GuardedAsync(() => ImportAsync(
            parsed.GetRequiredValue(data).FullName,
            parsed.GetRequiredValue(file),
            parsed.GetRequiredValue(sender),
            parsed.GetRequiredValue(who),
            parsed.GetRequiredValue(council),
            parsed.GetRequiredValue(transferred),
            parsed.GetRequiredValue(by),
            parsed.GetValue(officers) ?? [],
            cancellationToken)));
        return command;
    }

    private static async Task<int> ExportAsync(string data, string id, FileInfo file, CancellationToken cancellationToken)
    {
        if (!AssessmentId.TryParse(id, out var assessment, out var problem))
        {
            return Refuse($"--case: {problem}");
        }

        var (written, why) = await new MovePackages(data, TimeProvider.System).WriteAsync(assessment, file, cancellationToken);
        if (!written)
        {
            return Refuse(why);
        }

        Console.Error.WriteLine("The package has been written. Once the other council has received the package, record this with record-act and planHandedOn.");
        return Exit.Done;
    }

    private static async Task<int> ImportAsync(
        string data, FileInfo file, FileInfo sender, FileInfo whoFile, LocalAuthorityCode council, DateOnly transferred, string by, string[] officers, CancellationToken cancellationToken)
    {
        using var key = PackageKey.Read(await File.ReadAllTextAsync(sender.FullName, cancellationToken));
        if (key is null)
        {
            return Refuse($"{sender.Name} does not contain a public key.");
        }

        // The child's details are read from a file, because a command's arguments appear in the list of processes and in the shell's history.
        if (ChildIdentity.Read(SuppliedText.Read(whoFile.FullName)) is not { } who)
        {
            return Refuse($"{whoFile.Name} must be JSON with dateOfBirth, and as many of givenName, familyName, upn and nhsNumber as are known; add earlierCase with answer and reason if the hub asked for it.");
        }

        var (taken, note) = await new MovePackages(data, TimeProvider.System).TakeAsync(await File.ReadAllBytesAsync(file.FullName, cancellationToken), key, who, council, transferred, by, officers, cancellationToken);
        if (taken is not { } id)
        {
            return Refuse(note);
        }

        Console.WriteLine(id.Value);
        if (note.Length > 0)
        {
            Console.Error.WriteLine(note);
        }

        return Exit.Done;
    }

    private static async Task<int> GuardedAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception refused) when (refused is StoreUnavailableException or IOException or UnauthorizedAccessException or CouncilsFileException or InvalidDataException)
        {
            return Refuse(refused.Message);
        }
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return Exit.Failed;
    }
}
