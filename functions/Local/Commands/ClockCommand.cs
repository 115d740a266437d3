using System.CommandLine;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Background;
using IntegrationHub.Local.Hosting;

namespace IntegrationHub.Local.Commands;

/// <summary>
/// <c>clock</c> and <c>clock confirm</c>: whether the clock is trusted, and the confirmation by a person that it is right, for somebody
/// who has access to the data directory but no sign-in to the monitor (docs/runbooks/clock-leapt.md).
/// </summary>
internal static class ClockCommand
{
    private const int LongestReason = 500;

    internal static Command Make()
    {
        var command = new Command("clock", "Say whether the clock of a data directory is trusted.") { Confirm() };
        var data = CommonOptions.Data();
        command.Options.Add(data);
        command.SetAction(parsed =>
        {
            if (Record(parsed.GetRequiredValue(data)) is not { } record)
            {
                return Exit.WrongCall;
            }

            Console.WriteLine(record.Read()?.Leap is { } leap
                ? FormattableString.Invariant($"The clock leapt by {leap.By.TotalHours:0.0} hours at {leap.NoticedAt:yyyy-MM-dd'T'HH:mm:ss'Z'}. Nothing is decided by time alone until it is confirmed.")
                : "The clock is trusted.");
            return Exit.Done;
        });
        return command;
    }

    private static Command Confirm()
    {
        var data = CommonOptions.Data();
        var reason = new Option<string>("--reason") { Description = "How you know that the clock is right.", Required = true, HelpName = "TEXT" };
        var command = new Command("confirm", "Say that the clock is right after a leap: a running hub continues within a minute, a stopped one at its next start.") { data, reason };
        command.SetAction(parsed =>
        {
            var words = parsed.GetRequiredValue(reason).Trim();
            if (words.Length is 0 or > LongestReason)
            {
                Console.Error.WriteLine("--reason: say how you know that the clock is right, in at most 500 characters.");
                return Exit.WrongCall;
            }

            if (Record(parsed.GetRequiredValue(data)) is not { } record)
            {
                return Exit.WrongCall;
            }

            if (record.Read()?.Leap is null)
            {
                Console.Error.WriteLine("No leap waits to be confirmed: the clock is trusted.");
                return Exit.Failed;
            }

            record.Say(new ClockConfirmation($"{Environment.UserName} (command line)", words));
            Console.WriteLine("Recorded. A running hub continues within a minute, a stopped one when it starts.");
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
