using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Due;

/// <summary>An effect that has not ended.</summary>
internal sealed class OpenEffect
{
    /// <summary>The row number of the effect. Within one assessment, the row numbers increase in the order in which the effects were
    /// decided.</summary>
    internal required long No { get; init; }

    internal required string Id { get; init; }

    /// <summary>The id of the assessment as text.</summary>
    internal required string Assessment { get; init; }

    /// <summary>The effect itself, or null if so many effects are open that this effect must be read from the store again when it is
    /// due.</summary>
    internal OutboxEffect? Effect { get; init; }

    internal int Attempts { get; set; }

    internal DateTimeOffset DueAt { get; set; }
}

/// <summary>
/// The effects that have not ended, by id and by the time of their next attempt. The effects are in memory because one process owns the
/// store, as in <see cref="DueAssessments"/>. Effects with one due time are sorted by assessment, then by the order in which they were
/// decided, whatever the order of the commits was.
/// </summary>
internal sealed class OpenEffects
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, OpenEffect> byId = [];
    private readonly SortedSet<OpenEffect> byDue = new(Comparer<OpenEffect>.Create(Compare));

    internal int Count
    {
        get
        {
            lock (gate)
            {
                return byId.Count;
            }
        }
    }

    internal OpenEffect? Find(string id)
    {
        lock (gate)
        {
            return byId.GetValueOrDefault(id);
        }
    }

    internal void Add(OpenEffect effect)
    {
        lock (gate)
        {
            byId.Add(effect.Id, effect);
            byDue.Add(effect);
        }
    }

    internal void Retry(OpenEffect effect, int attempts, DateTimeOffset dueAt)
    {
        lock (gate)
        {
            byDue.Remove(effect);
            effect.Attempts = attempts;
            effect.DueAt = dueAt;
            byDue.Add(effect);
        }
    }

    internal void End(OpenEffect effect)
    {
        lock (gate)
        {
            byDue.Remove(effect);
            byId.Remove(effect.Id);
        }
    }

    /// <summary>The due effects, longest overdue first, each with its present number of attempts and due time.</summary>
    internal IReadOnlyList<(OpenEffect Effect, int Attempts, DateTimeOffset DueAt)> At(DateTimeOffset now, int limit)
    {
        lock (gate)
        {
            return [.. byDue.TakeWhile(e => e.DueAt <= now).Take(limit).Select(e => (e, e.Attempts, e.DueAt))];
        }
    }

    internal DateTimeOffset? NextDue()
    {
        lock (gate)
        {
            return byDue.Min?.DueAt;
        }
    }

    private static int Compare(OpenEffect? x, OpenEffect? y)
    {
        var order = x!.DueAt.CompareTo(y!.DueAt);
        if (order == 0)
        {
            order = string.CompareOrdinal(x.Assessment, y.Assessment);
        }

        return order != 0 ? order : x.No.CompareTo(y.No);
    }
}
