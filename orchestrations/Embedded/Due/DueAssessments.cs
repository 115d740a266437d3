using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Embedded.Due;

/// <summary>The wake-ups in a store, in order of time. The results of each method include the wake-ups that the newest commit
/// set.</summary>
internal interface IWakeUpIndex
{
    /// <summary>The wake-ups from one time (inclusive) to another (exclusive).</summary>
    IReadOnlyList<(AssessmentId Id, DateTimeOffset WakeAt)> Between(DateTimeOffset from, DateTimeOffset before);

    /// <summary>The earliest wake-up at the given time or later, or null if there is none.</summary>
    DateTimeOffset? EarliestFrom(DateTimeOffset from);
}

/// <summary>
/// Tracks which assessments are due and when: those with deliveries in the inbox, and those with a wake-up. The list is in memory, because
/// one process owns the store; the data from which the list is made are durable. If the store has an index of wake-ups by time, only the
/// next wake-ups are in memory, because the plans of an entire country have wake-ups throughout the year and the hub should not read them
/// all when it starts. Wake-ups at the same time are sorted by id, so that their order does not depend on the order of the commits.
/// </summary>
/// <param name="kept">The index from which further wake-ups are read, or null if all wake-ups are in memory.</param>
internal sealed class DueAssessments(IWakeUpIndex? kept = null)
{
    /// <summary>How far ahead wake-ups are read into memory.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);

    private readonly Lock reading = new();
    private readonly Lock gate = new();
    private readonly Dictionary<AssessmentId, (DateTimeOffset? WakeAt, DateTimeOffset? Oldest)> known = [];
    private readonly SortedSet<(DateTimeOffset At, AssessmentId Id)> wakes = new(ByInstant.Instance);
    private readonly SortedSet<(DateTimeOffset At, AssessmentId Id)> arrivals = new(ByInstant.Instance);

    // All wake-ups before this time are in memory. A commit adds its wake-ups to memory if they are before "wanted", which is later than
    // "horizon" only while more wake-ups are being read.
    private DateTimeOffset horizon = kept is null ? DateTimeOffset.MaxValue : DateTimeOffset.MinValue;
    private DateTimeOffset wanted = kept is null ? DateTimeOffset.MaxValue : DateTimeOffset.MinValue;

    // The assessments whose wake-ups were set by commits after the current reading of the file began. For these assessments, the values
    // read from the file may be out of date.
    private HashSet<AssessmentId>? setMeanwhile;

    /// <summary>Records an assessment's present wake-up, and since when a delivery has waited in its inbox.</summary>
    /// <param name="id">The assessment.</param>
    /// <param name="wakeAt">The assessment's wake-up, or null if it has none.</param>
    /// <param name="oldest">When the oldest delivery that is not yet processed was received, or null if the inbox is empty.</param>
    internal void Set(AssessmentId id, DateTimeOffset? wakeAt, DateTimeOffset? oldest)
    {
        lock (gate)
        {
            setMeanwhile?.Add(id);
            Keep(id, wakeAt < wanted || kept is null ? wakeAt : null, oldest);
        }
    }

    /// <summary>The due assessments, longest overdue first.</summary>
    internal IReadOnlyList<AssessmentId> At(DateTimeOffset now, int limit)
    {
        ReadThrough(now);
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
        lock (reading)
        {
            lock (gate)
            {
                if (wakes.Count > 0)
                {
                    return wakes.Min.At;
                }
            }

            return kept?.EarliestFrom(horizon);
        }
    }

    /// <summary>Reads into memory the wake-ups up to the given time and those in a period after it.</summary>
    private void ReadThrough(DateTimeOffset now)
    {
        if (kept is null)
        {
            return;
        }

        lock (reading)
        {
            if (now < horizon)
            {
                return;
            }

            var until = now < DateTimeOffset.MaxValue - Ahead ? now + Ahead : DateTimeOffset.MaxValue;
            lock (gate)
            {
                // From now on, commits add their wake-ups in the new period to the list; wake-ups that were committed earlier are among
                // those being read.
                (wanted, setMeanwhile) = (until, []);
            }

            try
            {
                var read = kept.Between(horizon, until);
                lock (gate)
                {
                    foreach (var (id, wakeAt) in read.Where(one => !setMeanwhile.Contains(one.Id)))
                    {
                        Keep(id, wakeAt, known.GetValueOrDefault(id).Oldest);
                    }

                    horizon = until;
                }
            }
            finally
            {
                lock (gate)
                {
                    (wanted, setMeanwhile) = (horizon, null);
                }
            }
        }
    }

    private void Keep(AssessmentId id, DateTimeOffset? wakeAt, DateTimeOffset? oldest)
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
