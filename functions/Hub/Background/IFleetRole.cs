namespace IntegrationHub.Functions.Background;

/// <summary>
/// Whether this process does the work that only one of the hub's processes should do: reading all cases, and publishing the metrics
/// calculated from them, because each process that published them would count every case again. A hub on one machine has no other
/// processes and always does this work.
/// </summary>
public interface IFleetRole
{
    /// <summary>Whether this process does the work that only one process should do. The value can change at any time: for a moment there
    /// can be no leading process, but there are never two.</summary>
    bool IsLeader { get; }
}
