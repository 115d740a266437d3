namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Requests for the family's own views.</summary>
internal static class FamilyViews
{
    /// <summary>Refuses a step of the family about a request that was made to an agency, as if there were no such request.</summary>
    internal static SenderFault? MustBeAsked(AssessmentState state, string requestId) =>
        state.Requests.Any(r => r.Id == requestId && r.Agency is null) ? null : SenderFault.NotFound("request");
}
