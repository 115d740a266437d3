using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.Embedded.Driving;

/// <summary>Records the items (assessments or effects) that failed recently, with the time of their next attempt, so that an item that
/// fails repeatedly does not delay the others.</summary>
internal sealed class Backoff<TKey>(TimeProvider time)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, (int Faults, DateTimeOffset Since, DateTimeOffset Until)> failed = [];

    internal int Count
    {
        get
        {
            lock (gate)
            {
                return failed.Count;
            }
        }
    }

    internal bool Rests(TKey key)
    {
        lock (gate)
        {
            return failed.TryGetValue(key, out var rest) && rest.Until > time.GetUtcNow();
        }
    }

    internal void Failed(TKey key)
    {
        lock (gate)
        {
            var before = failed.GetValueOrDefault(key);
            var (faults, now) = (before.Faults + 1, time.GetUtcNow());
            failed[key] = (faults, faults == 1 ? now : before.Since, now + EffectRetry.Delay(key.ToString()!, faults));
        }
    }

    internal void Succeeded(TKey key)
    {
        lock (gate)
        {
            failed.Remove(key);
        }
    }

    /// <summary>The items that have failed at least a given number of times in a row.</summary>
    internal IReadOnlyList<EngineBackoff> FailedAtLeast(int faults, string during)
    {
        lock (gate)
        {
            return [.. failed.Where(f => f.Value.Faults >= faults).Select(f => new EngineBackoff(during, f.Key.ToString()!, f.Value.Faults, f.Value.Since))];
        }
    }

    /// <summary>When the next pause ends, or null if no item is paused.</summary>
    internal DateTimeOffset? Next()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            return failed.Values.Where(f => f.Until > now).Min(f => (DateTimeOffset?)f.Until);
        }
    }
}
