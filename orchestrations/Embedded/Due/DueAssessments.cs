using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Embedded.Due;

/// <summary>
/// Which assessments must be looked at, and when: those whose inbox holds something, and those with a wake-up. Kept in memory, because
/// one process owns the store; the data behind it is durable. Ties are in order of id, so that the same wake-ups always come in the
/// same order, whichever commit wrote them first.
/// </summary>
internal sealed class DueAssessments
{
    private readonly Lock gate = new();
    private readonly Dictionary<AssessmentId, (DateTimeOffset? WakeAt, DateTimeOffset? Oldest)> known = [];
    private SortedSet<(DateTimeOffset At, AssessmentId Id)> wakes = new(ByInstant.Instance);
    private SortedSet<(DateTimeOffset At, AssessmentId Id)> arrivals = new(ByInstant.Instance);

    /// <summary>Sets the state of all assessments at the start. Sorting a country's wake-ups once takes a fraction of inserting each.</summary>
    /// <param name="all">Each assessment that is due at some time, once, with what <see cref="Set"/> takes.</param>
    internal void Fill(IReadOnlyCollection<(AssessmentId Id, DateTimeOffset? WakeAt, DateTimeOffset? Oldest)> all)
    {
        lock (gate)
        {
            known.EnsureCapacity(all.Count);
            foreach (var (id, wakeAt, oldest) in all)
            {
                known.Add(id, (wakeAt, oldest));
            }

            wakes = new(all.Where(one => one.WakeAt is not null).Select(one => (one.WakeAt!.Value, one.Id)), ByInstant.Instance);
            arrivals = new(all.Where(one => one.Oldest is not null).Select(one => (one.Oldest!.Value, one.Id)), ByInstant.Instance);
        }
    }

    /// <summary>Sets the present state of an assessment.</summary>
    /// <param name="id">The assessment.</param>
    /// <param name="wakeAt">Its wake-up.</param>
    /// <param name="oldest">When the oldest undecided delivery was received; null with an empty inbox.</param>
    internal void Set(AssessmentId id, DateTimeOffset? wakeAt, DateTimeOffset? oldest)
    {
        lock (gate)
        {
            var before = known.GetValueOrDefault(id);
            Move(wakes, id, before.WakeAt, wakeAt);
            Move(arrivals, id, before.Oldest, oldest);
            if (wakeAt is null && oldest is null)
            {
                known.Remove(id);
            }
            else
            {
                known[id] = (wakeAt, oldest);
            }
        }
    }

    /// <summary>Those that are due, longest due first.</summary>
    internal IReadOnlyList<AssessmentId> At(DateTimeOffset now, int limit)
    {
        lock (gate)
        {
            var due = new List<AssessmentId>();
            var seen = new HashSet<AssessmentId>();
            using var waking = wakes.GetEnumerator();
            using var arriving = arrivals.GetEnumerator();
            var hasWake = waking.MoveNext() && waking.Current.At <= now;
            var hasArrival = arriving.MoveNext();
            while (due.Count < limit && (hasWake || hasArrival))
            {
                AssessmentId id;
                if (hasWake && (!hasArrival || ByInstant.Instance.Compare(waking.Current, arriving.Current) <= 0))
                {
                    id = waking.Current.Id;
                    hasWake = waking.MoveNext() && waking.Current.At <= now;
                }
                else
                {
                    id = arriving.Current.Id;
                    hasArrival = arriving.MoveNext();
                }

                if (seen.Add(id))
                {
                    due.Add(id);
                }
            }

            return due;
        }
    }

    /// <summary>The earliest wake-up.</summary>
    internal DateTimeOffset? NextWake()
    {
        lock (gate)
        {
            return wakes.Count == 0 ? null : wakes.Min.At;
        }
    }

    private static void Move(SortedSet<(DateTimeOffset At, AssessmentId Id)> set, AssessmentId id, DateTimeOffset? before, DateTimeOffset? after)
    {
        if (before == after)
        {
            return;
        }

        if (before is { } old)
        {
            set.Remove((old, id));
        }

        if (after is { } at)
        {
            set.Add((at, id));
        }
    }

    private sealed class ByInstant : IComparer<(DateTimeOffset At, AssessmentId Id)>
    {
        internal static readonly ByInstant Instance = new();

        public int Compare((DateTimeOffset At, AssessmentId Id) x, (DateTimeOffset At, AssessmentId Id) y) =>
            x.At != y.At ? x.At.CompareTo(y.At) : string.CompareOrdinal(x.Id.Value, y.Id.Value);
    }
}
