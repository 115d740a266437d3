using System.CommandLine;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.StatutoryClock.Batch;

namespace IntegrationHub.Local.Commands;

/// <summary><c>deadlines</c>: calculates the statutory time limits of many cases. Input and output are JSON lines.</summary>
internal static class DeadlinesCommand
{
    internal static Command Make()
    {
        var dayOne = new Option<bool>("--day-one") { Description = "Count the day of receipt as day 1, so that time limits end one day earlier (docs/adr/0002-counting-rule.md)." };
        var command = new Command("deadlines", "Calculate the statutory time limits of cases read from standard input, one JSON line for each case (docs/deadlines.md).") { dayOne };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var input = Console.OpenStandardInput();
            await using var output = Console.OpenStandardOutput();
            var practice = parsed.GetValue(dayOne) ? CountingPractice.DayOne : CountingPractice.AfterTheDay;
            return await DeadlineBatch.RunAsync(input, output, practice, new ProgressLine(Console.Error).Show, cancellationToken);
        });
        return command;
    }
}

/// <summary>Reports progress from time to time if the input is long; prints nothing if it is short.</summary>
/// <param name="messages">Where the progress lines are written, normally standard error.</param>
/// <param name="time">The clock, or null for the machine's clock.</param>
internal sealed class ProgressLine(TextWriter messages, TimeProvider? time = null)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);

    private readonly TimeProvider time = time ?? TimeProvider.System;
    private long last = (time ?? TimeProvider.System).GetTimestamp();

    /// <summary>Shows for how many cases the time limits have been calculated, at most every three seconds.</summary>
    internal void Show(long answered)
    {
        if (time.GetElapsedTime(last) >= Interval)
        {
            last = time.GetTimestamp();
            messages.WriteLine($"{Counted.Of(answered, "case")} answered so far");
        }
    }
}
