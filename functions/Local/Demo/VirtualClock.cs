namespace IntegrationHub.Local.Demo;

/// <summary>A clock that only the program moves: 20 weeks pass as fast as the work of these weeks can be done.</summary>
public sealed class VirtualClock(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    /// <summary>Moves the clock.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant is before the clock's present time.</exception>
    public void MoveTo(DateTimeOffset instant)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(instant.UtcTicks, Interlocked.Read(ref ticks), nameof(instant));
        Interlocked.Exchange(ref ticks, instant.UtcTicks);
    }
}
