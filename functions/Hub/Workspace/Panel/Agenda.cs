using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Workspace.Panel;

/// <summary>One case on the agenda.</summary>
/// <param name="File">The case.</param>
/// <param name="Decision">The step that makes the decision.</param>
/// <param name="Due">The next statutory date, or null if there is none.</param>
/// <param name="Urgency">How urgent the case is.</param>
/// <param name="NotReady">The reason why the case cannot be decided yet, if known; otherwise null.</param>
public sealed record AgendaItem(CaseFile File, StepDefinition Decision, DateOnly? Due, Urgency Urgency, string? NotReady)
{
    /// <summary>
    /// The step for the opposite decision, if that is a different step: not going ahead with proposed amendments, or refusing a re-assessment.
    /// </summary>
    public StepDefinition? OppositeDecision => Decision == FinaliseAmendedPlan.Definition ? DecideNotToAmend.Definition
        : Decision == AgreeReassessment.Definition ? RefuseReassessment.Definition : null;

    /// <summary>The entry for a case on the agenda, or null if the case is not waiting for a decision.</summary>
    public static AgendaItem? Of(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (AwaitedDecision.Of(file.State) is not { } decision)
        {
            return null;
        }

        var work = WorkItem.Of(file);
        var due = file.State.Stage.HasEnded() ? Summaries.Of(file.State, file.Now, file.Rules).WaitingDue : work.Due;
        return new AgendaItem(file, decision, due, file.State.Stage.HasEnded() && due < file.Today ? Urgency.Overdue : work.Urgency, Missing(file));
    }

    private static string? Missing(CaseFile file) => file.State switch
    {
        { Stage: Stage.Considering, ConsultedOn: null } => "The family has not been consulted yet.",
        { Stage: Stage.PlanIssued, Ceasing: { DecidedOn: null, KeptOn: null } ceasing } when ceasing.AnswerBy >= file.Today => $"Views may be given until {Words.Day(ceasing.AnswerBy, true)}.",
        { Stage: Stage.PlanIssued, Amendments: [.., { Outcome: null }] }
            when !DecideOnPlan.IsAwaited(file.State) && Limits.Of(file.State, file.Today, file.Rules).FirstOrDefault(one => one.Limit.RuleKey == "reviewRepresentations")?.Limit.Due is { } until && until >= file.Today =>
            $"The family may make representations until {Words.Day(until, true)}.",
        _ => null,
    };
}

/// <summary>One page of the panel's agenda.</summary>
/// <param name="Items">The cases on the page.</param>
/// <param name="Total">Number of cases on all pages.</param>
/// <param name="Number">Number of the page, counted from 1.</param>
/// <param name="Pages">How many pages there are.</param>
/// <param name="IsOfTeam">Whether only the cases of the officer's team are listed.</param>
/// <param name="IsComplete">Whether every case of the council has been read; false for a time after the hub has started.</param>
public sealed record AgendaPart(IReadOnlyList<AgendaItem> Items, int Total, int Number, int Pages, bool IsOfTeam, bool IsComplete);

/// <summary>
/// The cases of a council that are waiting for a decision, in order of the next statutory date. The cases come from the board, which is at
/// most a few seconds old. Each case on the page is read from the store, and the access is recorded in the case's access log.
/// </summary>
public sealed class Agenda(CaseBoard board, CaseReader reader, WorkspaceOptions options, TimeProvider time)
{
    /// <summary>Number of cases on a page.</summary>
    public const int Size = 25;

    /// <summary>A page of the agenda, without the cases that the officer is not allowed to see.</summary>
    public async ValueTask<AgendaPart> PageAsync(Officer officer, bool ofTeam, int page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(officer);
        var today = LondonDate.Of(time.GetUtcNow());
        var colleagues = ofTeam ? options.ColleaguesOf(officer.Subject) : null;
        var cases = board.Current;
        var waiting = cases.Of(officer.Council)
            .Where(row => row.Decision is not null && row.Summary.IsOpenTo(officer.Subject)
                && (colleagues is null || (row.Summary.CaseOfficer is { } holder && colleagues.Contains(holder))))
            .Select(row => (Due: row.Summary.DueOn(today) ?? (row.IsOpen ? row.Summary.FinalPlanDue : DateOnly.MaxValue), row.Summary.Id))
            .OrderBy(one => one.Due).ThenBy(one => one.Id.Value, StringComparer.Ordinal).ToList();
        var pages = Math.Max(1, ((waiting.Count - 1) / Size) + 1);
        var number = Math.Clamp(page, 1, pages);
        var files = await reader.OpenAsync(officer, waiting.Skip((number - 1) * Size).Take(Size).Select(one => one.Id), "agenda of the panel", cancellationToken);
        return new AgendaPart([.. files.Select(AgendaItem.Of).OfType<AgendaItem>()], waiting.Count, number, pages, ofTeam, cases.HasRead(officer.Council));
    }
}
