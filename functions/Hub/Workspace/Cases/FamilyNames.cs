using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>The names of the family's contacts.</summary>
internal static class FamilyNames
{
    /// <summary>The name of one contact, or the contact's id if the case no longer has the contact.</summary>
    /// <param name="state">The state of the opened case.</param>
    /// <param name="person">The contact's id, or null for the first contact.</param>
    internal static string Of(AssessmentState state, string? person) => FamilyPeople.ContactOf(state, person)?.Name ?? person ?? "";
}
