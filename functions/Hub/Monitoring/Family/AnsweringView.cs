using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Family;

/// <summary>What an agency reads with the link in a reminder: what it was asked, by when, and how to answer. It names no child.</summary>
public sealed record AnsweringView
{
    /// <summary>Name of the council.</summary>
    public required string Council { get; init; }

    /// <summary>Who was asked.</summary>
    public required string Agency { get; init; }

    /// <summary>Reference of the case.</summary>
    public required string Reference { get; init; }

    /// <summary>Id of the request within the case.</summary>
    public required string Request { get; init; }

    /// <summary>The kind of advice.</summary>
    public required string Asked { get; init; }

    /// <summary>Day by which it is due.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>The legal duty of the agency that was asked; empty where there is none.</summary>
    public required string Law { get; init; }

    /// <summary>How to answer, depending on how the agency is reached.</summary>
    public required string HowToAnswer { get; init; }

    /// <summary>Contact for questions.</summary>
    public required string Contact { get; init; }

    /// <summary>Whether a request still waits for an agency.</summary>
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
            Reach.Bus => "Your own system has this request from the council's message service. Write the advice there and send it, or say there that you accept or decline.",
            Reach.FhirPull or Reach.FhirPush => "Your clinical system has this request as a Task with this reference. Write the advice there and send it, or accept or reject the Task.",
            _ => "Send the advice to the council at the address below, with this reference. Say immediately if you cannot give it, or not in time: the council can then ask somebody else.",
        },
        Contact = rules.Council.Contact ?? $"the SEND team of {rules.Council.Name}",
    };
}
