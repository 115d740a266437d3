namespace IntegrationHub.Functions.Background;

/// <summary>
/// The keys of items that failed recently, and the pause before each item is tried again. The pause doubles with each consecutive failure,
/// and a random part is added, so that items that failed together are not all retried together. Safe for concurrent use.
/// </summary>
/// <param name="first">Pause after the first failure.</param>
/// <param name="longest">Longest pause.</param>
/// <param name="most">Largest number of keys remembered. Once that many keys are remembered, a further item that fails is not paused and is
/// tried again in the next round.</param>
/// <param name="time">The clock.</param>
public sealed class PausedItems(TimeSpan first, TimeSpan longest, int most, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Failing> failing = new(StringComparer.Ordinal);

    /// <summary>Number of keys that have failed recently.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return failing.Count;
            }
        }
    }

    /// <summary>The failures of a key, or null if its last attempt did not fail.</summary>
    public Failing? Of(string key)
    {
        lock (gate)
        {
            return failing.GetValueOrDefault(key);
        }
    }

    /// <summary>Whether this key is paused now.</summary>
    public bool IsPaused(string key) => Of(key) is { } rest && rest.NotBefore > time.GetUtcNow();

    /// <summary>Records a failure.</summary>
    public Failing Failed(string key)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            var before = failing.GetValueOrDefault(key);
            var count = (before?.Count ?? 0) + 1;
            var pause = first * Math.Pow(2, Math.Min(count - 1, 20)) * (1 + (Random.Shared.NextDouble() / 4));
            var rest = new Failing(count, before?.Since ?? now, now + (pause < longest ? pause : longest));
            if (before is not null || failing.Count < most)
            {
                failing[key] = rest;
            }

            return rest;
        }
    }

    /// <summary>Records a success, or that the key is no longer needed.</summary>
    public void Forget(string key)
    {
        lock (gate)
        {
            failing.Remove(key);
        }
    }

    /// <summary>Forgets every key that is not in the given set.</summary>
    public void KeepOnly(IReadOnlySet<string> keys)
    {
        lock (gate)
        {
            foreach (var gone in failing.Keys.Where(key => !keys.Contains(key)).ToList())
            {
                failing.Remove(gone);
            }
        }
    }

    /// <summary>The end of the next pause, or null if no key is paused.</summary>
    public DateTimeOffset? Next()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            return failing.Values.Where(rest => rest.NotBefore > now).Min(rest => (DateTimeOffset?)rest.NotBefore);
        }
    }
}

/// <summary>The consecutive failures of one key.</summary>
/// <param name="Count">Number of failures.</param>
/// <param name="Since">Time of the first failure, in UTC.</param>
/// <param name="NotBefore">End of the pause, in UTC.</param>
public sealed record Failing(int Count, DateTimeOffset Since, DateTimeOffset NotBefore);
