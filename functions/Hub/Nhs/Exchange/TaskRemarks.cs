using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>A remark that an NHS body makes with its Task in addition to a change of status.</summary>
/// <param name="Report">The kind of remark.</param>
/// <param name="Text">Text of the remark.</param>
/// <param name="Until">The last day of the planned work, or null if the remark does not give one.</param>
public sealed record TaskRemark(AdviserReport Report, string Text, DateOnly? Until = null);

/// <summary>Finds the text that an NHS body added in a new version of a Task.</summary>
public static class TaskRemarks
{
    /// <summary>The text of the reason for the status; empty if there is none.</summary>
    public static string Reason(FhirTask task) => Words(task.StatusReason);

    /// <summary>Finds the remarks that are new in the changed Task, each once.</summary>
    /// <param name="before">The Task before the change.</param>
    /// <param name="after">The Task after the change.</param>
    /// <param name="reasonIsTold">Whether the case already receives the reason with the change of status.</param>
    public static IReadOnlyList<TaskRemark> New(FhirTask before, FhirTask after, bool reasonIsTold)
    {
        var said = new List<TaskRemark>();
        var reason = Reason(after);
        var isNewReason = reason.Length > 0 && (reason != Reason(before) || before.Status != after.Status);
        if (after.Status == FhirTask.TaskStatus.OnHold && (before.Status != after.Status || isNewReason))
        {
            said.Add(new TaskRemark(AdviserReport.OnHold, reason.Length > 0 ? reason : "No reason was given."));
        }
        else if (before.Status == FhirTask.TaskStatus.OnHold && before.Status != after.Status && after.Status is FhirTask.TaskStatus.InProgress or FhirTask.TaskStatus.Accepted or FhirTask.TaskStatus.Completed)
        {
            said.Add(new TaskRemark(AdviserReport.Resumed, isNewReason && !reasonIsTold ? reason : "Work has resumed."));
        }
        else if (isNewReason && !reasonIsTold)
        {
            said.Add(new TaskRemark(AdviserReport.Note, reason));
        }

        Standing(before, after, said);
        said.AddRange(NewNotes(before, after).Select(note => new TaskRemark(AdviserReport.Note, note)));
        if (Narrative(after) is { Length: > 0 } narrative && narrative != Narrative(before))
        {
            said.Add(new TaskRemark(AdviserReport.Note, narrative));
        }

        if (after.ExecutionPeriod is { } period && !period.IsExactly(before.ExecutionPeriod))
        {
            said.Add(new TaskRemark(AdviserReport.Planned, $"Work is planned from {period.Start ?? "an unspecified day"} to {period.End ?? "an unspecified day"}.", LastDay(period.End)));
        }

        return said;
    }

    /// <summary>
    /// A note with the text that a body wrote, on its own server, in the part of its Task that belongs to the hub, or null if there is
    /// none. The hub cannot refuse such text on the body's server. The inputs, the period and the child's reference are not read, because
    /// the hub itself changes them later.
    /// </summary>
    /// <param name="theirs">The body's Task.</param>
    /// <param name="ours">The versions of the hub's Task, whose text the body did not write.</param>
    public static Annotation? Beside(FhirTask theirs, IReadOnlyList<FhirTask> ours)
    {
        var known = ours.SelectMany(task => UnreadText.Of(task)).Select(text => text.Text).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var part = TaskRules.HubsPart(theirs);
        (part.Input, part.Restriction, part.For, part.Focus) = ([], null, null, null);
        var lines = UnreadText.Of(part).Where(text => !known.Contains(text.Text)).Select(text => $"{text.Path}: {text.Text}").Distinct(StringComparer.Ordinal).ToList();
        return lines.Count == 0 ? null : new Annotation { Text = new Markdown($"The Task also says:\n{string.Join('\n', lines)}") };
    }

    /// <summary>Paths of the extensions in the parts of a Task that a body is allowed to change. The hub does not read extensions in these
    /// parts of a Task.</summary>
    public static IEnumerable<string> ExtensionPaths(FhirTask task)
    {
        var parts = task.Output.Select((output, i) => ($"Task.output[{i}]", (Base?)output))
            .Concat(task.Note.Select((note, i) => ($"Task.note[{i}]", (Base?)note)))
            .Append(("Task.statusReason", task.StatusReason)).Append(("Task.businessStatus", task.BusinessStatus)).Append(("Task.executionPeriod", task.ExecutionPeriod));
        return parts.Where(part => part.Item2 is { } element && HasExtension(element)).Select(part => part.Item1);
    }

    private static void Standing(FhirTask before, FhirTask after, List<TaskRemark> said)
    {
        var words = Words(after.BusinessStatus);
        if (words.Length == 0 || words == Words(before.BusinessStatus))
        {
            return;
        }

        var report = RequestCodes.ProgressOf(after.BusinessStatus) == RequestProgress.ExceptionClaimed ? AdviserReport.ExceptionClaimed : AdviserReport.Note;
        said.Add(new TaskRemark(report, words));
    }

    private static List<string> NewNotes(FhirTask before, FhirTask after)
    {
        var there = before.Note.ToList();
        var fresh = new List<string>();
        foreach (var note in after.Note)
        {
            if (there.FindIndex(known => known.IsExactly(note)) is var at and >= 0)
            {
                there.RemoveAt(at);
                continue;
            }

            var author = note.Author switch { FhirString name => name.Value, ResourceReference reference => string.Join(" ", ((string?[])[reference.Display, reference.Identifier?.Value, reference.Display is null ? reference.Reference : null]).OfType<string>()), _ => null };
            var by = string.Join(", ", ((string?[])[author, note.Time]).Where(text => !string.IsNullOrWhiteSpace(text)));
            fresh.Add(by.Length > 0 ? $"{note.Text} ({by})" : note.Text ?? "");
        }

        return fresh;
    }

    // A date without a day, such as 2026-07, covers the whole month or year (FHIR R4, Period.end).
    private static DateOnly? LastDay(string? end) => end switch
    {
        { Length: 4 or 7 or 10 } when FhirInstants.Range(end) is { } span => DateOnly.FromDateTime(new DateTime(span.To)),
        { Length: > 10 } when DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) => LondonDate.Of(at),
        _ => null,
    };

    private static string Words(CodeableConcept? concept) => string.Join("; ", ConceptWords.WithCodes(concept));

    private static string Narrative(FhirTask task) => NarrativeWords.Of(task.Text);

    private static bool HasExtension(Base element) => element.EnumerateElements().Any(child =>
        child.Key is "extension" or "modifierExtension" || (child.Value is Base single ? HasExtension(single) : child.Value is IEnumerable<Base> list && list.Any(HasExtension)));
}
