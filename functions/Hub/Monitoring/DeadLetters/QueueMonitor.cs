namespace IntegrationHub.Functions.Monitoring.DeadLetters;

/// <summary>The last counts read from the bus, so that the overview and the metrics need not wait for the bus.</summary>
public sealed class QueueMonitor(IDeadLetters? bus)
{
    private volatile IReadOnlyList<QueueCount> counts = [];

    /// <summary>Whether this hub has a bus with readable dead letters.</summary>
    public bool HasBus => bus is not null;

    /// <summary>The counts of each queue and subscription; empty before the first reading or if there is no bus.</summary>
    public IReadOnlyList<QueueCount> Counts => counts;

    /// <summary>Reads the counts from the bus again.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        if (bus is not null)
        {
            counts = await bus.CountAsync(cancellationToken);
        }
    }
}
