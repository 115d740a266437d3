using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using IntegrationHub.Simulation.Faults;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Reporting;
using Spectre.Console;

namespace IntegrationHub.Simulation;

/// <summary><c>simulate</c>: a statutory year on a virtual clock, under faults, with every invariant asked of every case.</summary>
internal static class SimulateCommand
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int WrongCall = 2;
    private const double MaxDisputes = 1000;
    private const int MaxYears = 10;

    /// <summary>Runs the command that the words make. The report goes to the output, everything else to the error writer.</summary>
    /// <returns>0: every case was checked and every invariant holds; 1: not so; 2: the call itself was wrong, which one line explains.</returns>
    [SuppressMessage("Design", "CA1031", Justification = "The edge of the process: the fault is told and ends the program.")]
    internal static async Task<int> AnswerAsync(string[] words, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var parsed = new RootCommand("The simulated statutory year of IntegrationHub.") { Make(output, error) }.Parse(words);
        if (parsed.UnmatchedTokens is [var unknown, ..])
        {
            await error.WriteLineAsync($"There is no command or option {unknown}. See: simulate --help");
            return WrongCall;
        }

        if (parsed.Errors is [var wrong, ..])
        {
            await error.WriteLineAsync($"{OneLine(wrong.Message)} See: simulate --help");
            return WrongCall;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output, Error = error }, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped.");
            return Failed;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(OneLine(fault.Message));
            return WrongCall;
        }
        catch (Exception fault)
        {
            await error.WriteLineAsync($"The simulation failed ({fault.GetType().Name}): {OneLine(fault.Message)}");
            return Failed;
        }
    }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static Command Make(TextWriter output, TextWriter error)
    {
        var requests = new Option<int>("--requests") { Description = "Requests in the year; England has about 154,500.", DefaultValueFactory = _ => 1000, HelpName = "N" };
        requests.Validators.Add(result => Number(result, 1, int.MaxValue, whole: true));
        var plans = new Option<int?>("--plans") { Description = "In place of --requests: as many requests, over all --years, as lead to about so many plans.", HelpName = "N" };
        plans.Validators.Add(result => Number(result, 1, int.MaxValue, whole: true));
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
        var look = new Option<int>("--look")
        {
            Description = "About how many cases are looked at through the hub's interfaces; 0 for none.",
            DefaultValueFactory = _ => SimulationOptions.UsuallyLookedAt,
            HelpName = "N",
        };
        look.Validators.Add(result => Number(result, 0, int.MaxValue, whole: true));
        var doors = new Option<int>("--channels")
        {
            Description = "About how many cases answer through the FHIR endpoint and the contributor's pages too; 0 for none. The bus is used in every case.",
            DefaultValueFactory = _ => SimulationOptions.UsuallyThroughDoors,
            HelpName = "N",
        };
        doors.Validators.Add(result => Number(result, 0, int.MaxValue, whole: true));
        var usual = new Reaches();
        var nhs = Share("--nhs-fhir", "Share of NHS bodies reached over FHIR; the others answer on pages.", usual.NhsOverFhir);
        var care = Share("--care-bus", "Share of the councils' social care reached over the bus.", usual.SocialCareOverBus);
        var settings = Share("--settings-bus", "Share of schools and colleges reached over the bus.", usual.SettingsOverBus);
        var hubs = new Option<int?>("--hubs") { Description = "Among how many hubs the councils are divided; without it, one to every 10,000 requests. The report does not depend on it.", HelpName = "N" };
        hubs.Validators.Add(result => Number(result, 1, int.MaxValue, whole: true));
        var disputes = new Option<double>("--disputes")
        {
            Description = "How many times as likely as in England a decision is disputed.",
            DefaultValueFactory = _ => 1,
            HelpName = "TIMES",
        };
        var eventful = new Option<double>("--eventful")
        {
            Description = "how many times as likely as usual a re-assessment, a change of ICB or a personal budget is, while plans are lived with",
            DefaultValueFactory = _ => 1,
            HelpName = "TIMES",
        };
        eventful.Validators.Add(result => Number(result, 0, MaxDisputes, whole: false));
        disputes.Validators.Add(result => Number(result, 0, MaxDisputes, whole: false));
        var years = new Option<int>("--years") { Description = "Years for which plans are lived with after they were issued: reviews, amendments, ceasing.", HelpName = "N" };
        years.Validators.Add(result => Number(result, 0, MaxYears, whole: true));
        var html = new Option<FileInfo?>("--html") { Description = "Write the report with charts into this file too.", HelpName = "FILE" };
        var directory = new Option<DirectoryInfo?>("--directory") { Description = "Where the store is made for the time of the run; without it, the temporary directory.", HelpName = "DIR" };
        var command = new Command("simulate", "Live through a statutory year on a virtual clock, under faults, and check every case.") { requests, plans, seed, faults, store, council, hubs, look, doors, nhs, care, settings, disputes, eventful, years, html, directory };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            new SimulationOptions
            {
                Requests = parsed.GetValue(plans) is { } wanted ? Cohort.RequestsFor(wanted, parsed.GetValue(years)) : parsed.GetValue(requests),
                Seed = parsed.GetValue(seed),
                Faults = parsed.GetValue(faults),
                Store = parsed.GetValue(store),
                Council = parsed.GetValue(council),
                Hubs = parsed.GetValue(hubs),
                LookedAt = parsed.GetValue(look),
                ThroughDoors = parsed.GetValue(doors),
                Reaches = new Reaches(parsed.GetValue(nhs), parsed.GetValue(care), parsed.GetValue(settings)),
                Disputed = parsed.GetValue(disputes),
                Eventful = parsed.GetValue(eventful),
                Years = parsed.GetValue(years),
                Directory = parsed.GetValue(directory)?.FullName,
            },
            parsed.GetValue(html),
            output,
            error,
            cancellationToken));
        return command;
    }

    private static Option<double> Share(string name, string words, double usual)
    {
        var option = new Option<double>(name) { Description = words, DefaultValueFactory = _ => usual, HelpName = "SHARE" };
        option.Validators.Add(result => Number(result, 0, 1, whole: false));
        return option;
    }

    /// <summary>Says what an option takes, before its value is converted: a conversion that fails would end the program.</summary>
    private static void Number(OptionResult result, double least, double most, bool whole)
    {
        if (result.Tokens is not [var given])
        {
            return;
        }

        var style = whole ? NumberStyles.AllowLeadingSign : NumberStyles.Float;
        if (!double.TryParse(given.Value, style, CultureInfo.InvariantCulture, out var value) || !(value >= least && value <= most))
        {
            result.AddError(FormattableString.Invariant($"{result.Option.Name} needs a {(whole ? "whole number" : "number")} of {least} or more{(most < int.MaxValue ? $", {most} at most" : "")}."));
        }
    }

    private static async Task<int> RunAsync(SimulationOptions options, FileInfo? html, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        var report = await WithProgressAsync(options, error, cancellationToken);
        await output.WriteAsync(TextReport.Of(report));
        await error.WriteAsync(TextReport.CostOf(report));
        if (html is not null)
        {
            await File.WriteAllTextAsync(html.FullName, HtmlReport.Of(report), cancellationToken);
        }

        return report.IsSound ? Done : Failed;
    }

    /// <summary>The bar goes to standard error, so that the report can be kept.</summary>
    private static async Task<YearReport> WithProgressAsync(SimulationOptions options, TextWriter error, CancellationToken cancellationToken)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(error) });
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
                    cancellationToken);
            });
    }
}
