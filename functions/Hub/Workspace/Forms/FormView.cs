using System.Text.RegularExpressions;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>Everything needed to show a form, apart from its fields.</summary>
public sealed partial record FormView
{
    /// <summary>The values typed so far.</summary>
    public required FormValues Values { get; init; }

    /// <summary>The values of the step's example.</summary>
    public required FormValues Example { get; init; }

    /// <summary>What is wrong with the form.</summary>
    public IReadOnlyList<FormProblem> Problems { get; init; } = [];

    /// <summary>The choices that the case offers for a field of this name.</summary>
    public required Func<string, IReadOnlyList<Choice>> Offered { get; init; }

    /// <summary>The list in the form to which the officer is adding a row.</summary>
    public string? ListBeingExtended { get; init; }

    /// <summary>The first field of the form, to which the link of a problem with the whole form leads.</summary>
    public required string First { get; init; }

    /// <summary>The hint for a field, made up of its description and the example.</summary>
    public string HintOf(FormField field, string path)
    {
        var first = Index().Replace(path, "[0]");
        var example = field.Kind == FieldKind.Day
            ? $"{Example[first + "/day"]} {Example[first + "/month"]} {Example[first + "/year"]}".Trim() is { Length: > 0 } day ? day : "14 7 2026"
            : field.Kind is FieldKind.Line or FieldKind.Text or FieldKind.Number && Offered(field.Name).Count == 0 ? Example[first] : "";
        var said = field.Hint.TrimEnd('.').Equals(field.Label, StringComparison.OrdinalIgnoreCase) ? "" : field.Hint;
        return example.Length == 0 ? said : $"{said} For example: {example}".Trim();
    }

    /// <summary>Whether the step's example has elements in the list at the given path.</summary>
    public bool ExampleHas(string path) => Example.CountAt(Index().Replace(path, "[0]")) > 0;

    /// <summary>The field to which the link of a problem leads.</summary>
    public string Target(FormProblem problem) => problem.Path.Length > 0 ? FormField.Id(problem.Path) : First;

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}
