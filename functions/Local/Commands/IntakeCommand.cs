using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using CsvHelper;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Startup;
using IntegrationHub.Functions.SuppliedFiles;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Local.Scanning;

namespace IntegrationHub.Local.Commands;

/// <summary><c>intake</c>: adds messages from files (.eml) to a council's incoming mail. The command can be used while the hub is running
/// (docs/intake.md).</summary>
internal static class IntakeCommand
{
    internal static Command Make()
    {
        var source = new Argument<FileSystemInfo>("FILE|FOLDER") { Description = "A message as a file (.eml), or a folder with messages." };
        var council = CommonOptions.Council("Code of the council that received the messages.");
        var received = new Option<string?>("--received") { Description = "Day of receipt, for messages that do not state one.", HelpName = "YYYY-MM-DD" };
        var data = CommonOptions.Data();
        var command = new Command("intake", "Add messages from files to a council's incoming mail.") { source, council, received, data };
        command.Validators.Add(result =>
        {
            if (result.GetValue(received) is { } text && DayOf(text) is null)
            {
                result.AddError("--received must be a date, for example 2026-03-03.");
            }
        });
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetRequiredValue(source), parsed.GetRequiredValue(council),
            parsed.GetValue(received) is { } day ? DayOf(day) : null, parsed.GetRequiredValue(data), cancellationToken));
        return command;
    }

    // Noon in UTC is always on the same day in London.
    private static DateTimeOffset? DayOf(string text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? new DateTimeOffset(day, new TimeOnly(12, 0), TimeSpan.Zero) : null;

    private static async Task<int> RunAsync(FileSystemInfo source, LocalAuthorityCode council, DateTimeOffset? receivedAt, DirectoryInfo data, CancellationToken cancellationToken)
    {
        var directory = DataDirectory.Open(data.FullName);
        if (!CouncilsFile.Serves(directory, council, out var problem))
        {
            Console.Error.WriteLine(problem);
            return Exit.Failed;
        }

        var folder = Directory.CreateDirectory(Path.Combine(directory, LocalHub.Documents));
        var (rules, time) = (new KeepingRules(), TimeProvider.System);
        var documents = LocalDocuments.Open(folder.FullName, rules, SettingsReader.Read<ClamdOptions>(WebApplication.CreateSlimBuilder().Configuration), time);
        using var scanner = documents as IDisposable;
        var tray = new TrayStore(documents, rules);
        using var room = new UploadLimiter();
        using var intake = new MailIntake(tray, documents, new AttachmentStore(documents, rules, room), new IntakeOptions(), rules, time);
        using var csv = new CsvWriter(Console.Out, CultureInfo.InvariantCulture, leaveOpen: true);
        Line(csv, "file", "received", "end", "words");
        IReadOnlyList<string> files = Directory.Exists(source.FullName) ? SuppliedFolder.Files(source.FullName, ".eml", withFolders: true) : [source.FullName];
        var failed = 0;
        foreach (var file in files)
        {
            // Two files with the same bytes are the same message, even if their names differ.
            await using var content = File.OpenRead(file);
            var id = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
            content.Position = 0;
            var taken = await intake.TakeAsync(new IncomingMail(council, "files", id, receivedAt), content, cancellationToken);
            failed += taken.Item is null ? 1 : 0;
            Line(
                csv, Path.GetRelativePath(Path.GetDirectoryName(source.FullName) ?? "", file),
                taken.Item?.ReceivedOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
                taken.Item is not { } item ? "not taken" : taken.WasThere ? "already there" : item.Quarantine is null ? "tray" : "quarantine",
                taken.Item?.Quarantine ?? taken.Problem);
        }

        Console.Error.WriteLine(FormattableString.Invariant($"Waiting in the incoming mail of council {council}: {Counted.Of((await tray.WaitingAsync(council, cancellationToken)).Count, "message")}. Not added: {Counted.Of(failed, "file")}."));
        return failed > 0 ? Exit.Failed : Exit.Done;
    }

    private static void Line(CsvWriter csv, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
    }
}
