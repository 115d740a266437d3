using IntegrationHub.Functions.Workspace.Forms;

namespace IntegrationHub.Functions.Visiting.Forms;

/// <summary>How forms of pages without an account are shown: as those of the workspace, without choices out of a case.</summary>
internal static class PageForms
{
    private static readonly string[] Missing = ["Enter: ", "Choose an answer: "];

    /// <summary>What is missing is called as the page calls it, not as the contract does.</summary>
    internal static FormProblem Called(FormProblem problem, string label) =>
        Missing.FirstOrDefault(start => problem.Text.StartsWith(start, StringComparison.Ordinal)) is { } begins ? problem with { Text = begins + label } : problem;

    /// <summary>One showing of a form.</summary>
    internal static FormView View(FormValues values, IReadOnlyList<FormProblem> problems, string? addTo = null, string first = "main") => new()
    {
        Values = values,
        Example = FormValues.None,
        Problems = problems,
        Offered = _ => [],
        AddTo = addTo,
        First = first,
    };
}
