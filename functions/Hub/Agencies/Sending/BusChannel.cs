using IntegrationHub.Contracts.Bus;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Sending;

/// <summary>
/// The channel to agencies on the bus. Each request and all later messages about it are sent to the topic, and the agency receives them
/// through its own subscription. The MessageId is the effect's id and the session id is the assessment's id, so the bus recognises a
/// repeated attempt.
/// </summary>
public sealed class BusChannel(IBusSender bus, TimeProvider time) : IAgencyChannel
{
    /// <inheritdoc/>
    public Reach Reach => Reach.Bus;

    /// <inheritdoc/>
    public ValueTask<EffectResult> SendAsync(AgencyMessage message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var sent = BusEvents.For(message.EffectId, message.Council.Code, message.Agency.Id, message.Assessment, Body(message), time.GetUtcNow());
        return bus.SendAsync(BusEntities.AdviceRequests.Name, sent, message.Assessment.Value, message.CorrelationId, cancellationToken);
    }

    private static object Body(AgencyMessage message) => message.Kind switch
    {
        AgencyMessageKind.Request => Request(message, null),
        // When advice is returned, the time limit of an open request does not change, so the agency is asked for the advice again, with the
        // same last day as before.
        AgencyMessageKind.Return => Request(message, $"The advice received was not sufficient{(message.Request.StatusReason is { Length: > 0 } why ? $": {why.TrimEnd('.')}" : "")}. Please complete the advice."),
        AgencyMessageKind.Correction when message.MaySeeChild =>
            Request(message, "The council has corrected the details of the child that it gave you. Correct your records and disregard the earlier details."),
        AgencyMessageKind.Reminder => new AdviceReminder
        {
            Assessment = message.Assessment,
            Request = message.Request.Id,
            Agency = message.Agency.Id,
            DueOn = message.Due,
            Number = NumberOf(message),
        },
        AgencyMessageKind.Escalation => new AdviceEscalation
        {
            Assessment = message.Assessment,
            Request = message.Request.Id,
            Agency = message.Agency.Id,
            DueOn = message.Due,
            EscalatedTo = message.ToRole ?? "manager",
        },
        _ => new AdviceRequestWithdrawn
        {
            Assessment = message.Assessment,
            Request = message.Request.Id,
            Agency = message.Agency.Id,
            Reason = message.Kind == AgencyMessageKind.Correction
                ? "The details of the child that the council gave you with this request were wrong. The request for advice stays closed. Disregard the earlier details and delete them."
                : message.Request.StatusReason ?? "The council no longer asks for this advice.",
        },
    };

    private static object Request(AgencyMessage message, string? instructions) => message.Review is { } review ? ForReview(message, review, instructions) : new AdviceRequested
    {
        Assessment = message.Assessment,
        Request = message.Request.Id,
        Agency = message.Agency.Id,
        Council = message.Council.Code,
        Kind = message.Request.Kind,
        Child = message.Facts.Child,
        RequestedOn = message.Request.RequestedOn,
        DueOn = message.Due,
        Instructions = instructions,
        Attachments = message.Documents,
    };

    private static ReviewAdviceRequested ForReview(AgencyMessage message, ReviewAsked review, string? instructions) => new()
    {
        Assessment = message.Assessment,
        Request = message.Request.Id,
        Agency = message.Agency.Id,
        Council = message.Council.Code,
        Kind = message.Request.Kind,
        Child = message.Facts.Child,
        Review = review.Number,
        MeetingOn = review.MeetingOn,
        RequestedOn = message.Request.RequestedOn,
        DueOn = message.Due,
        Lines = [.. review.Lines.Select(one => new LineToReview(one.Line.Id, one.Section.ToString(), one.Line.Text))],
        Instructions = instructions,
    };

    /// <summary>
    /// The number of this reminder, which is the number of its step in the reminder schedule. A reminder that an officer sends manually
    /// gets the next number.
    /// </summary>
    private static int NumberOf(AgencyMessage message)
    {
        var reminders = message.Request.ChaseSteps.Where(step => step.StartsWith("remind", StringComparison.Ordinal)).ToList();
        var at = message.Step is { } step ? reminders.IndexOf(step) : -1;
        return at >= 0 ? at + 1 : reminders.Count + 1;
    }
}
