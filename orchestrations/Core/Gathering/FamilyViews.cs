namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Requests made to the family itself.</summary>
internal static class FamilyViews
{
    /// <summary>For a step about one request: for the family, a request to an agency does not exist.</summary>
    internal static SenderFault? MustBeAsked(AssessmentState state, string requestId) =>
        state.Requests.Any(r => r.Id == requestId && r.Agency is null) ? null : SenderFault.NotThere("request");
}
