using System.Globalization;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Wording;

/// <summary>The monitor's terms in plain words.</summary>
public static class MonitorWords
{
    /// <summary>The name of a case's standing, such as "Overdue".</summary>
    public static string Of(Standing standing) => standing switch
    {
        Standing.Waiting => "Waiting",
        Standing.Overdue => "Overdue",
        Standing.Stalled => "Stalled",
        Standing.Failed => "Failed",
        _ => "Ended",
    };

    /// <summary>The text of the tag that shows a case's standing. If a plan is in force, the assessment has ended but the case has
    /// not.</summary>
    public static string Of(CaseRow row, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.StandingOn(today) is var standing && (standing, row.Cohort) is (Standing.Ended, not null)
            ? row.Awaited.Count > 0 ? "Advice awaited" : "Plan in force"
            : Of(standing);
    }

    /// <summary>The name of a case's outlook, such as "At risk"; a null outlook means that the case is still being read.</summary>
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

    /// <summary>The name of a request's status.</summary>
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

    /// <summary>The kind of a version of the plan.</summary>
    public static string Of(PlanKind kind) => kind switch
    {
        PlanKind.Draft => "draft",
        PlanKind.Final => "final",
        _ => "amended final",
    };

    /// <summary>A day as "14 July 2026", or a dash if there is none.</summary>
    public static string Day(DateOnly? day) => day is { } on ? Words.Day(on, withYear: true) : "–";

    /// <summary>A time as "14 July 2026, 09:30 UTC".</summary>
    public static string At(DateTimeOffset at) => at.UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>A number as "150,000".</summary>
    public static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>
    /// When a step of the reminder schedule is taken, such as "8 working days after the last day" or
    /// "5 working days after the request was declined".
    /// </summary>
    public static string WhenStepIsDue(ChaseStep step, ChaseLadder ladder)
    {
        var from = ladder.BranchOfStep(step) switch { ChaseBranch.Declined => "the request was declined", ChaseBranch.Insufficient => "the advice was returned", _ => "the last day" };
        return step.Days == 0
            ? $"on {from}"
            : $"{Words.Length(Math.Abs(step.Days), step.Unit)} {(step.Days < 0 ? "before" : "after")} {from}";
    }

    /// <summary>The decision or document to which the time limit of 6, 16 or 20 weeks applies.</summary>
    public static string Limit(int weeks) => weeks switch { 6 => "decision whether to assess", 16 => "decision whether to issue a plan", _ => "final plan" };

    /// <summary>The name of an event in words, such as "Chase step taken".</summary>
    public static string EventName(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString()));

    /// <summary>The meaning of a case's standing in a few words.</summary>
    public static string Meaning(Standing standing) => standing switch
    {
        Standing.Waiting => "waiting for something that is not due yet",
        Standing.Overdue => "waiting for something that is late",
        Standing.Stalled => "three weeks or more late",
        Standing.Failed => "the hub could not send something; an operator must act",
        _ => "the case has ended",
    };

    /// <summary>The meaning of a case's outlook in a few words.</summary>
    public static string Meaning(Outlook outlook) => outlook switch
    {
        Outlook.OnTrack => "all future time limits will be met",
        Outlook.AtRisk => "a future time limit will be met only if something arrives soon",
        Outlook.WillMiss => "a future time limit can no longer be met",
        _ => "",
    };
}
