namespace IntegrationHub.Functions.Background;

/// <summary>
/// Whether this process is the one that does the work that all processes together need only once: reading all cases, and publishing the
/// gauges made from them, which every process would otherwise count again. A hub on one machine has no other processes and always does this work.
/// </summary>
public interface IFleetRole
{
    /// <summary>This process does that work. May change at any time; for a moment there may be no such process, but never two.</summary>
    bool Leads { get; }
}
