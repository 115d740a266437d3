using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>
/// The form for one line of the plan. The form shows the complete line and sends the complete line back. If a field was left
/// unchanged, its value does not change; if a field was emptied, its value is cleared.
/// </summary>
internal static class LineForm
{
    /// <summary>Prefix of the fields that hold the values with which the form was first shown.</summary>
    internal const string Was = "_was/";

    /// <summary>Name of the parameter in the form's web address that names the passage of advice to take into the plan.</summary>
    internal const string Take = "_take";

    private static readonly string[] Details = ["who", "howOften", "howLong"];

    /// <summary>The form before anybody types, filled in with the line that it changes or with the passage of advice that is to be taken
    /// into the plan.</summary>
    /// <param name="asked">The values in the form's web address.</param>
    /// <param name="take">The id of the passage of advice to take into the plan; empty if there is none.</param>
    /// <param name="service">The plan that is edited.</param>
    internal static FormValues Filled(FormValues asked, string take, PlanEditorView service)
    {
        if (LineOf(service, asked["lineId"]) is { } line)
        {
            return asked.FilledFrom(OfLine(line));
        }

        var passage = Enum.TryParse<PlanSectionLetter>(asked["section"], out var letter) ? service.Passages(letter).FirstOrDefault(one => one.Id == take) : null;
        if (passage is null)
        {
            return asked;
        }

        var provision = passage.Advice.Content.Provision.FirstOrDefault(one => $"{passage.Advice.Id}/{one.Id}" == passage.Id);
        // Section K does not list the advice for a review, so a line from that advice counts as the council's own, and the reason states
        // where the line comes from.
        var source = passage.Advice.IsSource
            ? FormValues.None.With("readFromAdvice", passage.Advice.Id).With("cause", nameof(PlanEditCause.AdviceReadIn)).With("reason", "Taken from the advice.")
            : FormValues.None.With("cause", nameof(PlanEditCause.Officer)).With("reason", $"Taken from {Words.Of(passage.Advice)} by {passage.Advice.Content.Author}.");
        return asked.FilledFrom(source.With("newText", passage.Text).With("who", provision?.Who ?? "").With("howOften", provision?.HowOften ?? "").With("howLong", provision?.HowLong ?? ""));
    }

    /// <summary>The line that a form changes, or null if the form adds a line or names a line that is not in the plan.</summary>
    internal static PlanLine? LineOf(PlanEditorView service, string lineId) => service.Plan.Sections.SelectMany(section => section.Lines).FirstOrDefault(line => line.Id == lineId);

    /// <summary>The values of a line as the form shows them.</summary>
    internal static FormValues OfLine(PlanLine line)
    {
        var values = FormValues.None.With("newText", line.Text).With("who", line.Who ?? "").With("howOften", line.HowOften ?? "").With("howLong", line.HowLong ?? "")
            .With("preparesForAdulthood", line.PreparesForAdulthood ? "true" : "false");
        return line.Answers.Select((id, n) => (id, n)).Aggregate(values, (all, one) => all.With(FormField.At("answers", one.n), one.id));
    }

    /// <summary>The ids that the officer chose in a list on the form.</summary>
    internal static IReadOnlyList<string> Chosen(FormValues values) =>
        [.. values.All.Where(typed => typed.Key.StartsWith("answers[", StringComparison.Ordinal) && typed.Value.Length > 0).Select(typed => typed.Value).Distinct()];

    /// <summary>Works out from the form which change the officer wants to make.</summary>
    /// <param name="read">The values that are in the form now.</param>
    /// <param name="typed">The values typed into the form.</param>
    /// <param name="was">The values with which the form was first shown, by field name; null if the form was not for an existing
    /// line.</param>
    internal static (EditPlan Meant, FormProblem? Problem) Meant(EditPlan read, FormValues typed, Func<string, string?> was)
    {
        if (was("newText") is not { } text || read.LineId is null)
        {
            return (read, null);
        }

        if (read.Remove)
        {
            return (read with { NewText = null, Who = null, HowOften = null, HowLong = null, Answers = null, PreparesForAdulthood = null, Section = null }, null);
        }

        if (read.NewText is null && Plain(text).Length > 0)
        {
            return (read, new FormProblem("newText", "Enter the text of the line, or choose to remove the line from the plan"));
        }

        var parts = Details.Select(part => Plain(typed[part]) == Plain(was(part)) ? null : Plain(typed[part])).ToList();
        var answers = Plain(was("answers")).Split('\n', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        var meant = read with
        {
            NewText = read.NewText == Plain(text) ? null : read.NewText,
            Who = parts[0],
            HowOften = parts[1],
            HowLong = parts[2],
            Answers = answers.SetEquals(Chosen(typed)) ? null : Chosen(typed),
            PreparesForAdulthood = typed["preparesForAdulthood"] == was("preparesForAdulthood") ? null : read.PreparesForAdulthood,
            Section = typed["section"] == was("section") ? null : read.Section,
        };
        return meant is { NewText: null, Who: null, HowOften: null, HowLong: null, Answers: null, PreparesForAdulthood: null, Section: null }
            ? (read, new FormProblem("newText", "You have not changed the line yet. Change the line, or leave it as it is"))
            : (meant, null);
    }

    private static string Plain(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();
}
