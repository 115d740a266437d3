namespace IntegrationHub.Orchestrations.Durable;

/// <summary>
/// Stores a few points in time that the sweeper and the purge need from one run to the next, shared by all hosts. If a time is lost, no
/// harm is done: the sweeper does not end any instances for a while, or the purge starts from the beginning.
/// </summary>
public interface IDriverRecord
{
    /// <summary>The name under which the end of the last sweep is recorded.</summary>
    const string LastSweep = "last-sweep";

    /// <summary>The name under which the start of the present uninterrupted series of sweeps is recorded.</summary>
    const string SweepingSince = "sweeping-since";

    /// <summary>The name under which the creation date that the purge checks next is recorded.</summary>
    const string PurgePosition = "purge-position";

    /// <summary>The time recorded under a name, UTC, or null if there is none.</summary>
    ValueTask<DateTimeOffset?> ReadAsync(string name, CancellationToken cancellationToken = default);

    /// <summary>Records a time under a name. The record is durable when the call returns.</summary>
    ValueTask WriteAsync(string name, DateTimeOffset instant, CancellationToken cancellationToken = default);
}
