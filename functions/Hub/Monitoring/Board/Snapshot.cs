using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>All cases at one time, with the overviews counted over them.</summary>
public sealed class Snapshot
{
    /// <summary>Before anything was read.</summary>
    internal static readonly Snapshot Empty = new([], null, default, 0, [], [string.Empty]);

    private readonly ConcurrentDictionary<string, Overview> overviews;
    private readonly ConcurrentBag<string> asked;

    private Snapshot(CaseRow[] cases, DateTimeOffset? asOf, DateOnly today, int unread, ConcurrentDictionary<string, Overview> overviews, ConcurrentBag<string> asked)
    {
        (Cases, AsOf, Today, Unread) = (cases, asOf, today, unread);
        (this.overviews, this.asked) = (overviews, asked);
    }

    /// <summary>In order of the day on which the final plan is due, then of id.</summary>
    public IReadOnlyList<CaseRow> Cases { get; }

    /// <summary>When the reading began; null before the first was complete.</summary>
    public DateTimeOffset? AsOf { get; }

    /// <summary>The day in London on which it was read.</summary>
    public DateOnly Today { get; }

    /// <summary>Cases of which only the list is known so far, not the outlook and its reason.</summary>
    public int Unread { get; }

    /// <summary>What the overview says of a council, or of all. Counted once for each snapshot: with 150,000 cases it takes longer than a page may.</summary>
    public Overview OverviewOf(LocalAuthorityCode? council)
    {
        var key = council?.Value ?? "";
        return overviews.TryGetValue(key, out var counted) ? counted : Count(key);
    }

    /// <summary>The snapshot of newer rows; overviews that were asked for before are counted before anybody sees it.</summary>
    internal Snapshot Next(CaseRow[] rows, DateTimeOffset? asOf, DateOnly today)
    {
        Array.Sort(rows, InOrder);
        var next = new Snapshot(rows, asOf, today, rows.Count(r => !r.IsRead), new(), [.. asked.Distinct(StringComparer.Ordinal)]);
        foreach (var key in next.asked.ToArray())
        {
            next.overviews[key] = Overview.Of(next, Council(key));
        }

        return next;
    }

    /// <summary>The same, read again at a later instant with nothing changed.</summary>
    internal Snapshot StillTrueAt(DateTimeOffset at)
    {
        var later = new ConcurrentDictionary<string, Overview>(overviews.Select(o => KeyValuePair.Create(o.Key, o.Value with { AsOf = at })));
        return new Snapshot((CaseRow[])Cases, at, Today, Unread, later, asked);
    }

    /// <summary>Puts one newer row in the place of the old one. A reference is written whole, so readers see either.</summary>
    internal void Replace(CaseRow row)
    {
        var at = Array.BinarySearch((CaseRow[])Cases, row, Comparer<CaseRow>.Create(InOrder));
        if (at >= 0)
        {
            ((CaseRow[])Cases)[at] = row;
        }
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
