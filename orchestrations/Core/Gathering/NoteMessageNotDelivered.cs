using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// A message about a request for advice was accepted by its channel, but could not be delivered. Only the hub itself submits this step, when
/// the channel reports it. A request that did not arrive is not on record as arrived, and an officer must send it.
/// </summary>
/// <param name="Message">The effect that sent the message.</param>
/// <param name="Detail">The channel's report, without personal data.</param>
public sealed record NoteMessageNotDelivered(Effect Message, string Detail) : AssessmentInput, IStep<NoteMessageNotDelivered>
{
    public static StepDefinition<NoteMessageNotDelivered> Definition { get; } = new("note-message-not-delivered", "A message to an adviser could not be delivered")
    {
        Senders = [ActorRole.Hub],
    };

    // This step is accepted even after the assessment has ended, because an adviser who was not told of a withdrawal must be told.
    internal override void Decide(Deciding d)
    {
        var (requestId, kind, matters) = Message switch
        {
            SendAdviceRequest e => (e.RequestId, "request", false),
            ReturnAdviceToAuthor e => (e.RequestId, "return", false),
            SendReminder e => (e.RequestId, "chase", false),
            SendEscalation e => (e.RequestId, "chase", false),
            SendWithdrawal e => (e.RequestId, "withdrawal", true),
            SendCorrection e => (e.RequestId, "correction", true),
            _ => ("", "", false),
        };
        var request = d.State.Requests.FirstOrDefault(r => r.Id == requestId);
        if (!d.Require(request is not null, "unknown-request", "There is no such request in this assessment.") || !InputChecks.Text(d, Detail, "The report") || !(matters || request!.IsOpen))
        {
            return;
        }

        var what = $"{Effects.Describe(d.State, Message)}: the message could not be delivered ({Detail}).";
        if (Message is SendAdviceRequest { Colleague: null } && request is { Status: RequestStatus.Delivered, ReceivedByBodyOn: not null })
        {
            d.Happened(new SendingNotArrived(Detail, d.Today, request.SentAgainOn ?? request.RequestedOn, RequestId: request.Id, IsNotSentAgain: true));
            d.AskAttention(
                SendingByOtherMeans.UnsentId(request.Id),
                $"{what} The request has not arrived, and the time limit for the answer does not run. Put the address right and send the request again, or send it by other means and record that it was sent.");
            return;
        }

        d.AskAttention($"not-delivered-{kind}-{requestId}", $"{what} Put the address right, and tell the recipient by other means.");
    }
}
