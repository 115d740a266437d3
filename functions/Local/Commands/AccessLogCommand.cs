using System.CommandLine;
using System.Text;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Keeping;
using IntegrationHub.Functions.PersonalData.Journal;
using IntegrationHub.Local.AccessLog;
using IntegrationHub.Local.Hosting;

namespace IntegrationHub.Local.Commands;

/// <summary><c>access-log export</c>: exports who read which case of a council in a period, for information governance
/// (docs/personal-data.md).</summary>
internal static class AccessLogCommand
{
    internal static Command Make() => new("access-log", "Export the record of who read which case.") { Export() };

    private static Command Export()
    {
        var source = new PersonalDataSource();
        var from = CommonOptions.Day("--from", "First day (UTC).");
        var until = CommonOptions.Day("--until", "Last day (UTC).");
        var file = new Option<FileInfo>("--out") { Description = "CSV file to write.", Required = true, HelpName = "FILE" };
        var (by, reason) = (PersonalDataSource.By(), PersonalDataSource.Reason());
        var command = new Command("export", "Export a list of who read which case of a council in a period, and record who asked for this export and why.") { source.Data, source.Council, from, until, by, reason, file };
        command.SetAction((parsed, cancellationToken) => source.RunAsync(parsed, async opened =>
        {
            var (first, last) = (parsed.GetRequiredValue(from), parsed.GetRequiredValue(until));
            if (last < first)
            {
                return PersonalDataSource.Refuse("--until must not be before --from.");
            }

            var count = 0;
            using (var csv = new AccessLogCsv(new StreamWriter(new FileStream(parsed.GetRequiredValue(file).FullName, OwnerOnlyFile.Options(FileMode.CreateNew)), new UTF8Encoding(false))))
            {
                SqliteAccessLog.Read(Path.Combine(opened.Directory, StoreFiles.AccessLog), opened.Council, Start(first), Start(last.AddDays(1)), reading =>
                {
                    count++;
                    csv.Write(reading);
                });
                await foreach (var (key, reading) in new TrayAccessLog(opened.Documents).InAsync(opened.Council, Start(first), Start(last.AddDays(1)), cancellationToken))
                {
                    count++;
                    csv.Write(reading.At, $"mail {key}", reading.By, reading.Roles, reading.What);
                }
            }

            opened.Journal.Add(new PersonalDataAction
            {
                At = TimeProvider.System.GetUtcNow(),
                Kind = PersonalDataActionKind.AccessLogExported,
                By = parsed.GetRequiredValue(by),
                Reason = parsed.GetRequiredValue(reason),
                Council = opened.Council.Value,
                From = first,
                Until = last,
                Count = count,
            });
            Console.WriteLine($"{count} readings written.");
            return Exit.Done;
        }));
        return command;
    }

    private static DateTimeOffset Start(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
