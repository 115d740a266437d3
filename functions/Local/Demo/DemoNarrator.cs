using System.Globalization;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using Spectre.Console;

namespace IntegrationHub.Local.Demo;

/// <summary>
/// Prints what happens, as new lines appear in the officer's timeline. The assessment is shown day by day against its statutory time limits,
/// and later events in the life of the plan by date.
/// </summary>
internal sealed class DemoNarrator(HubClient officer, AssessmentId assessment, IAnsiConsole told)
{
    private static readonly (int Day, string Mark)[] Marks =
    [
        Mark("decideWhetherToAssess", "the decision whether to assess must have been notified"),
        Mark("notifyNoPlan", "a decision not to issue a plan must have been notified"),
        Mark("finalPlan", "the final plan must have been sent"),
    ];

    private int known;

    /// <summary>Days from the request to the last day for the final plan.</summary>
    internal static int LastDay => Marks[^1].Day;

    internal bool Ended { get; private set; }

    private static (int Day, string Mark) Mark(string key, string what)
    {
        var rule = RuleSet.England2014.Rule(key);
        return (Clock.Due(rule, Cast.Start)!.Value.DayNumber - Cast.Start.DayNumber, $"{Words.Length(rule)}: {what}");
    }

    internal async Task TellAsync(int day, CancellationToken cancellationToken)
    {
        var lines = await LinesAsync(cancellationToken);
        foreach (var line in lines.Skip(known))
        {
            told.MarkupLine($"[grey]week {(day / 7) + 1,2}, day {day,3}[/]  {Markup.Escape(line.GetProperty("text").GetString() ?? "")}");
        }

        foreach (var (_, mark) in Marks.Where(m => m.Day == day))
        {
            told.MarkupLine($"[bold yellow]week {(day / 7) + 1,2}, day {day,3}  -- {mark} --[/]");
        }

        if (lines.Count > known || day % 7 == 0)
        {
            var shown = await officer.GetAsync($"/v1/cases/{assessment}", cancellationToken);
            if (day % 7 == 0)
            {
                told.MarkupLine($"[blue]week {(day / 7) + 1,2}, day {day,3}  {Markup.Escape(shown.GetProperty("status").GetString() ?? "")}[/]");
            }

            Ended = shown.GetProperty("stage").GetString() is "planIssued" or "PlanIssued";
        }

        known = lines.Count;
    }

    /// <summary>Skips the lines that were already printed.</summary>
    internal async Task CatchUpAsync(CancellationToken cancellationToken) => known = (await LinesAsync(cancellationToken)).Count;

    /// <summary>Prints the heading of one stage in the life of the plan.</summary>
    internal void Head(string part) => told.MarkupLine($"[bold yellow]-- {Markup.Escape(part)} --[/]");

    /// <summary>Prints the new lines of the timeline, each with its day.</summary>
    internal async Task TellOnAsync(CancellationToken cancellationToken)
    {
        var lines = await LinesAsync(cancellationToken);
        foreach (var same in lines.Skip(known).GroupBy(line => (Day: LondonDate.Of(line.GetProperty("at").GetDateTimeOffset()), Text: line.GetProperty("text").GetString() ?? "")))
        {
            var often = same.Count() > 1 ? FormattableString.Invariant($" ({same.Count()} times)") : "";
            told.MarkupLine($"[grey]{same.Key.Day.ToString("dd MMM yyyy", CultureInfo.InvariantCulture)}[/]  {Markup.Escape(same.Key.Text)}{often}");
        }

        known = lines.Count;
    }

    private async Task<List<JsonElement>> LinesAsync(CancellationToken cancellationToken) =>
        [.. (await officer.GetAsync($"/v1/cases/{assessment}/timeline", cancellationToken)).EnumerateArray()];
}
