using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>The names of those who speak for the family.</summary>
internal static class FamilyNames
{
    /// <summary>The name of one of them; their id where the case no longer has them.</summary>
    /// <param name="state">The case, opened.</param>
    /// <param name="person">The person; null means the first contact.</param>
    internal static string Of(AssessmentState state, string? person) => FamilyPeople.ContactOf(state, person)?.Name ?? person ?? "";
}
