using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>How urgent a case is.</summary>
public enum Urgency
{
    /// <summary>Something that the case is waiting for is late.</summary>
    Overdue,

    /// <summary>A statutory date will be missed unless the work goes faster than usual.</summary>
    AtRisk,

    /// <summary>All work on the case is on time.</summary>
    InTime,
}

/// <summary>One line on a list of work.</summary>
/// <param name="File">The case.</param>
/// <param name="Next">What to do next, and why.</param>
/// <param name="Due">The next statutory date.</param>
/// <param name="Urgency">How urgent the case is.</param>
public sealed record WorkItem(CaseFile File, NextAction Next, DateOnly Due, Urgency Urgency)
{
    /// <summary>The last day for the final plan if it has passed while the assessment is still under way; otherwise null.</summary>
    public DateOnly? FinalPlanWasDue { get; private init; }

    /// <summary>Makes the line that shows a case in a list.</summary>
    public static WorkItem Of(CaseFile file)
    {
        var summary = Summaries.Of(file.State, file.Now, file.Rules);
        var outlook = Forecasts.MostPressing(Forecasts.Of(file.State, file.Today, file.Rules))?.Outlook;
        var due = summary.WaitingDue ?? summary.FinalPlanDue;
        var urgency = file.State.Stage.HasEnded() ? Urgency.InTime : UrgencyOf(due, outlook, file.Today);
        return new WorkItem(file, NextAction.Of(file, urgency == Urgency.Overdue), due, urgency)
        {
            FinalPlanWasDue = !file.State.Stage.HasEnded() && summary.FinalPlanDue < file.Today ? summary.FinalPlanDue : null,
        };
    }

    /// <summary>How urgent a case is on a given day, based on the next statutory date and the outlook.</summary>
    internal static Urgency UrgencyOf(DateOnly due, Outlook? outlook, DateOnly today) =>
        due < today ? Urgency.Overdue : outlook is Outlook.AtRisk or Outlook.WillMiss or Outlook.Missed ? Urgency.AtRisk : Urgency.InTime;
}

/// <summary>One page of a list of work.</summary>
/// <param name="Items">The lines on the page.</param>
/// <param name="Total">Number of lines on all pages.</param>
/// <param name="Number">Number of the page, counted from 1.</param>
/// <param name="Size">Number of lines on a page.</param>
/// <param name="IsComplete">Whether every case of the council has been read; false for a time after the hub has started.</param>
public sealed record WorkPage(IReadOnlyList<WorkItem> Items, int Total, int Number, int Size, bool IsComplete)
{
    /// <summary>The usual number of lines on a page.</summary>
    public const int DefaultSize = 25;

    /// <summary>The largest number of lines that can be printed or downloaded together.</summary>
    public const int Max = 1000;

    /// <summary>How many pages there are.</summary>
    public int Pages => Math.Max(1, ((Total - 1) / Size) + 1);

    /// <summary>The reason why the list cannot be downloaded as a file, or null if it can. A file cannot show afterwards that cases were
    /// missing from it.</summary>
    public string? FileProblem => !IsComplete ? "The hub is still reading the cases, so the file would not be complete. Try again in a few minutes"
        : Total > Max ? $"A file can contain at most {Max} cases. Filter the list first"
        : null;
}

/// <summary>
/// The cases that need action by an officer. Overdue and at-risk cases come first, then cases that need action by the officer, then cases
/// that wait for others; within each group the next statutory date decides. The officer's own cases are read from the store; all others are
/// read from the board, whose data are at most a few seconds old.
/// </summary>
public sealed class WorkList(IAssessmentStore store, CaseBoard board, CaseReader reader, RuleBook rules, WorkspaceOptions options, TimeProvider time)
{
    private const int ListedAtOnce = 500;
    private const int MaxKept = 20_000;

    // The values by which an officer's own cases are ordered. These values stay in memory for recently listed cases, so that only cases
    // that have changed are read again.
    private readonly ConcurrentDictionary<AssessmentId, Known> known = new();

    /// <summary>A page of the list. For each case on the page, and for no other case, the access is recorded in the case's access
    /// log.</summary>
    /// <param name="officer">The officer who reads the list.</param>
    /// <param name="scope">Whose cases are listed.</param>
    /// <param name="filter">Which of the cases are listed, and in which order.</param>
    /// <param name="what">A short word for the access log that describes what is shown.</param>
    /// <param name="cancellationToken">Stops the reading of the list.</param>
    public async ValueTask<WorkPage> PageAsync(Officer officer, WorkScope scope, WorkFilter filter, string what, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(officer);
        ArgumentNullException.ThrowIfNull(filter);
        var size = filter.OnOnePage ? WorkPage.Max : WorkPage.DefaultSize;
        var listed = scope == WorkScope.Mine ? await MineAsync(officer, cancellationToken) : OfBoard(officer, scope);
        var fitting = listed.Where(one => Fits(one, filter)).ToList();
        var number = filter.OnOnePage ? 1 : Math.Clamp(filter.Page, 1, Math.Max(1, ((fitting.Count - 1) / size) + 1));
        var shown = Ordered(fitting, filter.Order).Skip((number - 1) * size).Take(size).Select(one => one.Summary.Id).ToList();
        var files = await reader.OpenAsync(officer, shown, what, cancellationToken);
        return new WorkPage([.. files.Select(WorkItem.Of)], fitting.Count, number, size, scope == WorkScope.Mine || board.Current.HasRead(officer.Council));
    }

    private static bool Fits(Listed one, WorkFilter filter) =>
        (filter.Officer is not { } officer || one.Summary.CaseOfficer == officer)
        && (filter.Stage is not { } stage || one.Summary.Stage == stage)
        && (filter.Urgency is not { } urgency || one.Urgency == urgency)
        && (!filter.Attention || one.Summary.Attention > 0);

    private static IEnumerable<Listed> Ordered(List<Listed> all, WorkOrder order) => order switch
    {
        WorkOrder.NextDay => all.OrderBy(one => (one.Due, one.Summary.Id.Value), DayAndId),
        WorkOrder.FinalPlan => all.OrderBy(one => (one.Summary.FinalPlanDue, one.Summary.Id.Value), DayAndId),
        WorkOrder.Received => all.OrderBy(one => (one.Summary.ReceivedOn, one.Summary.Id.Value), DayAndId),
        WorkOrder.Officer => all.OrderBy(one => one.Summary.CaseOfficer ?? "\uffff", StringComparer.Ordinal).ThenBy(one => (one.Due, one.Summary.Id.Value), DayAndId),
        WorkOrder.Stage => all.OrderBy(one => one.Summary.Stage).ThenBy(one => (one.Due, one.Summary.Id.Value), DayAndId),
        _ => all.OrderBy(one => one.Urgency).ThenBy(one => one.Waits).ThenBy(one => (one.Due, one.Summary.Id.Value), DayAndId),
    };

    private static readonly Comparer<(DateOnly Day, string Id)> DayAndId = Comparer<(DateOnly Day, string Id)>.Create((one, other) =>
        one.Day.CompareTo(other.Day) is not 0 and var days ? days : string.CompareOrdinal(one.Id, other.Id));

    private IEnumerable<Listed> OfBoard(Officer officer, WorkScope scope)
    {
        var today = LondonDate.Of(time.GetUtcNow());
        var colleagues = scope == WorkScope.Team ? options.ColleaguesOf(officer.Subject) : null;
        foreach (var row in board.Current.Of(officer.Council))
        {
            var summary = row.Summary;
            if (row.IsOpen && summary.IsOpenTo(officer.Subject)
                && (scope != WorkScope.Unassigned || summary.CaseOfficer is null)
                && (colleagues is null || (summary.CaseOfficer is { } holder && colleagues.Contains(holder))))
            {
                var due = summary.DueOn(today) ?? summary.FinalPlanDue;
                yield return new Listed(summary, WorkItem.UrgencyOf(due, row.OutlookOn(today), today), due, false);
            }
        }
    }

    private async ValueTask<List<Listed>> MineAsync(Officer officer, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var today = LondonDate.Of(now);
        var items = new List<Listed>();
        AssessmentId? after = null;
        do
        {
            var query = new SummaryQuery { Council = officer.Council, VisibleTo = officer.Subject, Open = true, CaseOfficer = officer.Subject, After = after, Limit = ListedAtOnce };
            var listed = await store.ListAsync(query, cancellationToken);
            foreach (var summary in listed.Items)
            {
                // The case is read here only to sort the list. Nothing from a case is shown before the access is recorded.
                if (!known.TryGetValue(summary.Id, out var there) || there.Summary.Version != summary.Version || there.On != today)
                {
                    var state = (await store.LoadAsync(summary.Id, cancellationToken)).State;
                    if (state.Facts is null)
                    {
                        continue;
                    }

                    var item = WorkItem.Of(new CaseFile(state, rules.For(summary.Id), today, now));
                    there = new Known(today, new Listed(summary, item.Urgency, item.Due, !item.Next.NeedsOfficer));
                    if (known.Count >= MaxKept)
                    {
                        known.Clear();
                    }

                    known[summary.Id] = there;
                }

                items.Add(there.Listed);
            }

            after = listed.Next;
        }
        while (after is not null);

        return items;
    }

    private readonly record struct Listed(AssessmentSummary Summary, Urgency Urgency, DateOnly Due, bool Waits);

    private sealed record Known(DateOnly On, Listed Listed)
    {
        internal AssessmentSummary Summary => Listed.Summary;
    }
}
