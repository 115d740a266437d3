using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Workspace.Forms;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>The titles of a plan's sections.</summary>
internal static class PlanWords
{
    /// <summary>The title of a section.</summary>
    internal static string TitleOf(PlanSectionLetter letter) => StepDocs.Of(typeof(PlanSectionLetter), letter).Split(';')[0].TrimEnd('.');

    /// <summary>The HTML id of a line of the plan.</summary>
    internal static string Anchor(string lineId) => $"line-{string.Concat(lineId.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'))}";
}
