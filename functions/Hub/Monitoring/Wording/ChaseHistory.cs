using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Wording;

/// <summary>A step of the reminder schedule that was taken.</summary>
/// <param name="On">Day of the step, in London time.</param>
/// <param name="What">The event.</param>
/// <param name="Step">The step of the reminder schedule, or null if the schedule no longer has this step.</param>
/// <param name="NotSent">Whether the step fell due but nobody was notified, because no channel is set up.</param>
public sealed record StepTaken(DateOnly On, ChaseStepTaken What, ChaseStep? Step, bool NotSent = false);

/// <summary>
/// Describes, for a reader who does not know the reminder schedule, how advice was chased: who was notified, when, how late the advice was,
/// and the next step.
/// </summary>
public static class ChaseHistory
{
    private const string Contributor = "contributor";

    /// <summary>A past step, such as "17 March 2026: the commissioner was notified (8 working days after the last day)".</summary>
    public static string Of(StepTaken taken, AdviceRequest request, ChaseLadder ladder)
    {
        var when = taken.Step is { } step ? $" ({MonitorWords.WhenStepIsDue(step, ladder)})" : "";
        return taken.NotSent ? $"{Words.Day(taken.On, true)}: due, but not sent to {Who(taken.What.ToRole, request)}, as no channel is set up{when}"
            : taken.What.Told
            ? $"{Words.Day(taken.On, true)}: {Told(taken.What.ToRole, request)}{when}"
            : $"{Words.Day(taken.On, true)}: not sent separately, as a later step of the same day went to the {taken.What.ToRole}{when}";
    }

    /// <summary>
    /// The next step, such as "17 March 2026: the commissioner will be notified, if the advice has not been received by then".
    /// </summary>
    public static string Next(ChaseStep step, DateOnly day, AdviceRequest request) =>
        $"{Words.Day(day, true)}: {Told(step.To, request).Replace(" was ", " will be ", StringComparison.Ordinal)}, {(request.Status == RequestStatus.Declined ? "if nobody else has been asked for the advice" : "if the advice has not been received")} by then";

    /// <summary>The status of a request, with dates: "Received on 28 March 2026, 23 days late".</summary>
    public static string Status(AdviceRequest request, DateOnly due, DateOnly today)
    {
        var on = Words.Day(request.StatusOn, true);
        return request.Status switch
        {
            _ when request is { IsToBeEntered: true, CameElsewhereOn: { } came } => $"Received on {Words.Day(came, true)} by the earlier system{Late(came, due)}; to be entered",
            RequestStatus.Received => $"Received on {on}{Late(request.StatusOn, due)}",
            RequestStatus.Declined => $"Declined on {on}",
            RequestStatus.ReturnedInsufficient => $"Returned on {on} because the advice was not sufficient; awaited again{Late(today, due)}",
            RequestStatus.Withdrawn => $"Withdrawn on {on}; nothing is awaited",
            RequestStatus.Accepted => $"Accepted on {on}; awaited{Late(today, due)}",
            RequestStatus.Acknowledged => $"Acknowledged on {on}; awaited{Late(today, due)}",
            RequestStatus.Requested when request.NotSentOn is not null =>
                $"Not sent: no channel is set up. Decided on {Words.Day(request.RequestedOn, true)}{Late(today, due)}",
            RequestStatus.Requested when request.SentByOtherMeansOn is { } sent => $"Sent by other means on {Words.Day(sent, true)}; awaited{Late(today, due)}",
            _ => $"Asked for on {Words.Day(request.RequestedOn, true)}; awaited{Late(today, due)}",
        };
    }

    /// <summary>A description of late advice in a few sentences, or null if the advice was never late.</summary>
    public static string? ForLateAdvice(AdviceRequest request, DateOnly due, DateOnly today, IReadOnlyList<StepTaken> taken, string? next)
    {
        var came = request.Status == RequestStatus.Received || request.IsToBeEntered;
        var on = request.IsToBeEntered ? request.CameElsewhereOn!.Value : request.StatusOn;
        var (late, verb) = ((came ? on : today).DayNumber - due.DayNumber, request.Agency is null ? "are" : "is");
        if (late <= 0 || (!came && !request.IsOpen))
        {
            return null;
        }

        var what = $"{Capital(Words.Of(request))}{(request.Agency is { } agency ? $" from {agency.Name}" : "")}";
        var condition = came
            ? $"{what} {(request.Agency is null ? "were" : "was")} received on {Words.Day(on, true)}, {Days(late)} after the last day, {Words.Day(due, true)}."
            : $"{what} {verb} {Days(late)} late: the last day was {Words.Day(due, true)}.";
        var told = taken.Where(t => t.What.Told && !t.NotSent).ToList();
        var reminders = told.Count(t => t.What.ToRole == Contributor);
        var others = told.Where(t => t.What.ToRole != Contributor).Select(t => $"the {t.What.ToRole} on {Words.Day(t.On)}").ToList();
        return string.Join(' ', new[]
        {
            condition,
            reminders > 0 ? $"{Capital(Who(Contributor, request))} was reminded {(reminders == 1 ? "once" : reminders == 2 ? "twice" : FormattableString.Invariant($"{reminders} times"))}." : null,
            taken.Any(t => t.NotSent) ? $"No channel to {request.Agency?.Name ?? "the family"} is set up, so the hub notified nobody there." : null,
            others.Count > 0 ? $"The hub notified {List(others)}." : null,
            next is null || came ? null : $"Next, {next}.",
        }.OfType<string>());
    }

    /// <summary>How a role is named: the agency's name, "the family", or for example "the commissioner".</summary>
    private static string Who(string role, AdviceRequest request) => role == Contributor ? request.Agency?.Name ?? "the family" : $"the {role}";

    private static string Told(string role, AdviceRequest request) => $"{Who(role, request)} was {(role == Contributor ? "reminded" : "notified")}";

    private static string Late(DateOnly day, DateOnly due) => day > due ? $", {Days(day.DayNumber - due.DayNumber)} late" : "";

    private static string Days(int days) => FormattableString.Invariant($"{days} day{(days == 1 ? "" : "s")}");

    private static string List(List<string> items) => items.Count == 1 ? items[0] : $"{string.Join(", ", items[..^1])} and {items[^1]}";

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
