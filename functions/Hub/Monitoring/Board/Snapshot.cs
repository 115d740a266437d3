using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>All cases at one moment, with the overviews counted from them.</summary>
public sealed class Snapshot
{
    /// <summary>The snapshot before anything was read.</summary>
    internal static readonly Snapshot Empty = new([], [], null, default, 0, [], [string.Empty]);

    private static readonly Comparer<CaseRow> ByOrder = Comparer<CaseRow>.Create(InOrder);

    private readonly CaseRow[] rows;
    private readonly RowKey[] keys;
    private readonly ConcurrentDictionary<string, Overview> overviews;
    private readonly ConcurrentBag<string> asked;

    private Snapshot(CaseRow[] rows, RowKey[] keys, DateTimeOffset? asOf, DateOnly today, int unread, ConcurrentDictionary<string, Overview> overviews, ConcurrentBag<string> asked)
    {
        (this.rows, this.keys, AsOf, Today, Unread) = (rows, keys, asOf, today, unread);
        (this.overviews, this.asked) = (overviews, asked);
    }

    /// <summary>In order of the day on which the final plan is due, then of id.</summary>
    public IReadOnlyList<CaseRow> Cases => rows;

    /// <summary>When the reading began; null before the first was complete.</summary>
    public DateTimeOffset? AsOf { get; }

    /// <summary>The day in London on which it was read.</summary>
    public DateOnly Today { get; }

    /// <summary>Cases of which only the list has been read so far, not the outlook and its reason.</summary>
    public int Unread { get; }

    /// <summary>The overview of one council, or of all. Counted once for each snapshot: with 150,000 cases it takes longer than a page may.</summary>
    public Overview OverviewOf(LocalAuthorityCode? council)
    {
        var key = council?.Value ?? "";
        return overviews.TryGetValue(key, out var counted) ? counted : Count(key);
    }

    /// <summary>The cases whose key matches, in order, read lazily.</summary>
    internal IEnumerable<CaseRow> Where(Func<RowKey, bool> fits)
    {
        for (var n = 0; n < keys.Length; n++)
        {
            if (fits(keys[n]))
            {
                yield return rows[n];
            }
        }
    }

    /// <summary>Some of the cases whose key matches, in order, and the total number.</summary>
    internal (int Total, IReadOnlyList<CaseRow> Some) Page(Func<RowKey, bool> fits, long skip, int most)
    {
        var (total, some) = (0, new List<CaseRow>(most));
        for (var n = 0; n < keys.Length; n++)
        {
            if (fits(keys[n]))
            {
                if (total >= skip && some.Count < most)
                {
                    some.Add(rows[n]);
                }

                total++;
            }
        }

        return (total, some);
    }

    /// <summary>The snapshot of newer rows; overviews that were used before are counted before it is published.</summary>
    internal Snapshot Next(CaseRow[] newer, DateTimeOffset? asOf, DateOnly today)
    {
        Array.Sort(newer, InOrder);
        return Counted(newer, Array.ConvertAll(newer, RowKey.Of), asOf, today);
    }

    /// <summary>The same cases, some of them replaced since, counted again.</summary>
    internal Snapshot Again(DateTimeOffset? asOf, DateOnly today) => Counted(rows, keys, asOf, today);

    /// <summary>The same snapshot, when a later reading found no change.</summary>
    internal Snapshot StillTrueAt(DateTimeOffset at)
    {
        var later = new ConcurrentDictionary<string, Overview>(overviews.Select(o => KeyValuePair.Create(o.Key, o.Value with { AsOf = at })));
        return new Snapshot(rows, keys, at, Today, Unread, later, asked);
    }

    /// <summary>
    /// Replaces a row by a newer one; false when the case is not in this snapshot. Writing a reference is atomic, so readers see one row or
    /// the other; a list that is filtered at the same moment may still use the old key, or a part of it.
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

    private Snapshot Counted(CaseRow[] newer, RowKey[] their, DateTimeOffset? asOf, DateOnly today)
    {
        var next = new Snapshot(newer, their, asOf, today, their.Count(k => !k.IsRead), new(), [.. asked.Distinct(StringComparer.Ordinal)]);
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
