using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>All cases as they were at one time, with the overviews counted from them.</summary>
public sealed class Snapshot
{
    /// <summary>The snapshot before any case has been read.</summary>
    internal static readonly Snapshot Empty = new([], [], [], null, default, 0, [], [string.Empty]);

    private static readonly Comparer<CaseRow> ByOrder = Comparer<CaseRow>.Create(InOrder);

    private readonly CaseRow[] rows;
    private readonly RowKey[] keys;
    private readonly Dictionary<short, int[]> places;
    private readonly ConcurrentDictionary<string, Overview> overviews;
    private readonly ConcurrentBag<string> asked;

    private Snapshot(
        CaseRow[] rows, RowKey[] keys, Dictionary<short, int[]> places, DateTimeOffset? asOf, DateOnly today, int unread, ConcurrentDictionary<string, Overview> overviews,
        ConcurrentBag<string> asked)
    {
        (this.rows, this.keys, this.places, AsOf, Today, Unread) = (rows, keys, places, asOf, today, unread);
        (this.overviews, this.asked) = (overviews, asked);
    }

    /// <summary>The cases, ordered by the day on which the final plan is due and then by id.</summary>
    public IReadOnlyList<CaseRow> Cases => rows;

    /// <summary>The cases of one council, in the order of the snapshot. A page for one council does not read the cases of other
    /// councils.</summary>
    public IEnumerable<CaseRow> Of(LocalAuthorityCode council) => (places.GetValueOrDefault(RowKey.NumberOf(council)) ?? []).Select(at => rows[at]);

    /// <summary>Time at which the reading began, or null until the first reading is complete.</summary>
    public DateTimeOffset? AsOf { get; }

    /// <summary>The day on which the cases were read, in London time.</summary>
    public DateOnly Today { get; }

    /// <summary>Number of cases known only from the store's list, without outlook and reason.</summary>
    public int Unread { get; }

    /// <summary>
    /// Whether every case of a council has been read. Until every case has been read, lists that depend on the content of cases, such as
    /// transfers and decisions, are incomplete.
    /// </summary>
    public bool HasRead(LocalAuthorityCode council) => (AsOf is not null || rows.Length > 0) && Of(council).All(row => row.IsRead);

    /// <summary>
    /// The overview of one council, or of all councils. Each overview is counted once for each snapshot, because counting 150,000 cases
    /// takes longer than a page is allowed to take.
    /// </summary>
    public Overview OverviewOf(LocalAuthorityCode? council)
    {
        var key = council?.Value ?? "";
        return overviews.TryGetValue(key, out var counted) ? counted : Count(key);
    }

    /// <summary>The cases of one council, or of all councils, whose key matches a filter, in the order of the snapshot and evaluated
    /// lazily.</summary>
    internal IEnumerable<CaseRow> Where(LocalAuthorityCode? council, Func<RowKey, bool> fits)
    {
        var of = PlacesOf(council);
        for (var n = 0; n < (of?.Length ?? keys.Length); n++)
        {
            var at = of is null ? n : of[n];
            if (fits(keys[at]))
            {
                yield return rows[at];
            }
        }
    }

    /// <summary>One page of the cases of one council, or of all councils, whose key matches a filter, in the order of the snapshot, with
    /// the total number of matches.</summary>
    internal (int Total, IReadOnlyList<CaseRow> Some) Page(LocalAuthorityCode? council, Func<RowKey, bool> fits, long skip, int most)
    {
        var (total, some, of) = (0, new List<CaseRow>(most), PlacesOf(council));
        for (var n = 0; n < (of?.Length ?? keys.Length); n++)
        {
            var at = of is null ? n : of[n];
            if (fits(keys[at]))
            {
                if (total >= skip && some.Count < most)
                {
                    some.Add(rows[at]);
                }

                total++;
            }
        }

        return (total, some);
    }

    /// <summary>The snapshot with newer rows. Overviews that were requested earlier are counted again before the snapshot is
    /// published.</summary>
    internal Snapshot Next(CaseRow[] newer, DateTimeOffset? asOf, DateOnly today)
    {
        Array.Sort(newer, InOrder);
        var their = Array.ConvertAll(newer, RowKey.Of);
        var where = Enumerable.Range(0, their.Length).GroupBy(at => their[at].Council).ToDictionary(of => of.Key, of => of.ToArray());
        return Counted(newer, their, where, asOf, today);
    }

    /// <summary>A new snapshot of the current rows, including rows replaced in the meantime, with the overviews counted again.</summary>
    internal Snapshot Again(DateTimeOffset? asOf, DateOnly today) => Counted(rows, keys, places, asOf, today);

    /// <summary>This snapshot with a later time, for a reading of the store that found no change.</summary>
    internal Snapshot StillTrueAt(DateTimeOffset at)
    {
        var later = new ConcurrentDictionary<string, Overview>(overviews.Select(o => KeyValuePair.Create(o.Key, o.Value with { AsOf = at })));
        return new Snapshot(rows, keys, places, at, Today, Unread, later, asked);
    }

    /// <summary>
    /// Replaces a row by a newer row, or returns false if the case is not in this snapshot. Writing a reference is atomic, so readers see
    /// either the old or the new row. A list that is being filtered at that moment may still use the row's old key or part of it.
    /// </summary>
    internal bool Replace(CaseRow row)
    {
        var at = Array.BinarySearch(rows, row, ByOrder);
        if (at >= 0)
        {
            (rows[at], keys[at]) = (row, RowKey.Of(row));
        }

        return at >= 0;
    }

    private int[]? PlacesOf(LocalAuthorityCode? council) => council is { } only ? places.GetValueOrDefault(RowKey.NumberOf(only)) ?? [] : null;

    private Snapshot Counted(CaseRow[] newer, RowKey[] their, Dictionary<short, int[]> where, DateTimeOffset? asOf, DateOnly today)
    {
        var next = new Snapshot(newer, their, where, asOf, today, their.Count(k => !k.IsRead), new(), [.. asked.Distinct(StringComparer.Ordinal)]);
        foreach (var key in next.asked.ToArray())
        {
            next.overviews[key] = Overview.Of(next, Council(key));
        }

        return next;
    }

    private static int InOrder(CaseRow one, CaseRow other) => one.Summary.FinalPlanDue.CompareTo(other.Summary.FinalPlanDue) is not 0 and var days
        ? days
        : string.CompareOrdinal(one.Summary.Id.Value, other.Summary.Id.Value);

    private static LocalAuthorityCode? Council(string key) => LocalAuthorityCode.TryParse(key, out var council, out _) ? council : null;

    private Overview Count(string key)
    {
        asked.Add(key);
        return overviews.GetOrAdd(key, _ => Overview.Of(this, Council(key)));
    }
}
