using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Family;

/// <summary>
/// The page that an agency opens with the link in a reminder: the request, its due date and how to answer. The page does not name the
/// child.
/// </summary>
public sealed record AnsweringView
{
    /// <summary>Name of the council.</summary>
    public required string Council { get; init; }

    /// <summary>Name of the agency that was asked.</summary>
    public required string Agency { get; init; }

    /// <summary>Reference of the case.</summary>
    public required string Reference { get; init; }

    /// <summary>Id of the request within the case.</summary>
    public required string Request { get; init; }

    /// <summary>The kind of advice.</summary>
    public required string Asked { get; init; }

    /// <summary>Day by which the answer is due.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>The legal duty of the agency that was asked; empty if there is none.</summary>
    public required string Law { get; init; }

    /// <summary>How to answer, depending on the agency's channel.</summary>
    public required string HowToAnswer { get; init; }

    /// <summary>Contact for questions.</summary>
    public required string Contact { get; init; }

    /// <summary>Whether a request still waits for an answer from an agency.</summary>
    internal static bool Waits(AdviceRequest request) => request.IsOpen || request.Status == RequestStatus.Declined;

    internal static AnsweringView Of(AssessmentState state, AdviceRequest request, Reach reach, Rules rules) => new()
    {
        Council = rules.Council.Name,
        Agency = request.Agency!.Name,
        Reference = state.Id.Value,
        Request = request.Id,
        Asked = Words.Of(request),
        Due = Orchestrations.Assessments.Chasing.DueDay(state, request, rules),
        Law = AnswerDuties.SentenceFor(request),
        HowToAnswer = reach switch
        {
            Reach.Bus => "Your own system has this request from the council's message service. Use your system to write and send the advice, or to accept or decline the request.",
            Reach.FhirPull or Reach.FhirPush => "Your clinical system contains this request as a Task with this reference. Use your system to write and send the advice, or to accept or reject the Task.",
            _ => "Send the advice to the council at the address below, with this reference. If you cannot give the advice, or cannot give it in time, tell the council immediately so that it can ask somebody else.",
        },
        Contact = rules.Council.Contact ?? $"the SEND team of {rules.Council.Name}",
    };
}
