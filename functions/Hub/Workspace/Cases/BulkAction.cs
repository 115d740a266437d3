using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>What is done to several cases at once.</summary>
public enum BulkKind
{
    /// <summary>They are given to another officer.</summary>
    Reassign,

    /// <summary>Every agency whose answer is late is reminded.</summary>
    Chase,
}

/// <summary>What would be done to one case.</summary>
/// <param name="File">The case.</param>
/// <param name="Steps">The steps, each with what it does in words; none where nothing is to be done.</param>
public sealed record BulkLine(CaseFile File, IReadOnlyList<(AssessmentInput Step, string What)> Steps);

/// <summary>The result of one step in one case.</summary>
/// <param name="File">The case as it was when the step was sent.</param>
/// <param name="What">What was to be done.</param>
/// <param name="Refused">Why it was not done; null where it was.</param>
public sealed record BulkResult(CaseFile File, string What, string? Refused);

/// <summary>One thing done to several cases, in each by the same step that the case's own form sends.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="To">The officer who is to hold the cases; empty for other kinds.</param>
/// <param name="Reason">The reason, recorded with each reminder.</param>
public sealed record BulkAction(BulkKind Kind, string To, string Reason)
{
    /// <summary>The most cases that can be chosen at once.</summary>
    public const int Max = 200;

    /// <summary>The step that is sent.</summary>
    public StepDefinition Step => Kind == BulkKind.Reassign ? AssignCaseOfficer.Definition : RemindNow.Definition;

    /// <summary>Whether the officer may do it.</summary>
    public bool IsOpenTo(Officer officer) => officer.MaySend(Step);

    /// <summary>What is missing before it can be done; null where nothing is.</summary>
    public string? Missing => Kind == BulkKind.Reassign
        ? To.Length == 0 ? "Enter the id of the officer who is to hold the cases" : null
        : Reason.Length == 0 ? "Enter why the agencies are being reminded" : null;

    /// <summary>What it does to a case.</summary>
    public BulkLine Of(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Kind == BulkKind.Reassign
            ? new BulkLine(file, file.State.CaseOfficer == To ? [] : [(new AssignCaseOfficer(To), $"{To} is to hold it instead of {file.State.CaseOfficer ?? "nobody"}")])
            : new BulkLine(file, [.. from request in file.State.Requests
                  where request is { IsOpen: true, Agency: not null }
                  let due = Chasing.DueDay(file.State, request, file.Rules)
                  where due < file.Today
                  select ((AssessmentInput)new RemindNow(request.Id, Reason), $"{request.Agency!.Name} is reminded of {Words.Of(request)}, due {Words.Day(due, true)}")]);
    }
}
