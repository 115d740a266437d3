using IntegrationHub.Functions.Agencies;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Family;

/// <summary>What an agency reads behind the link in a reminder: what it was asked, by when, and how it answers. It names no child.</summary>
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

    /// <summary>Which advice.</summary>
    public required string Asked { get; init; }

    /// <summary>Day by which it is due.</summary>
    public required DateOnly Due { get; init; }

    /// <summary>The law that binds the one who was asked; empty where none does.</summary>
    public required string Law { get; init; }

    /// <summary>How it answers, by the way it is reached.</summary>
    public required string HowToAnswer { get; init; }

    /// <summary>Whom to ask.</summary>
    public required string Contact { get; init; }

    /// <summary>Whether a request still waits for somebody outside.</summary>
    internal static bool Waits(AdviceRequest request) => request.IsOpen || request.Status == RequestStatus.Declined;

    internal static AnsweringView Of(AssessmentState state, AdviceRequest request, Reach reach, Rules rules) => new()
    {
        Council = rules.Council.Name,
        Agency = request.Agency!.Name,
        Reference = state.Id.Value,
        Request = request.Id,
        Asked = Words.Of(request.Kind),
        Due = Orchestrations.Assessments.Chasing.DueDay(state, request, rules),
        Law = AnswerDuties.SentenceFor(request),
        HowToAnswer = reach switch
        {
            Reach.Bus => "Your own system has this request from the council's message service. Write the advice there and send it, or say there that you accept or decline.",
            Reach.FhirPull or Reach.FhirPush => "Your clinical system has this request as a Task with this reference. Write the advice there and send it, or accept or reject the Task.",
            _ => "Send the advice to the council at the address below, with this reference. Say at once if you cannot give it, or not in time: the council can then ask somebody else.",
        },
        Contact = rules.Council.Contact ?? $"the SEND team of {rules.Council.Name}",
    };
}
