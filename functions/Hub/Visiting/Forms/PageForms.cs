using IntegrationHub.Functions.Workspace.Forms;

namespace IntegrationHub.Functions.Visiting.Forms;

/// <summary>Shows the forms of pages for people without an account. These forms are like the workspace's forms, but offer no choices from a
/// case.</summary>
internal static class PageForms
{
    private static readonly string[] Missing = ["Enter: ", "Choose an answer: "];

    /// <summary>Names a missing field by its label on the page, not by its name in the contract.</summary>
    internal static FormProblem Called(FormProblem problem, string label) =>
        Missing.FirstOrDefault(start => problem.Text.StartsWith(start, StringComparison.Ordinal)) is { } begins ? problem with { Text = begins + label } : problem;

    /// <summary>The data with which a form is shown.</summary>
    internal static FormView View(FormValues values, IReadOnlyList<FormProblem> problems, string? addTo = null, string first = "main") => new()
    {
        Values = values,
        Example = FormValues.None,
        Problems = problems,
        Offered = _ => [],
        ListBeingExtended = addTo,
        First = first,
    };
}
