using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>Describes a detention as text for officers.</summary>
internal static class DetentionWords
{
    /// <summary>The record of the last detention as text, or null if there was no detention.</summary>
    internal static string? Of(AssessmentState state) => state.Detentions is not [.., var last] ? null
        : last.ReleasedOn is { } released ? $"Released on {Words.Day(released, true)}, detained since {Words.Day(last.From, true)}"
        : $"Detained at {last.Accommodation.Name} since {Words.Day(last.From, true)}{(last.ExpectedRelease is { } end ? $", expected until {Words.Day(end, true)}" : "")}. Youth offending team: {last.YouthOffendingTeam.Name}. Health services commissioner: {last.HealthServicesCommissioner.Name}. The rules for detained people apply: ordinary reviews, amendments and re-assessments are suspended";
}
