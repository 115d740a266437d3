using System.CommandLine;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.StatutoryClock.Batch;

namespace IntegrationHub.Local.Commands;

/// <summary><c>deadlines</c>: the statutory limits of many cases at once, JSON lines in, JSON lines out.</summary>
internal static class DeadlinesCommand
{
    internal static Command Make()
    {
        var dayOne = new Option<bool>("--day-one") { Description = "Count the day of receipt as day 1 (one day earlier; see docs/adr/0002-counting-rule.md)." };
        var command = new Command("deadlines", "Answer the statutory limits of cases read from standard input, one JSON line each (docs/deadlines.md).") { dayOne };
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var input = Console.OpenStandardInput();
            await using var output = Console.OpenStandardOutput();
            return await DeadlineBatch.RunAsync(input, output, parsed.GetValue(dayOne) ? CountingPractice.DayOne : CountingPractice.AfterTheDay, cancellation);
        });
        return command;
    }
}
