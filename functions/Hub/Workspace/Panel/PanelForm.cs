using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace IntegrationHub.Functions.Workspace.Panel;

/// <summary>The details typed about a meeting: the day, the people present (one on each line), and the cases that were chosen.</summary>
/// <param name="Values">The day and the people present, as typed.</param>
/// <param name="Cases">The cases that were chosen.</param>
/// <param name="Problems">What is wrong with the form.</param>
public sealed record PanelForm(FormValues Values, IReadOnlyList<AssessmentId> Cases, IReadOnlyList<FormProblem> Problems)
{
    /// <summary>The largest number of cases that can be chosen together.</summary>
    public const int Max = Agenda.Size;

    /// <summary>The field for the people present, with one line for each person.</summary>
    public const string Present = "present";

    private static readonly string[] Fields = [Present, "on/day", "on/month", "on/year"];

    /// <summary>The values from a submitted form.</summary>
    public static PanelForm Of(IFormCollection form) => new(
        FormValues.Of(form.Where(field => Fields.Contains(field.Key))),
        [.. form["case"].Distinct().Select(text => AssessmentId.TryParse(text, out var id, out _) ? id : (AssessmentId?)null).OfType<AssessmentId>()], []);

    /// <summary>The step that the form submits, read in the same way as by the API, or null if something is wrong.</summary>
    internal RecordPanel? Read(out IReadOnlyList<FormProblem> problems)
    {
        var people = Values[Present].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var typed = Values.All.Where(field => field.Key != Present).Select(field => KeyValuePair.Create(field.Key, new StringValues(field.Value)))
            .Concat(people.Select((one, n) => KeyValuePair.Create(FormField.At(Present, n), new StringValues(one))));
        var (input, wrong) = FormReading.Read(StepForm.Of(RecordPanel.Definition), FormValues.Of(typed));
        problems =
        [
            .. Cases.Count == 0 ? [new FormProblem("case", "Choose at least one case that the panel considered")] : Array.Empty<FormProblem>(),
            .. Cases.Count > Max ? [new FormProblem("case", $"Choose at most {Max} cases at a time")] : Array.Empty<FormProblem>(),
            .. people.Length == 0 ? [new FormProblem(Present, "Enter who was present")] : Array.Empty<FormProblem>(),
            .. wrong.Where(one => !(people.Length == 0 && one.Path.StartsWith(Present, StringComparison.Ordinal))).Select(one => one.Path.StartsWith(Present, StringComparison.Ordinal) ? one with { Path = Present } : one),
        ];
        return input as RecordPanel;
    }
}
