using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>
/// All cases in memory, for the overview, the lists and the metrics. It uses only the store's own lists; only cases that have changed, or
/// whose sentences are from yesterday, are read in full. So pages are as fast with 150,000 cases as with five, and at most one interval
/// old; they show their age. At start-up the lists are read first, so that every case can be found within seconds; outlooks and reasons
/// follow as the cases are read.
/// </summary>
public sealed class CaseBoard(IAssessmentStore store, RuleBook rules, TimeProvider time)
{
    private const int ListedAtOnce = 500;
    private const int ReadBetweenSights = 10_000;

    private readonly ConcurrentDictionary<AssessmentId, CaseRow> rows = new();
    private readonly SharedWords words = new();
    private readonly SemaphoreSlim refreshing = new(1);
    private volatile Snapshot current = Snapshot.Empty;

    /// <summary>
    /// Raised when a case was read in full, so that other code which needs every case does not read it again. Handlers must return quickly.
    /// </summary>
    public event Action<AssessmentState>? WasRead;

    /// <summary>Every case, in the order in which final plans are due.</summary>
    public Snapshot Current => current;

    /// <summary>The cases that a filter shows on a day, in order.</summary>
    public IEnumerable<CaseRow> Find(CaseFilter filter, DateOnly today) => filter.Problems.Count > 0 ? [] : current.Where(filter.On(today, words));

    /// <summary>The page of them that the filter asks for, and the total number.</summary>
    public (int Total, IReadOnlyList<CaseRow> Rows) PageOf(CaseFilter filter, DateOnly today) => filter.Problems.Count > 0
        ? (0, [])
        : current.Page(filter.On(today, words), (long)(filter.Page - 1) * CaseFilter.PageSize, CaseFilter.PageSize);

    /// <summary>The name under which an agency was last asked; null while no case with it has been read.</summary>
    public string? NameOf(AgencyId agency) => words.NameOf(agency);

    /// <summary>Reads what has changed. Simultaneous calls wait for each other.</summary>
    public async Task RefreshAsync(CancellationToken cancellation = default)
    {
        await refreshing.WaitAsync(cancellation);
        try
        {
            var began = time.GetUtcNow();
            var today = LondonDate.Of(began);
            var stale = await ListAsync(today, cancellation);
            if (current.AsOf is null)
            {
                Publish(null, today);
            }

            // A case that is already in the list is replaced in its place: sorting all again for each change would take longer than reading it.
            var moved = false;
            for (var n = 0; n < stale.Count; n++)
            {
                moved |= await ReadAsync(stale[n], today, cancellation) is { } row && !current.Replace(row);
                if (current.AsOf is null && (n + 1) % ReadBetweenSights == 0)
                {
                    current = current.Again(null, today);
                }
            }

            if (moved)
            {
                Publish(began, today);
            }
            else
            {
                current = stale.Count > 0 || current.AsOf is null || current.Today != today ? current.Again(began, today) : current.StillTrueAt(began);
            }
        }
        finally
        {
            refreshing.Release();
        }
    }

    /// <summary>
    /// Updates one case that somebody has just changed or looked at, so that the lists do not contradict its page. It does not wait: a case
    /// that is not in the lists yet is added by the next reading, and the overview counts it then.
    /// </summary>
    public CaseRow Take(AssessmentState state)
    {
        WasRead?.Invoke(state);
        var now = time.GetUtcNow();
        var book = rules.For(state.Id);
        var row = CaseRow.Of(Summaries.Of(state, now, book), state, LondonDate.Of(now), book, words);
        if (Keep(row) == row)
        {
            current.Replace(row);
        }

        return row;
    }

    /// <summary>Goes through the store's list and updates the board from it; returns the cases that must be read in full.</summary>
    private async Task<List<AssessmentSummary>> ListAsync(DateOnly today, CancellationToken cancellation)
    {
        var stale = new List<AssessmentSummary>();
        AssessmentId? after = null;
        do
        {
            var page = await store.ListAsync(new SummaryQuery { After = after, Limit = ListedAtOnce }, cancellation);
            foreach (var summary in page.Items)
            {
                if (!rules.Serves(summary.Id.Council)
                    || (rows.TryGetValue(summary.Id, out var known) && known.Summary.Version >= summary.Version && known.IsRead && (known.DerivedOn == today || !known.IsOpen)))
                {
                    continue;
                }

                var listed = CaseRow.Listed(summary, words);
                rows.TryAdd(summary.Id, listed);
                stale.Add(listed.Summary);
            }

            after = page.Next;
        }
        while (after is not null);
        return stale;
    }

    /// <returns>The present row of the case; null when there is nothing to show.</returns>
    private async Task<CaseRow?> ReadAsync(AssessmentSummary summary, DateOnly today, CancellationToken cancellation)
    {
        // Where the store can, past its cache: 150,000 cases that nobody opens would push out those that people work on.
        var state = store is IReadsWithoutCaching passing ? await passing.ReadAsync(summary.Id, cancellation) : (await store.LoadAsync(summary.Id, cancellation)).State;
        WasRead?.Invoke(state);
        var book = rules.For(summary.Id);
        return state.Facts is null ? null : Keep(CaseRow.Of(Summaries.Of(state, time.GetUtcNow(), book), state, today, book, words));
    }

    /// <summary>
    /// Keeps the newer of two rows and returns it, so that a reading that began earlier does not undo an update made by a page since.
    /// </summary>
    private CaseRow Keep(CaseRow row) =>
        rows.AddOrUpdate(row.Summary.Id, row, (_, known) => known.IsRead && known.Summary.Version > row.Summary.Version ? known : row);

    private void Publish(DateTimeOffset? asOf, DateOnly today) => current = current.Next([.. rows.Values], asOf, today);
}
