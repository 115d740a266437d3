namespace IntegrationHub.Simulation;

/// <summary>The hub's clock: it stands still until it is moved, and may be wrong.</summary>
internal sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    /// <summary>Sets it, forward or back.</summary>
    internal void Set(DateTimeOffset instant) => Interlocked.Exchange(ref ticks, instant.UtcTicks);
}
