using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// What the hub does with messages to an agency for which no channel is set up. Nothing was sent, so nothing is recorded as sent. An
/// officer is asked to notify the agency. There is one task for each request and kind of message, however often the message is due.
/// </summary>
internal static class SendingByOtherMeans
{
    private const string TellPrefix = "tell-";

    /// <summary>Records that there was no channel for an effect.</summary>
    internal static void NoChannel(Deciding d, Effect effect, DateOnly on)
    {
        var (requestId, news, step) = effect switch
        {
            SendAdviceRequest e => (e.RequestId, "request", null),
            SendReminder e => (e.RequestId, "chase", e.Step),
            SendEscalation e => (e.RequestId, "chase", e.Step),
            SendWithdrawal e => (e.RequestId, "withdrawal", null),
            SendCorrection e => (e.RequestId, "correction", null),
            ReturnAdviceToAuthor e => (e.RequestId, "return", null),
            _ => ((string?)null, "", (string?)null),
        };
        if (d.State.Requests.FirstOrDefault(r => r.Id == requestId) is not { } request)
        {
            return;
        }

        if (news == "request" && request.Status == RequestStatus.Requested && request.NotSentOn is null && request.SentByOtherMeansOn is null)
        {
            d.Happened(new RequestNotSent(request.Id, on));
            request = request with { NotSentOn = on };
        }

        if (step is not null)
        {
            d.Happened(new ChaseNotSent(request.Id, step, on));
        }

        if (news is "request" or "chase" && !request.IsOpen)
        {
            // The request has been answered, declined or withdrawn in the meantime, so there is nothing to send.
            return;
        }

        var (what, from) = (Words.Of(request), request.Agency?.Name ?? "the adviser");
        if (request.NotSentOn is not null)
        {
            // An adviser to whom no request was sent does not receive reminders of the request or notice of its withdrawal.
            if (request.IsOpen)
            {
                d.AskAttention(UnsentId(request.Id), $"Not sent: no channel to {from} is set up. Send the request for {what} by other means and record that it was sent.");
            }

            return;
        }

        d.AskAttention(TellId(news, request.Id), news switch
        {
            "request" => $"No channel to {from} is set up, so the request for {what} was not sent again: send it by other means.",
            "chase" => $"No channel to {from} is set up, so no reminder about {what} was sent: telephone or write to them.",
            "withdrawal" => $"No channel to {from} is set up: tell them by other means that {what} is no longer needed.",
            "correction" => $"No channel to {from} is set up: tell them by other means which details of the child in the request for {what} were corrected.",
            _ => $"No channel to {from} is set up: tell them by other means that {what} was returned as insufficient, and what is missing.",
        });
    }

    /// <summary>Whether a task is about something that could not be sent to the adviser of a request.</summary>
    internal static bool IsOf(Attention task, string requestId) => task.Id == UnsentId(requestId) || (task.Id.StartsWith(TellPrefix, StringComparison.Ordinal) && task.Id.EndsWith($"-{requestId}", StringComparison.Ordinal));

    /// <summary>The id of the task to tell an adviser that a request was withdrawn.</summary>
    internal static string WithdrawnId(string requestId) => TellId("withdrawal", requestId);

    private static string TellId(string news, string requestId) => $"{TellPrefix}{news}-{requestId}";

    /// <summary>The id of the task to send an unsent request.</summary>
    internal static string UnsentId(string requestId) => $"send-{requestId}";
}
