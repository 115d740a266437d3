using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Workspace.Panel;

/// <summary>The outcome for one case that a panel considered.</summary>
/// <param name="Case">Reference of the case.</param>
/// <param name="Meeting">The record of the meeting.</param>
/// <param name="Decision">The decision, in the words of the timeline; null if there is none yet.</param>
/// <param name="Reasons">The reasons for the decision, as recorded.</param>
/// <param name="PendingDecision">The decision for which the case is still waiting, or null if there is none.</param>
public sealed record MinutedCase(AssessmentId Case, PanelMeeting Meeting, string? Decision, string? Reasons, string? PendingDecision);

/// <summary>The minutes of the panels on one day, made from the records of the cases each time the minutes are opened.</summary>
/// <param name="On">The day of the meeting.</param>
/// <param name="Council">Name of the council.</param>
/// <param name="Cases">The cases that were considered, in order of their references.</param>
/// <param name="More">Whether more cases were considered than are shown.</param>
/// <param name="IsComplete">Whether every case of the council has been read; false for a time after the hub has started.</param>
public sealed record PanelMinutes(DateOnly On, string Council, IReadOnlyList<MinutedCase> Cases, bool More, bool IsComplete)
{
    /// <summary>Everybody who was present for any of the cases.</summary>
    public IReadOnlyList<string> Present => [.. Cases.SelectMany(one => one.Meeting.Present).Distinct(StringComparer.Ordinal)];
}

/// <summary>
/// The days on which panels considered cases of a council. A meeting is recorded only in the cases considered (docs/adr/0017), so a day counts as
/// a meeting if at least one case records it.
/// </summary>
public sealed class PanelMeetings(CaseBoard board, CaseReader reader, IAssessmentStore store, RuleBook rules)
{
    /// <summary>The largest number of cases in one day's minutes.</summary>
    public const int MaxCases = 200;

    private const int DaysListed = 20;

    private static readonly Type[] Decisions =
    [
        typeof(AssessmentAgreed), typeof(AssessmentRefused), typeof(PlanAgreed), typeof(PlanRefused), typeof(DecidedAfterReview), typeof(DecidedOnCeasing), typeof(DecidedOnPlan), typeof(ReassessmentAgreed), typeof(ReassessmentRefused),
    ];

    /// <summary>The most recent days on which a panel considered a case that the officer may see, newest first, each with the number of cases.</summary>
    public IReadOnlyList<(DateOnly On, int Cases)> Days(Officer officer) =>
    [
        .. Rows(officer).SelectMany(row => row.Panels).CountBy(day => day).OrderByDescending(day => day.Key).Take(DaysListed).Select(day => (day.Key, day.Value)),
    ];

    /// <summary>The minutes of the panels on a day, with the cases that the officer may see; each access is recorded in the case's access
    /// log.</summary>
    public async ValueTask<PanelMinutes> OfAsync(Officer officer, DateOnly on, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(officer);
        var isComplete = board.Current.HasRead(officer.Council);
        var considered = Rows(officer).Where(row => row.Panels.Contains(on)).Select(row => row.Summary.Id).OrderBy(id => id.Value, StringComparer.Ordinal).Take(MaxCases + 1).ToList();
        var files = await reader.OpenAsync(officer, considered.Take(MaxCases), "minutes of a panel", cancellationToken);
        var cases = new List<MinutedCase>(files.Count);
        foreach (var file in files)
        {
            if (file.State.Panels.FirstOrDefault(one => one.On == on) is { } meeting)
            {
                cases.Add(await OfAsync(file, meeting, cancellationToken));
            }
        }

        return new PanelMinutes(on, rules.Serves(officer.Council) ? rules.For(officer.Council).Council.Name : officer.Council.Value, cases, considered.Count > MaxCases, isComplete);
    }

    // If amendments are only replaced by a new proposal, this is not a decision.
    private static bool IsDecision(AssessmentEvent what) => what is AmendmentEnded ended ? ended.Outcome != AmendmentOutcome.ProposedAgain : Decisions.Contains(what.GetType());

    private IEnumerable<CaseRow> Rows(Officer officer) =>
        board.Current.Of(officer.Council).Where(row => row.Panels.Count > 0 && row.Summary.IsOpenTo(officer.Subject));

    /// <summary>
    /// Finds the first decision about the case after the meeting and before the next meeting: the one that was recorded first.
    /// </summary>
    private async ValueTask<MinutedCase> OfAsync(CaseFile file, PanelMeeting meeting, CancellationToken cancellationToken)
    {
        var events = await store.EventsAsync(file.State.Id, cancellationToken: cancellationToken);
        var next = file.State.Panels.Where(one => one.On > meeting.On).Select(one => (DateOnly?)one.On).Min();
        var decided = events.FirstOrDefault(one => IsDecision(one.What) && LondonDate.Of(one.At) is var day && day >= meeting.On && !(day >= next));
        var line = decided is null ? null : Timeline.Lines(events, CaseVisibility.Council, null).First(one => one.Sequence == decided.Sequence);
        return new MinutedCase(file.State.Id, meeting, line?.Text, line?.Note, line is null ? AwaitedDecision.Of(file.State)?.Title : null);
    }
}
