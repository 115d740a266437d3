using System.Globalization;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Wording;

/// <summary>The monitor's terms in words for people.</summary>
public static class MonitorWords
{
    /// <summary>A standing.</summary>
    public static string Of(Standing standing) => standing switch
    {
        Standing.Waiting => "Waiting",
        Standing.Overdue => "Overdue",
        Standing.Stalled => "Stalled",
        Standing.Failed => "Failed",
        _ => "Ended",
    };

    /// <summary>The standing of a case in its tag. The assessment has ended where a plan is in force, but the case has not.</summary>
    public static string Of(CaseRow row, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.StandingOn(today) is var standing && (standing, row.Cohort) is (Standing.Ended, not null)
            ? row.Awaited.Count > 0 ? "Advice awaited" : "Plan in force"
            : Of(standing);
    }

    /// <summary>An outlook; null while the case is being read.</summary>
    public static string Of(Outlook? outlook) => outlook switch
    {
        null => "Being read",
        Outlook.OnTrack => "On track",
        Outlook.AtRisk => "At risk",
        Outlook.WillMiss => "Will miss",
        Outlook.Missed => "Missed",
        Outlook.Met => "Met",
        _ => "Not needed",
    };

    /// <summary>The status of a request.</summary>
    public static string Of(RequestStatus status) => status switch
    {
        RequestStatus.Requested => "Asked",
        RequestStatus.Delivered => "Delivered",
        RequestStatus.Acknowledged => "Acknowledged",
        RequestStatus.Accepted => "Accepted",
        RequestStatus.Declined => "Declined",
        RequestStatus.ReturnedInsufficient => "Returned as insufficient",
        RequestStatus.Received => "Received",
        _ => "Withdrawn",
    };

    /// <summary>A day: "14 July 2026"; a dash where there is none.</summary>
    public static string Day(DateOnly? day) => day is { } on ? Words.Day(on, withYear: true) : "–";

    /// <summary>An instant: "14 July 2026, 09:30 UTC".</summary>
    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>A number: "150,000".</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>When a step of the ladder is taken: "8 working days after the last day", "5 working days after it was declined".</summary>
    public static string When(ChaseStep step, ChaseLadder ladder)
    {
        var from = ladder.BranchWith(step) switch { ChaseBranch.Declined => "it was declined", ChaseBranch.Insufficient => "it was returned", _ => "the last day" };
        return step.Days == 0
            ? $"on {from}"
            : $"{Words.Length(Math.Abs(step.Days), step.Unit)} {(step.Days < 0 ? "before" : "after")} {from}";
    }

    /// <summary>What one of the three limits is for.</summary>
    public static string Limit(int weeks) => weeks switch { 6 => "decision whether to assess", 16 => "decision whether to issue a plan", _ => "final plan" };

    /// <summary>The name of an event as words: "Chase step taken".</summary>
    public static string OfEvent(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    /// <summary>What a standing means, in a few words.</summary>
    public static string Meaning(Standing standing) => standing switch
    {
        Standing.Waiting => "what it waits for is not due yet",
        Standing.Overdue => "what it waits for is late",
        Standing.Stalled => "late for three weeks or more",
        Standing.Failed => "the hub could not send something; a person must act",
        _ => "it has ended",
    };

    /// <summary>What an outlook means, in a few words.</summary>
    public static string Meaning(Outlook outlook) => outlook switch
    {
        Outlook.OnTrack => "every limit still ahead will be met",
        Outlook.AtRisk => "a limit ahead is kept only if something comes soon",
        Outlook.WillMiss => "a limit ahead can no longer be kept",
        _ => "",
    };
}
