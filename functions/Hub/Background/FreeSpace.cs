using System.Globalization;

namespace IntegrationHub.Functions.Background;

/// <summary>How full one of the hub's stores is.</summary>
/// <param name="Place">What it is, in words for people.</param>
/// <param name="Holder">Whose share of it; null where it is everybody's. Shown to operators only.</param>
/// <param name="Used">What is used, from 0 to 1; at 1 the next write is refused.</param>
/// <param name="FreeBytes">Free space in bytes; null where the limit is not in bytes only.</param>
public sealed record FreeSpace(string Place, string? Holder, double Used, long? FreeBytes)
{
    /// <summary>The share used above which somebody must free some space.</summary>
    public const double WarnFrom = 0.9;

    /// <summary>The free space below which it counts as short whatever the share: an hour of a busy council's documents.</summary>
    public const long MinFreeBytes = 1L << 30;

    /// <summary>Whether somebody must free some space before it is full.</summary>
    public bool IsShort => Used >= WarnFrom || FreeBytes < MinFreeBytes;

    /// <summary>One line for the readiness probe. It does not name the holder, because anybody may read it.</summary>
    internal string Line => string.Create(
        CultureInfo.InvariantCulture, $"degraded: {Place}: {Used * 100:F0} % used{(FreeBytes is { } free ? $", {free / (double)(1L << 30):F1} GiB left" : "")}");
}

/// <summary>Reports how full one kind of store is. Returns at once.</summary>
public interface IFreeSpaceMeter
{
    /// <summary>The stores, as measured last.</summary>
    IReadOnlyList<FreeSpace> Measured { get; }
}
