using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using Spectre.Console;

namespace IntegrationHub.Local.Demo;

/// <summary>Tells what happened, day by day, against the statutory limits: what the officer's timeline shows, as it grows.</summary>
internal sealed class StoryTeller(HubClient officer, AssessmentId assessment, IAnsiConsole told)
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

    internal async Task TellAsync(int day, CancellationToken cancellation)
    {
        var timeline = await officer.GetAsync($"/v1/cases/{assessment}/timeline", cancellation);
        var lines = timeline.EnumerateArray().ToList();
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
            var shown = await officer.GetAsync($"/v1/cases/{assessment}", cancellation);
            if (day % 7 == 0)
            {
                told.MarkupLine($"[blue]week {(day / 7) + 1,2}, day {day,3}  {Markup.Escape(shown.GetProperty("status").GetString() ?? "")}[/]");
            }

            Ended = shown.GetProperty("stage").GetString() is "planIssued" or "PlanIssued";
        }

        known = lines.Count;
    }
}
