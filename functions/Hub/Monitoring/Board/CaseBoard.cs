using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>
/// All cases in memory, for the overview, the lists and the metrics. The board uses the store's lists, and reads in full only the cases
/// that have changed or whose texts are from yesterday. Pages are therefore as fast with 150,000 cases as with five. Pages are at most as
/// old as the interval between two updates of the board, and show their age. If the store numbers its commits, all cases are listed once,
/// and after that only changes are read. At start-up the lists are read first, so that every case can be found within seconds. Outlooks and
/// reasons are first shown as they were stored (<see cref="KeptRows"/>), and updated when each case is read.
/// </summary>
public sealed class CaseBoard(IAssessmentStore store, RuleBook rules, TimeProvider time)
{
    private const int ListedAtOnce = 500;
    private const int ReadBetweenSights = 10_000;

    private readonly ConcurrentDictionary<AssessmentId, CaseRow> rows = new();
    private readonly ConcurrentDictionary<AssessmentId, byte> unkept = new();
    private readonly SharedStrings words = new();
    private KeptRows? kept;
    private bool hasKept;
    private readonly SemaphoreSlim refreshing = new(1);
    private volatile Snapshot current = Snapshot.Empty;

    // The number of the newest commit that the board has read, or null if all cases must be listed.
    private long? followed;

    /// <summary>
    /// Raised when a case has been read in full, so that other code that needs all cases does not read it again. Event handlers must return
    /// quickly.
    /// </summary>
    public event Action<AssessmentState>? WasRead;

    /// <summary>All cases, in the order in which final plans are due.</summary>
    public Snapshot Current => current;

    /// <summary>The cases that match a filter on a day, in the order in which final plans are due.</summary>
    public IEnumerable<CaseRow> Find(CaseFilter filter, DateOnly today) => filter.Problems.Count > 0 ? [] : current.Where(filter.Council, filter.On(today, words));

    /// <summary>One page of the matching cases (the filter contains the page number), and the total number of matches.</summary>
    public (int Total, IReadOnlyList<CaseRow> Rows) PageOf(CaseFilter filter, DateOnly today) => filter.Problems.Count > 0
        ? (0, [])
        : current.Page(filter.Council, filter.On(today, words), (long)(filter.Page - 1) * CaseFilter.PageSize, CaseFilter.PageSize);

    /// <summary>The name that an agency had in the latest request to it, or null if no case with the agency has been read.</summary>
    public string? NameOf(AgencyId agency) => words.NameOf(agency);

    /// <summary>Number of stored rows that could not be read after the start and are therefore written again.</summary>
    internal int UnreadableRows => kept?.Unreadable ?? 0;

    private KeptRows? Kept => store is IExtractStore keeps ? kept ??= new KeptRows(keeps, words) : null;

    /// <summary>Reads the cases that have changed. Simultaneous calls wait for each other.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        await refreshing.WaitAsync(cancellationToken);
        try
        {
            var began = time.GetUtcNow();
            var today = LondonDate.Of(began);
            var (stale, last) = await StaleAsync(today, cancellationToken);
            if (current.AsOf is null)
            {
                Publish(null, today);
                await ShowKeptAsync(today, cancellationToken);

                // Cases without a stored row are read first, so that the lists are complete as soon as possible.
                stale = [.. stale.OrderBy(one => rows.GetValueOrDefault(one.Id)?.IsRead)];
            }

            // A case already in the list is replaced without sorting the list again, which would take longer than reading the case.
            var (moved, isComplete) = (false, true);
            for (var n = 0; n < stale.Count; n++)
            {
                var (row, version) = await ReadAsync(stale[n].Id, today, cancellationToken);
                moved |= row is not null && !current.Replace(row);
                isComplete &= version >= stale[n].Version;
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

            // The next reading includes very recent commits that are not visible yet, and the rest of a reading that was interrupted.
            followed = isComplete ? last : followed;
        }
        finally
        {
            refreshing.Release();
        }
    }

    /// <summary>
    /// Updates one case that somebody has just changed or looked at, so that the lists do not contradict the case's page. The method
    /// returns without waiting. A case that is not in the lists yet is added by the next reading, and the overview then counts it.
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
            unkept[row.Summary.Id] = 0;
        }

        return row;
    }

    /// <summary>Stores the rows that have changed since they were last stored, if the store can do so.</summary>
    /// <returns>The number of rows written.</returns>
    public async Task<int> KeepAsync(CancellationToken cancellationToken)
    {
        var written = 0;
        foreach (var ids in Kept is null ? [] : unkept.Keys.Chunk(KeptRows.WrittenAtOnce))
        {
            CaseRow[] some = [.. ids.Select(id => rows[id])];
            await Kept!.KeepAsync(some, cancellationToken);
            written += some.Length;
            foreach (var row in some)
            {
                unkept.TryRemove(row.Summary.Id, out _);
                if (!ReferenceEquals(rows[row.Summary.Id], row))
                {
                    // The case was read again in the meantime.
                    unkept[row.Summary.Id] = 0;
                }
            }
        }

        return written;
    }

    /// <summary>
    /// The cases that must be read in full, each with the lowest version that it can have now, and the commit after which other cases may
    /// have changed.
    /// </summary>
    private async Task<(List<(AssessmentId Id, long Version)> Stale, long? Last)> StaleAsync(DateOnly today, CancellationToken cancellationToken)
    {
        if (store is not IChangeSource changes)
        {
            return (await ListAsync(today, cancellationToken), null);
        }

        // All cases are listed once, after the number of the newest commit is known.
        var found = await changes.ChangesAsync(followed ?? long.MaxValue, cancellationToken);
        if (followed is null)
        {
            return (await ListAsync(today, cancellationToken), found.Last);
        }

        var stale = found.Changed.Where(one => rules.Serves(one.Id.Council) && !IsKnown(one.Id, one.Version, today)).ToList();
        if (current.Today != today)
        {
            stale = [.. stale.UnionBy(rows.Values.Where(row => (row.IsOpen || HasNewCosts(row, today)) && row.DerivedOn != today).Select(row => (row.Summary.Id, row.Summary.Version)), one => one.Id)];
        }

        return (stale, found.Last);
    }

    private bool IsKnown(AssessmentId id, long version, DateOnly today) =>
        rows.TryGetValue(id, out var known) && known.Summary.Version >= version && known.IsRead
        && (known.DerivedOn == today || (!known.IsOpen && known.DerivedOn != CaseRow.Earlier && !HasNewCosts(known, today)));

    // Nothing else in the row of a plan in force depends on the date.
    private static bool HasNewCosts(CaseRow row, DateOnly today) => row.Cost?.ChangesOn <= today;

    /// <summary>Called once: shows the rows that an earlier process derived, for cases that have not changed since.</summary>
    private async Task ShowKeptAsync(DateOnly today, CancellationToken cancellationToken)
    {
        if (Kept is null || hasKept)
        {
            return;
        }

        await foreach (var (id, version, row) in Kept.AllAsync(cancellationToken))
        {
            if (rows.GetValueOrDefault(id) is { IsRead: false } listed && listed.Summary.Version == version && Kept.Of(listed, row) is var before && rows.TryUpdate(id, before, listed))
            {
                current.Replace(before);
            }
        }

        hasKept = true;
        current = current.Again(null, today);
    }

    /// <summary>Updates the board from the store's list of cases, and returns the cases that must be read in full.</summary>
    private async Task<List<(AssessmentId Id, long Version)>> ListAsync(DateOnly today, CancellationToken cancellationToken)
    {
        var stale = new List<(AssessmentId Id, long Version)>();
        AssessmentId? after = null;
        do
        {
            var page = await store.ListAsync(new SummaryQuery { After = after, Limit = ListedAtOnce }, cancellationToken);
            foreach (var summary in page.Items)
            {
                if (rules.Serves(summary.Id.Council) && !IsKnown(summary.Id, summary.Version, today))
                {
                    rows.TryAdd(summary.Id, CaseRow.Listed(summary, words));
                    stale.Add((summary.Id, summary.Version));
                }
            }

            after = page.Next;
        }
        while (after is not null);
        return stale;
    }

    /// <returns>The case's current row (null if there is nothing to show), and the version of the case that was read.</returns>
    private async Task<(CaseRow? Row, long Version)> ReadAsync(AssessmentId id, DateOnly today, CancellationToken cancellationToken)
    {
        // Reading the cases bypasses the store's cache if possible. If they were cached, 150,000 cases that nobody opens would displace the
        // cases that people work on.
        var state = store is IUncachedReader passing ? await passing.ReadAsync(id, cancellationToken) : (await store.LoadAsync(id, cancellationToken)).State;
        WasRead?.Invoke(state);
        if (state.Facts is null)
        {
            return (null, state.Version);
        }

        var (book, before) = (rules.For(id), rows.GetValueOrDefault(id));
        var row = Keep(CaseRow.Of(Summaries.Of(state, time.GetUtcNow(), book), state, today, book, words));
        if (Kept is not null && (before is not { IsRead: true } || !KeptRows.AreAlike(before, row)))
        {
            unkept[id] = 0;
        }

        return (row, state.Version);
    }

    /// <summary>
    /// Stores and returns the newer of two rows, so that a reading that began earlier does not undo a later update made by a page.
    /// </summary>
    private CaseRow Keep(CaseRow row) =>
        rows.AddOrUpdate(row.Summary.Id, row, (_, known) => known.IsRead && known.Summary.Version > row.Summary.Version ? known : row);

    private void Publish(DateTimeOffset? asOf, DateOnly today) => current = current.Next([.. rows.Values], asOf, today);
}
