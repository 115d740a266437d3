using System.CommandLine;
using IntegrationHub.Local.Simulation;
using IntegrationHub.Local.Simulation.Faults;
using IntegrationHub.Local.Simulation.Population;
using IntegrationHub.Local.Simulation.Reporting;
using Spectre.Console;

namespace IntegrationHub.Local.Commands;

/// <summary><c>simulate</c>: a statutory year on a virtual clock, under fire, with every invariant asked of every case.</summary>
internal static class SimulateCommand
{
    internal static Command Make()
    {
        var requests = new Option<int>("--requests") { Description = "Requests in the year; England has about 154,500.", DefaultValueFactory = _ => 1000, HelpName = "N" };
        requests.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError("--requests needs a number of 1 or more.");
            }
        });
        var seed = new Option<ulong>("--seed") { Description = "The same seed gives the same report, byte for byte.", DefaultValueFactory = _ => 1, HelpName = "S" };
        var faults = new Option<FaultLevel>("--faults") { Description = "How much goes wrong beside people who are late.", DefaultValueFactory = _ => FaultLevel.Some };
        var store = new Option<StoreKind>("--store") { Description = "Where assessments are kept.", DefaultValueFactory = _ => StoreKind.Sqlite };
        var council = new Option<SimulatedCouncil?>("--council")
        {
            Description = "Only this council, by name or number, of the 153 invented ones; the largest is Northbridge (301).",
            HelpName = "NAME",
            CustomParser = result =>
            {
                var found = England.Find(result.Tokens.Single().Value);
                if (found is null)
                {
                    result.AddError("--council: there is no such council in the simulated country.");
                }

                return found;
            },
        };
        var hubs = new Option<int?>("--hubs") { Description = "Among how many hubs the councils are divided; without it, one to every 10,000 requests. The report does not depend on it.", HelpName = "N" };
        hubs.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1)
            {
                result.AddError("--hubs needs a number of 1 or more.");
            }
        });
        var html = new Option<FileInfo?>("--html") { Description = "Write the report with charts into this file too.", HelpName = "FILE" };
        var directory = new Option<DirectoryInfo?>("--directory") { Description = "Where the store is made for the time of the run; without it, the temporary directory.", HelpName = "DIR" };
        var command = new Command("simulate", "Live through a statutory year on a virtual clock, under faults, and check every case.") { requests, seed, faults, store, council, hubs, html, directory };
        command.SetAction((parsed, cancellation) => RunAsync(
            new SimulationOptions
            {
                Requests = parsed.GetValue(requests),
                Seed = parsed.GetValue(seed),
                Faults = parsed.GetValue(faults),
                Store = parsed.GetValue(store),
                Council = parsed.GetValue(council),
                Hubs = parsed.GetValue(hubs),
                Directory = parsed.GetValue(directory)?.FullName,
            },
            parsed.GetValue(html),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(SimulationOptions options, FileInfo? html, CancellationToken cancellation)
    {
        var report = await WithProgressAsync(options, cancellation);
        Console.Out.Write(TextReport.Of(report));
        Console.Error.Write(TextReport.CostOf(report));
        if (html is not null)
        {
            await File.WriteAllTextAsync(html.FullName, HtmlReport.Of(report), cancellation);
        }

        return report.IsSound ? Exit.Done : Exit.Failed;
    }

    /// <summary>The bar goes to standard error, so that the report can be kept.</summary>
    private static async Task<YearReport> WithProgressAsync(SimulationOptions options, CancellationToken cancellation)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async bar =>
            {
                var task = bar.AddTask("Cases", maxValue: options.Requests);
                var watch = TimeProvider.System.GetTimestamp();
                return await new SimulatedYear(options).RunAsync(
                    progress =>
                    {
                        var seconds = Math.Max(0.001, TimeProvider.System.GetElapsedTime(watch).TotalSeconds);
                        task.Description = FormattableString.Invariant($"{progress.Today:yyyy-MM-dd}, {progress.Finished:N0} cases, {progress.Operations / seconds:N0} operations/s");
                        task.Value = progress.Finished;
                    },
                    cancellation);
            });
    }
}
