using System.CommandLine;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Local.Keeping;

namespace IntegrationHub.Local.Commands;

/// <summary><c>check</c>, <c>backup</c> and <c>restore</c>: protect a hub's data against loss
/// (docs/runbooks/backup-and-restore.md).</summary>
internal static class KeepingCommands
{
    internal static Command Check()
    {
        var data = CommonOptions.Data();
        var command = new Command("check", "Read all of a data directory and list any damage. You can run this command while the hub is running.") { data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var directory = parsed.GetRequiredValue(data).FullName;
            if (StoreFiles.Present(directory).Count == 0 && StoreFiles.Missing(directory).Count == 0)
            {
                Console.Error.WriteLine($"There is no {LocalHub.StoreFile} in {directory}.");
                return Exit.WrongCall;
            }

            var problems = 0;
            var cases = await DataCheck.RunAsync(directory, Tell, cancellationToken);
            Console.WriteLine($"{Counted.Of(cases, "assessment")} read in full, {Counted.Of(problems, "problem")}.");
            return problems == 0 ? Exit.Done : Exit.Failed;

            void Tell(string problem)
            {
                problems++;
                Console.Error.WriteLine(problem);
            }
        });
        return command;
    }

    internal static Command Backup()
    {
        var data = CommonOptions.Data();
        var to = new Option<DirectoryInfo>("--to")
        {
            Description = "New folder for the backup. The backup contains all data about the children, and the keys.",
            Required = true,
            HelpName = "DIR",
        };
        var command = new Command("backup", "Copy a data directory as it is at one moment. You can run this command while the hub is running.") { data, to };
        command.SetAction(parsed =>
        {
            var folder = parsed.GetRequiredValue(to).FullName;
            var manifest = Keeping.Backup.Make(parsed.GetRequiredValue(data).FullName, folder);
            Console.WriteLine($"Backup of {manifest.At:yyyy-MM-dd'T'HH:mm:ss'Z'} in {folder}: {Counted.Of(manifest.Files.Count, "file")}.");
            return Exit.Done;
        });
        return command;
    }

    internal static Command Restore()
    {
        var data = CommonOptions.Data();
        data.Description = "Data directory to create. The directory must be empty or must not exist yet.";
        var from = new Option<DirectoryInfo>("--from") { Description = "Folder of the backup.", Required = true, HelpName = "DIR" };
        var command = new Command("restore", "Create a data directory from a backup, and check that the data is complete.") { from, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var directory = parsed.GetRequiredValue(data).FullName;
            if (await Keeping.Restore.RunAsync(parsed.GetRequiredValue(from).FullName, directory, Console.Error.WriteLine, cancellationToken) is not { } restored)
            {
                Console.Error.WriteLine("Nothing was restored: the backup is damaged.");
                return Exit.Failed;
            }

            Console.WriteLine($"Backup of {restored.Manifest.At:yyyy-MM-dd'T'HH:mm:ss'Z'} restored to {directory}: {Counted.Of(restored.Cases, "assessment")}, all read in full.");
            return Exit.Done;
        });
        return command;
    }
}
