using System.CommandLine;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Background;
using IntegrationHub.Local.Hosting;

namespace IntegrationHub.Local.Commands;

/// <summary>
/// The commands <c>clock</c> and <c>clock confirm</c> show whether the clock is trusted, and record an operator's confirmation that it is
/// right. Both commands are for operators who can open the data directory but cannot sign in to the monitor
/// (docs/runbooks/clock-jumped.md).
/// </summary>
internal static class ClockCommand
{
    private const int LongestReason = 500;

    internal static Command Make()
    {
        var command = new Command("clock", "Show whether the hub with this data directory trusts its clock.") { Confirm() };
        var data = CommonOptions.Data();
        command.Options.Add(data);
        command.SetAction(parsed =>
        {
            if (Record(parsed.GetRequiredValue(data)) is not { } record)
            {
                return Exit.WrongCall;
            }

            Console.WriteLine(record.Read()?.Leap is { } leap
                ? FormattableString.Invariant($"The clock jumped by {leap.By.TotalHours:0.0} hours at {leap.NoticedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}. Until an operator confirms the clock, the hub takes no decisions that depend only on the time.")
                : "The clock is trusted.");
            return Exit.Done;
        });
        return command;
    }

    private static Command Confirm()
    {
        var data = CommonOptions.Data();
        var reason = new Option<string>("--reason") { Description = "How you know that the clock is right.", Required = true, HelpName = "TEXT" };
        var command = new Command("confirm", "Confirm that the clock is right after a jump. A running hub continues within a minute, a stopped hub when it next starts.") { data, reason };
        command.SetAction(parsed =>
        {
            var words = parsed.GetRequiredValue(reason).Trim();
            if (words.Length is 0 or > LongestReason)
            {
                Console.Error.WriteLine("--reason must say how you know that the clock is right, in at most 500 characters.");
                return Exit.WrongCall;
            }

            if (Record(parsed.GetRequiredValue(data)) is not { } record)
            {
                return Exit.WrongCall;
            }

            if (record.Read()?.Leap is null)
            {
                Console.Error.WriteLine("There is no jump to confirm: the clock is trusted.");
                return Exit.Failed;
            }

            record.Confirm(new ClockConfirmation($"{Environment.UserName} (command line)", words));
            Console.WriteLine("The confirmation is recorded. A running hub continues within a minute, a stopped hub when it starts.");
            return Exit.Done;
        });
        return command;
    }

    private static FileClockRecord? Record(DirectoryInfo data)
    {
        if (StoreFiles.Present(data.FullName).Contains(LocalHub.StoreFile))
        {
            return new FileClockRecord(DataDirectory.Open(data.FullName));
        }

        Console.Error.WriteLine($"There is no {LocalHub.StoreFile} in {data.FullName}.");
        return null;
    }
}
