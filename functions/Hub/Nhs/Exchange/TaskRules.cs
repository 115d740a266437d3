using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.TaskLife;
using IntegrationHub.Functions.Nhs.Access;
using FhirTask = Hl7.Fhir.Model.Task;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>
/// Checks that a body changes only the permitted parts of its own Task: status and its reason, output, notes, execution period, and the
/// claim of an exception.
/// </summary>
public static class TaskRules
{
    /// <summary>All breaches of the rules, each with the reason under which the metrics count it.</summary>
    public static IEnumerable<(FhirProblem Problem, RefusalReason Reason)> Check(FhirTask before, FhirTask after)
    {
        if (!HubsPart(before).IsExactly(HubsPart(after)))
        {
            yield return (Rule("Task", "a body can change only status, statusReason, businessStatus, output, note, executionPeriod and lastModified."), RefusalReason.NotYours);
        }

        var (from, to) = (before.Status ?? FhirTask.TaskStatus.Requested, after.Status ?? FhirTask.TaskStatus.Requested);
        // The status of a completed Task cannot change, but its output can be corrected.
        if (!TaskTransitions.IsAllowed(from, to) && (from, to) != (FhirTask.TaskStatus.Completed, FhirTask.TaskStatus.Completed))
        {
            yield return (Rule("Task.status", $"a Task cannot go from {Word(before)} to {Word(after)}."), RefusalReason.IllegalStep);
        }

        if (to == FhirTask.TaskStatus.EnteredInError)
        {
            // Only the author of the request can mark it as entered in error.
            yield return (Rule("Task.status", "only the council can mark a request as entered in error."), RefusalReason.NotYours);
        }

        if (to == FhirTask.TaskStatus.Cancelled && from != to)
        {
            yield return (Rule("Task.status", "only the council can cancel its request; a body that cannot answer must set the status to rejected or failed."), RefusalReason.NotYours);
        }

        if (to != FhirTask.TaskStatus.Completed && !SameOutput(before, after))
        {
            yield return (Rule("Task.output", "only a completed Task can have output, because nobody would read the output of any other Task."), RefusalReason.IllegalStep);
        }

        foreach (var path in TaskRemarks.ExtensionPaths(after).Except(TaskRemarks.ExtensionPaths(before)))
        {
            yield return (Rule(path, "the hub does not read extensions; put the content in a note."), RefusalReason.IllegalStep);
        }

        if (!NarrativeWords.IsComplete(after.Text) && !(before.Text?.IsExactly(after.Text) ?? false))
        {
            yield return (Rule("Task.text", "the hub reads only text here: remove pictures, links and comments."), RefusalReason.IllegalStep);
        }

        if (to == FhirTask.TaskStatus.Completed && after.Output.Count == 0)
        {
            yield return (Rule("Task.output", "a completed Task must contain the advice, or a nil return, as its output."), RefusalReason.IllegalStep);
        }
    }

    /// <summary>Whether two versions of a Task have the same output.</summary>
    internal static bool SameOutput(FhirTask before, FhirTask after) =>
        before.Output.Count == after.Output.Count && before.Output.Zip(after.Output).All(pair => pair.First.IsExactly(pair.Second));

    /// <summary>The Task without the parts that a body is allowed to change.</summary>
    internal static FhirTask HubsPart(FhirTask task)
    {
        var part = (FhirTask)task.DeepCopy();
        part.Meta = null;
        part.Text = null;
        part.Status = null;
        part.StatusReason = null;
        part.BusinessStatus = null;
        part.Output = [];
        part.Note = [];
        part.ExecutionPeriod = null;
        part.LastModified = null;
        return part;
    }

    private static string Word(FhirTask task) => task.StatusElement?.ToString() ?? "no status";

    private static FhirProblem Rule(string path, string reason) => new(path, reason, OperationOutcome.IssueType.BusinessRule);
}
