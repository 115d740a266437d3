using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Workspace;

public class LabelTests
{
    public static TheoryData<string> Steps => [.. StepCatalogue.Steps.Select(step => step.Name)];

    /// <summary>"Yes" under a name such as "Excluded" leaves open to what it answers.</summary>
    /// <param name="step">The name of a step.</param>
    [Theory]
    [MemberData(nameof(Steps))]
    public void What_is_answered_with_yes_or_no_is_a_question(string step)
    {
        var fields = StepForm.Of(StepCatalogue.Steps.Single(s => s.Name == step)).Fields.SelectMany(Within);

        Assert.Empty(fields.Where(field => field.Kind == FieldKind.YesNo && !field.Label.EndsWith('?')).Select(field => $"{field.Name}: {field.Label}"));
    }

    private static IEnumerable<FormField> Within(FormField field) =>
        [field, .. field.Members.SelectMany(Within), .. field.Element is { } element ? Within(element) : []];
}
