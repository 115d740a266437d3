using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>
/// All cases as the overview, the lists and the metrics see them, in memory. The store knows nothing of it: it is read through the
/// store's own lists, and only cases that changed, or whose sentences are of yesterday, are read in full. Pages are therefore as fast
/// with 150,000 cases as with five, and at most one interval old; they say how old.
/// </summary>
public sealed class CaseBoard(IAssessmentStore store, RuleBook rules, TimeProvider time)
{
    private const int PageSize = 500;

    private readonly ConcurrentDictionary<AssessmentId, CaseRow> rows = new();
    private readonly SemaphoreSlim refreshing = new(1);
    private volatile Snapshot current = new([], null);

    /// <summary>Every case in order of id, with the instant at which the reading that gave it began; null before the first is complete.</summary>
    public Snapshot Current => current;

    /// <summary>Reads what has changed. Calls at the same time wait for each other.</summary>
    public async Task RefreshAsync(CancellationToken cancellation = default)
    {
        await refreshing.WaitAsync(cancellation);
        try
        {
            var began = time.GetUtcNow();
            var today = LondonDate.Of(began);
            AssessmentId? after = null;
            do
            {
                var page = await store.ListAsync(new SummaryQuery { After = after, Limit = PageSize }, cancellation);
                foreach (var summary in page.Items)
                {
                    await TakeAsync(summary, today, cancellation);
                }

                after = page.Next;
            }
            while (after is not null);
            current = new Snapshot([.. rows.Values.OrderBy(r => r.Summary.Id.Value, StringComparer.Ordinal)], began);
        }
        finally
        {
            refreshing.Release();
        }
    }

    /// <summary>Takes in one case that somebody has just changed or looked at, so that the lists do not contradict its page.</summary>
    public async Task<CaseRow> TakeAsync(AssessmentState state, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        var book = rules.For(state.Id);
        var row = CaseRow.Of(Summaries.Of(state, now, book), state, LondonDate.Of(now), book);
        await refreshing.WaitAsync(cancellation);
        try
        {
            rows[state.Id] = row;
            var cases = current.Cases;
            var at = Array.FindIndex(cases, c => c.Summary.Id == state.Id);
            if (at >= 0 && cases[at].Summary.Version < state.Version)
            {
                var changed = (CaseRow[])cases.Clone();
                changed[at] = row;
                current = current with { Cases = changed };
            }
        }
        finally
        {
            refreshing.Release();
        }

        return row;
    }

    private async Task TakeAsync(AssessmentSummary summary, DateOnly today, CancellationToken cancellation)
    {
        if (!rules.Serves(summary.Id.Council)
            || (rows.TryGetValue(summary.Id, out var known) && known.Summary.Version >= summary.Version && (known.DerivedOn == today || !known.IsOpen)))
        {
            return;
        }

        var state = (await store.LoadAsync(summary.Id, cancellation)).State;
        if (state.Facts is not null)
        {
            rows[summary.Id] = CaseRow.Of(summary with { Version = state.Version }, state, today, rules.For(summary.Id));
        }
    }
}

/// <summary>All cases at one time.</summary>
/// <param name="Cases">In order of id.</param>
/// <param name="AsOf">When the reading began; null before the first was complete.</param>
public sealed record Snapshot(CaseRow[] Cases, DateTimeOffset? AsOf);
