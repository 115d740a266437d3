using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Agencies.Receiving;

/// <summary>Receives answers to requests for advice.</summary>
public sealed class AnswersIntake(IAssessmentStore store, RuleBook rules, AgencyInbox inputs, ClaimCheck documents)
{
    internal async ValueTask<IntakeResult> TakeAsync(Incoming incoming, IAdviceMessage message, CancellationToken cancellationToken)
    {
        // The answer does not distinguish "no such assessment", "no such request" and "not asked for advice", so an agency that was not
        // asked learns nothing.
        var state = rules.Serves(message.Assessment.Council) ? (await store.LoadAsync(message.Assessment, cancellationToken)).State : null;
        if (state?.Requests.FirstOrDefault(request => request.Id == message.Request && request.Agency?.Id == incoming.Sender) is not { } asked)
        {
            return IntakeResult.Refused("NotAsked", "This agency was not asked for advice under this request of this assessment.");
        }

        if (message is ReviewAdviceSubmitted review && FaultOf(review, asked, state) is { } fault)
        {
            return fault;
        }

        if (AdviceIn(message)?.Attachments is { Count: > 0 } claimed && await documents.CheckAsync(claimed, message.Assessment, DocumentSender.Of(incoming.Actor), cancellationToken) is { } missing)
        {
            return missing;
        }

        var taken = await inputs.BringAsync(message.Assessment, incoming.MessageId, incoming.Actor, incoming.CorrelationId, InputOf(message), cancellationToken);

        // Messages can arrive out of order: a message has no effect if a later message about the same request has already arrived.
        return message is AdviceAcknowledged or AdviceAccepted && taken.Fault?.Reason == "request-not-there" ? IntakeResult.Done : taken;
    }

    private static AdviceContent? AdviceIn(IAdviceMessage message) => message switch
    {
        AdviceSubmitted m => m.Advice,
        ReviewAdviceSubmitted m => m.Advice,
        _ => null,
    };

    private static IntakeResult? FaultOf(ReviewAdviceSubmitted message, AdviceRequest asked, AssessmentState state)
    {
        if (asked.Review is null)
        {
            return IntakeResult.Refused("NotForReview", "This request is for an assessment, so answer it with advice.submitted.");
        }

        var lines = ReviewAsked.Of(state, asked)!.Lines.Select(one => one.Line.Id).ToHashSet(StringComparer.Ordinal);
        return message.Progress.All(one => lines.Contains(one.Line)) ? null
            : IntakeResult.Refused("UnknownLine", "The progress contains the id of a line that is neither an outcome nor a provision of the plan. Use the line ids from the request, or from the plan as it is now.");
    }

    private static AssessmentInput InputOf(IAdviceMessage message) => message switch
    {
        AdviceAcknowledged m => new AcknowledgeAdviceRequest(m.Request, LondonDate.Of(m.ReceivedAt)),
        AdviceAccepted m => new AcceptAdviceRequest(m.Request, m.ExpectedOn),
        AdviceDeclined m => new DeclineAdviceRequest(m.Request, $"{Words(m.Reason)}: {m.Explanation}"),
        ReviewAdviceSubmitted m => new SubmitAdvice(m.Request, m.Advice with { Notes = [.. m.Progress.Select(one => one.ToNote()), .. m.Advice.Notes] }, m.Correction),
        AdviceSubmitted m => new SubmitAdvice(m.Request, m.Advice, m.Correction),
        Contracts.Bus.AdviceRetracted m => new RetractAdvice(m.Request, m.Reason),
        AdviceReported m => new ReportOnAdviceRequest(m.Request, ReportOf(m.Report), m.Text),
        _ => throw new ArgumentOutOfRangeException(nameof(message), message.GetType().Name, "This message is not an answer to a request."),
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
        DeclineReason.NotKnown => "The child is not known to the service",
        DeclineReason.OutOfArea => "The child is outside the service's area",
        DeclineReason.OtherService => "Another service holds the information",
        _ => "Declined",
    };
}
