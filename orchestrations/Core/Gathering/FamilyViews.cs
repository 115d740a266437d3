namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Requests for the family's own views.</summary>
internal static class FamilyViews
{
    /// <summary>Refuses a family's step about a request to an agency: the answer is that the request does not exist.</summary>
    internal static SenderFault? MustBeAsked(AssessmentState state, string requestId) =>
        state.Requests.Any(r => r.Id == requestId && r.Agency is null) ? null : SenderFault.NotFound("request");
}
