using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>A kind of action that can be carried out in several cases together.</summary>
public enum BulkKind
{
    /// <summary>Reassign the cases to another officer.</summary>
    Reassign,

    /// <summary>Remind every agency whose answer is late.</summary>
    Chase,
}

/// <summary>What an action on several cases would do to one of them.</summary>
/// <param name="File">The case.</param>
/// <param name="Steps">The steps, each with a text that says what it does; empty if nothing is to be done.</param>
public sealed record BulkLine(CaseFile File, IReadOnlyList<(AssessmentInput Step, string What)> Steps);

/// <summary>The result of one step in one case.</summary>
/// <param name="File">The case as it was before the step was sent.</param>
/// <param name="What">What the step was meant to do.</param>
/// <param name="Refused">The reason why the step was refused, or null if it was carried out.</param>
public sealed record BulkResult(CaseFile File, string What, string? Refused);

/// <summary>One action on several cases, carried out in each case by the same step that the case's own form sends.</summary>
/// <param name="Kind">The kind of action.</param>
/// <param name="To">The officer to whom the cases are to be reassigned; empty for other kinds of action.</param>
/// <param name="Reason">The reason, recorded with each reminder.</param>
public sealed record BulkAction(BulkKind Kind, string To, string Reason)
{
    /// <summary>The largest number of cases that can be chosen for one action.</summary>
    public const int Max = 200;

    /// <summary>The step that the action sends to each case.</summary>
    public StepDefinition Step => Kind == BulkKind.Reassign ? AssignCaseOfficer.Definition : RemindNow.Definition;

    /// <summary>Whether the officer is allowed to carry out the action.</summary>
    public bool IsOpenTo(Officer officer) => officer.MaySend(Step);

    /// <summary>What must be entered before the action can be carried out, or null if nothing is missing.</summary>
    public string? Missing => Kind == BulkKind.Reassign
        ? To.Length == 0 ? "Enter the id of the officer to whom the cases are to be reassigned" : null
        : Reason.Length == 0 ? "Enter the reason for reminding the agencies" : null;

    /// <summary>What the action would do to one case.</summary>
    public BulkLine Of(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Kind == BulkKind.Reassign
            ? new BulkLine(file, file.State.CaseOfficer == To ? [] : [(new AssignCaseOfficer(To), $"Case officer changes from {file.State.CaseOfficer ?? "nobody"} to {To}")])
            : new BulkLine(file, [.. from request in file.State.Requests
                  where request is { IsAwaited: true, Agency: not null }
                  let due = Chasing.DueDay(file.State, request, file.Rules)
                  where due < file.Today
                  select ((AssessmentInput)new RemindNow(request.Id, Reason), $"{request.Agency!.Name} is reminded about {Words.Of(request)}, due {Words.Day(due, true)}")]);
    }
}
