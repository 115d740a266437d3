using System.Globalization;

namespace IntegrationHub.Functions.Background;

/// <summary>How full one of the hub's stores is.</summary>
/// <param name="Place">Name of the store, as it is shown to people.</param>
/// <param name="Holder">The caller whose share of the store this is, or null if all callers share the store. This name is shown to
/// operators only.</param>
/// <param name="Used">The share of the space that is used, from 0 to 1; at 1 the next write is refused.</param>
/// <param name="FreeBytes">Free space in bytes, or null if the limit is not only a number of bytes.</param>
public sealed record FreeSpace(string Place, string? Holder, double Used, long? FreeBytes)
{
    /// <summary>Once this share of the space is used, somebody must free some space.</summary>
    public const double WarnFrom = 0.9;

    /// <summary>Free space below which a store is always treated as nearly full: about an hour of a busy council's documents.</summary>
    public const long MinFreeBytes = 1L << 30;

    /// <summary>Whether somebody must free some space before the store is full.</summary>
    public bool IsShort => Used >= WarnFrom || FreeBytes < MinFreeBytes;

    /// <summary>One line for the readiness probe. The line does not name the caller whose share it is, because anybody can read
    /// it.</summary>
    internal string Line => string.Create(
        CultureInfo.InvariantCulture, $"degraded: {Place}: {Used * 100:F0} % used{(FreeBytes is { } free ? $", {free / (double)(1L << 30):F1} GiB left" : "")}");
}

/// <summary>Reports how full one kind of store is, without waiting for a new measurement.</summary>
public interface IFreeSpaceMeter
{
    /// <summary>The last measurement of each store.</summary>
    IReadOnlyList<FreeSpace> Measured { get; }
}
