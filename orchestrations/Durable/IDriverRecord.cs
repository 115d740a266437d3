namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// A few instants that the sweeper and the purge keep from one run to the next, shared by all hosts. Losing one is harmless: a sweep
/// then ends nothing for a while, and a purge starts from the beginning.
/// </summary>
public interface IDriverRecord
{
    /// <summary>When the last sweep ended.</summary>
    const string LastSweep = "last-sweep";

    /// <summary>When the present series of sweeps without a gap began.</summary>
    const string SweepingSince = "sweeping-since";

    /// <summary>The day of creation that the purge looks at next.</summary>
    const string PurgePosition = "purge-position";

    /// <summary>The instant kept under a name, UTC; null when none is.</summary>
    ValueTask<DateTimeOffset?> ReadAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Keeps an instant under a name; it is durable when this returns.</summary>
    ValueTask WriteAsync(string name, DateTimeOffset instant, CancellationToken cancellationToken = default);
}
