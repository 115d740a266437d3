using System.Globalization;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Wording;

/// <summary>The monitor's own terms as people read them.</summary>
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

    /// <summary>Where a request stands.</summary>
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

    /// <summary>How a step of the ladder reads: "8 working days after its last day: commissioner".</summary>
    public static string Of(ChaseStep step)
    {
        var days = Math.Abs(step.Days);
        var unit = step.Unit == Orchestrations.StatutoryClock.LengthUnit.WorkingDays ? "working day" : "day";
        return step.Days == 0
            ? $"on its last day: {step.To}"
            : FormattableString.Invariant($"{days} {unit}{(days == 1 ? "" : "s")} {(step.Days < 0 ? "before" : "after")} its last day: {step.To}");
    }
}
