using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>Something for a person to do. What was asked for several times, as by a reminder that repeats, is one matter.</summary>
/// <param name="Text">What must be done.</param>
/// <param name="Asked">Each time that it was asked for, the first one first.</param>
public sealed record Matter(string Text, IReadOnlyList<Attention> Asked)
{
    /// <summary>The matters of a case, in the order in which they arose.</summary>
    public static IReadOnlyList<Matter> Of(AssessmentState state) =>
        [.. state.Attention.GroupBy(one => one.Text, StringComparer.Ordinal).Select(same => new Matter(same.Key, [.. same.OrderBy(one => one.Since)]))];

    /// <summary>Since when it is to be done, and where it was asked for again on another day, when last.</summary>
    public string Since => Asked[0].Since == Asked[^1].Since
        ? $"Since {Words.Day(Asked[0].Since, true)}"
        : $"Since {Words.Day(Asked[0].Since, true)}, last on {Words.Day(Asked[^1].Since, true)}";
}
