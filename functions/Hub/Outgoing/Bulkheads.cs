namespace IntegrationHub.Functions.Outgoing;

/// <summary>
/// Limits on simultaneous calls: in total, for one caller, and to one host. A host that never answers uses up only its own slots. Safe for
/// concurrent use; nothing is stored about a caller or host without a call in progress.
/// </summary>
/// <param name="all">Largest number of simultaneous calls in total.</param>
/// <param name="ofCaller">Largest number of simultaneous calls for one caller.</param>
/// <param name="toHost">Largest number of simultaneous calls to one host for all callers together. This limit is higher than the limit for
/// one caller, so that no caller alone can block a host for others.</param>
public sealed class Bulkheads(int all, int ofCaller, int toHost)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> callers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> hosts = new(StringComparer.OrdinalIgnoreCase);
    private int taken;

    /// <summary>Whether this caller can make one more call, to any host.</summary>
    public bool HasCapacity(string caller)
    {
        lock (gate)
        {
            return taken < all && callers.GetValueOrDefault(caller) < ofCaller;
        }
    }

    /// <summary>A slot that is released when it is disposed of, or null if no slot is available.</summary>
    public IDisposable? TryEnter(string caller, string host)
    {
        lock (gate)
        {
            if (taken >= all || callers.GetValueOrDefault(caller) >= ofCaller || hosts.GetValueOrDefault(host) >= toHost)
            {
                return null;
            }

            taken++;
            callers[caller] = callers.GetValueOrDefault(caller) + 1;
            hosts[host] = hosts.GetValueOrDefault(host) + 1;
            return new Place(this, caller, host);
        }
    }

    private void Leave(string caller, string host)
    {
        lock (gate)
        {
            taken--;
            Lessen(callers, caller);
            Lessen(hosts, host);
        }
    }

    private static void Lessen(Dictionary<string, int> of, string key)
    {
        if (--of[key] == 0)
        {
            of.Remove(key);
        }
    }

    private sealed class Place(Bulkheads bulkheads, string caller, string host) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0)
            {
                bulkheads.Leave(caller, host);
            }
        }
    }
}
