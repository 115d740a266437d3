using IntegrationHub.Functions.Workspace.Forms;

namespace IntegrationHub.Functions.Visiting.Forms;

/// <summary>Shows the forms of pages without an account: like those of the workspace, but without choices taken from a case.</summary>
internal static class PageForms
{
    private static readonly string[] Missing = ["Enter: ", "Choose an answer: "];

    /// <summary>A missing field is named by its label on the page, not by its name in the contract.</summary>
    internal static FormProblem Called(FormProblem problem, string label) =>
        Missing.FirstOrDefault(start => problem.Text.StartsWith(start, StringComparison.Ordinal)) is { } begins ? problem with { Text = begins + label } : problem;

    /// <summary>A form as it is shown once.</summary>
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
