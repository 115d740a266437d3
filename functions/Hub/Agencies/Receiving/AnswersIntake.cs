using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>Answers to requests for advice.</summary>
public sealed class AnswersIntake(IAssessmentStore store, RuleBook rules, Inputs inputs, ClaimCheck documents)
{
    internal async ValueTask<Taken> TakeAsync(Incoming incoming, IAdviceMessage message, CancellationToken cancellation)
    {
        // The same answer for "no such assessment", "no such request" and "not asked", so that an agency that was not asked learns nothing.
        if (!rules.Serves(message.Assessment.Council)
            || !(await store.LoadAsync(message.Assessment, cancellation)).State.Requests.Any(request => request.Id == message.Request && request.Agency?.Id == incoming.Sender))
        {
            return Taken.Refused("NotAsked", "This agency was not asked under this request of this assessment.");
        }

        if (message is AdviceSubmitted { Advice.Attachments: { Count: > 0 } claimed } && await documents.CheckAsync(claimed, message.Assessment, DocumentSender.Of(incoming.Actor), cancellation) is { } missing)
        {
            return missing;
        }

        var taken = await inputs.BringAsync(message.Assessment, incoming.MessageId, incoming.Actor, incoming.CorrelationId, InputOf(message), cancellation);

        // A message that arrives after a later one of the same request (messages may arrive out of order) has nothing left to do.
        return message is AdviceAcknowledged or AdviceAccepted && taken.Fault?.Reason == "request-not-there" ? Taken.Done : taken;
    }

    private static AssessmentInput InputOf(IAdviceMessage message) => message switch
    {
        AdviceAcknowledged m => new AcknowledgeAdviceRequest(m.Request, LondonDate.Of(m.ReceivedAt)),
        AdviceAccepted m => new AcceptAdviceRequest(m.Request, m.ExpectedOn),
        AdviceDeclined m => new DeclineAdviceRequest(m.Request, $"{Words(m.Reason)}: {m.Explanation}"),
        AdviceSubmitted m => new SubmitAdvice(m.Request, m.Advice, m.Correction),
        Contracts.Bus.AdviceRetracted m => new RetractAdvice(m.Request, m.Reason),
        AdviceReported m => new ReportOnAdviceRequest(m.Request, ReportOf(m.Report), m.Text),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "not an answer"),
    };

    private static AdviserReport ReportOf(ReportKind report) => report switch
    {
        ReportKind.OnHold => AdviserReport.OnHold,
        ReportKind.Resumed => AdviserReport.Resumed,
        ReportKind.Planned => AdviserReport.Planned,
        ReportKind.ExceptionClaimed => AdviserReport.ExceptionClaimed,
        _ => AdviserReport.Note,
    };

    private static string Words(DeclineReason reason) => reason switch
    {
        DeclineReason.NotKnown => "Not known to the service",
        DeclineReason.OutOfArea => "Outside the area",
        DeclineReason.OtherService => "Another service holds it",
        _ => "Declined",
    };
}
