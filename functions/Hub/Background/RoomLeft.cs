using System.Globalization;

namespace IntegrationHub.Functions.Background;

/// <summary>How full a place is in which the hub keeps things.</summary>
/// <param name="Place">What it is, for people.</param>
/// <param name="Holder">Whose share of it; null where it is everybody's. Told to operators alone.</param>
/// <param name="Used">What is used, from 0 to 1; at 1 the next write is refused.</param>
/// <param name="FreeBytes">What is left, in bytes; null where it is not counted in bytes alone.</param>
public sealed record RoomLeft(string Place, string? Holder, double Used, long? FreeBytes)
{
    /// <summary>The share from which a person must make room.</summary>
    public const double WarnFrom = 0.9;

    /// <summary>The room below which it is short whatever its share: an hour of a busy council's documents.</summary>
    public const long LeastFreeBytes = 1L << 30;

    /// <summary>Whether a person must make room before it is full.</summary>
    public bool IsShort => Used >= WarnFrom || FreeBytes < LeastFreeBytes;

    /// <summary>One line for the readiness probe, whom anybody may ask: no holder.</summary>
    internal string Line => string.Create(
        CultureInfo.InvariantCulture, $"degraded: {Place}: {Used * 100:F0} % used{(FreeBytes is { } free ? $", {free / (double)(1L << 30):F1} GiB left" : "")}");
}

/// <summary>Tells how full one kind of place is. Waits for nothing.</summary>
public interface IRoomWatch
{
    /// <summary>The places, as they were when they were looked at last.</summary>
    IReadOnlyList<RoomLeft> Rooms { get; }
}
