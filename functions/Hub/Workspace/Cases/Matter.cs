using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>Something for an officer to do. Several requests for the same thing, for instance by a repeated reminder, are a single matter.</summary>
/// <param name="Text">What must be done.</param>
/// <param name="Asked">Every time that the matter was asked for, in order of time.</param>
public sealed record Matter(string Text, IReadOnlyList<Attention> Asked)
{
    /// <summary>The matters of a case, in the order in which they arose.</summary>
    public static IReadOnlyList<Matter> Of(AssessmentState state) =>
        [.. state.Attention.GroupBy(one => one.Text, StringComparer.Ordinal).Select(same => new Matter(same.Key, [.. same.OrderBy(one => one.Since)]))];

    /// <summary>The day on which the matter was first asked for and, if it was asked for again on another day, the last such day.</summary>
    public string Since => Asked[0].Since == Asked[^1].Since
        ? $"Since {Words.Day(Asked[0].Since, true)}"
        : $"Since {Words.Day(Asked[0].Since, true)}, last asked for on {Words.Day(Asked[^1].Since, true)}";
}
