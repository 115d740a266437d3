using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Requests for the family's own views. The views belong to the person who gave them: nobody else in the family reads, replaces or
/// withdraws them.</summary>
public static class FamilyViews
{
    /// <summary>The current views that a member of the family gave, or null if they gave none.</summary>
    /// <param name="state">The case.</param>
    /// <param name="requestId">The request for the views.</param>
    /// <param name="person">The member of the family; null means the first contact.</param>
    public static ReceivedAdvice? Of(AssessmentState state, string requestId, string? person) =>
        Standing(state, requestId) is { } given && given.Person == person ? given : null;

    /// <summary>Refuses a step of the family about a request that was made to an agency, as if there were no such request.</summary>
    internal static SenderFault? MustBeAsked(AssessmentState state, string requestId) =>
        state.Requests.Any(r => r.Id == requestId && r.Agency is null) ? null : SenderFault.NotFound("request");

    /// <summary>Refuses a step of the first contact about a request that was made to an agency, or about views that another member of the family
    /// gave.</summary>
    internal static SenderFault? MustBeTheirs(AssessmentState state, string requestId) => MustBeAsked(state, requestId)
        ?? (Standing(state, requestId) is { Person: not null }
            ? SenderFault.NotAllowed("Another member of the family has answered this request, and only that person can change the answer. Send your own views as a document (record-family-evidence).")
            : null);

    /// <summary>Whether the named person can have given this answer. Only the family's views are given by a member of the family, and the answer
    /// of one person cannot replace that of another.</summary>
    internal static bool MayGive(Deciding d, AdviceRequest request, string? person)
    {
        var given = Standing(d.State, request.Id);
        return d.Require(person is null || request.Agency is null, "not-of-the-family", "This request was made to an agency. Leave out the member person.")
            && d.Require(person is null || person == given?.Person || d.State.People.Any(p => p.Id == person), "unknown-person", "There is no person with this id in this case.")
            && d.Require(
                request.Agency is not null || given is null || given.Person == person,
                "views-of-another",
                "Another member of the family has answered this request. To correct that answer, name the person who gave it (person). To add somebody else's views, use record-family-evidence.");
    }

    private static ReceivedAdvice? Standing(AssessmentState state, string requestId) => state.Advice.LastOrDefault(a => a.RequestId == requestId && a.Counts);
}
