using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>A task for an officer. Several requests for one task, for example by a repeated reminder, are a single matter.</summary>
/// <param name="Text">What must be done.</param>
/// <param name="Asked">Each request for this task, in order of time.</param>
public sealed record Matter(string Text, IReadOnlyList<Attention> Asked)
{
    /// <summary>The tasks for officers in a case, in the order in which they arose.</summary>
    public static IReadOnlyList<Matter> Of(AssessmentState state) =>
        [.. state.Attention.GroupBy(one => one.Text, StringComparer.Ordinal).Select(same => new Matter(same.Key, [.. same.OrderBy(one => one.Since)]))];

    /// <summary>The day on which the task was first requested and, if it was requested again later, the day of the last request.</summary>
    public string Since => Asked[0].Since == Asked[^1].Since
        ? $"Since {Words.Day(Asked[0].Since, true)}"
        : $"Since {Words.Day(Asked[0].Since, true)}, last requested on {Words.Day(Asked[^1].Since, true)}";
}
