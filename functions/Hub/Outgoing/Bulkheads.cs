namespace IntegrationHub.Functions.Outgoing;

/// <summary>
/// Rooms for calls that go on at the same time: so many in all, so many of one caller, so many to one host. Whoever never answers holds
/// its own rooms and nobody else's. Safe for concurrent use; it keeps nothing of a caller or host without a call.
/// </summary>
/// <param name="all">Calls in all.</param>
/// <param name="ofCaller">Calls of one caller.</param>
/// <param name="toHost">Calls to one host, of all callers; more than those of one caller, so that no caller can fill another's host.</param>
public sealed class Bulkheads(int all, int ofCaller, int toHost)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> callers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> hosts = new(StringComparer.OrdinalIgnoreCase);
    private int taken;

    /// <summary>Has this caller room for one more call, to whichever host?</summary>
    public bool HasRoom(string caller)
    {
        lock (gate)
        {
            return taken < all && callers.GetValueOrDefault(caller) < ofCaller;
        }
    }

    /// <summary>A place, to be left by disposing of it; null where there is none now.</summary>
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
