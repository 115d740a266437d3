namespace IntegrationHub.Functions.Background;

/// <summary>
/// Whether this process is the one of its fleet that does what the whole fleet needs once: a reading of all cases, and the gauges that
/// come from it, which would otherwise be counted as often as there are processes. A hub on one machine has none, and does it itself.
/// </summary>
public interface IFleetRole
{
    /// <summary>It is. May change at any time; for a moment there may be none, never two.</summary>
    bool Leads { get; }
}
