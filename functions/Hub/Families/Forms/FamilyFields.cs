using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>The fields of families' forms, which are rendered like the fields of the steps.</summary>
internal static class FamilyFields
{
    private static readonly FormField Long = Of(ReportOnAdviceRequest.Definition, "text");
    private static readonly FormField Short = Of(PassOnAdviceRequest.Definition, "name");
    private static readonly FormField Either = Of(RecordRepresentations.Definition, "agrees");

    /// <summary>A field for a longer text.</summary>
    internal static FormField Text(string name, string label, string hint, bool required = false) => Long with { Name = name, Label = label, Hint = hint, IsRequired = required };

    /// <summary>A field for a name or a few words.</summary>
    internal static FormField Line(string name, string label, string hint, bool required = false) => Short with { Name = name, Label = label, Hint = hint, IsRequired = required };

    /// <summary>A field for yes or no.</summary>
    internal static FormField YesNo(string name, string label, string hint) => Either with { Name = name, Label = label, Hint = hint, IsRequired = false };

    /// <summary>The field at a given path in a step.</summary>
    internal static FormField Of(StepDefinition step, params ReadOnlySpan<string> path)
    {
        var field = StepForm.Of(step).Fields.First(Named(path[0]));
        foreach (var name in path[1..])
        {
            field = field.Members.First(Named(name));
        }

        return field;
    }

    private static Func<FormField, bool> Named(string name) => field => field.Name == name;
}
