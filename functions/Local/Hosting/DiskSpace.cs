using System.Diagnostics.Metrics;
using IntegrationHub.Functions.Background;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Local.Hosting;

/// <summary>
/// Checks how much space is left on the disk of the data directory, so that <c>/health/ready</c> warns before a write fails. On Azure the
/// hub does not store data on a disk, so nothing is reported.
/// </summary>
internal sealed class DiskSpace : BackgroundLoop, IFreeSpaceMeter
{
    internal const string LoopName = "check the free space on the disk";
    internal const string Place = "disk of the data directory";

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private readonly Func<(long FreeBytes, long SizeBytes)> measure;
    private volatile FreeSpace? room;

    /// <param name="measure">Measures the free space and the size of the disk.</param>
    /// <param name="work">The record to which the loop reports its state.</param>
    /// <param name="time">The clock for the pauses between checks.</param>
    /// <param name="meters">Creates the gauge of used space.</param>
    internal DiskSpace(Func<(long FreeBytes, long SizeBytes)> measure, BackgroundWork work, TimeProvider time, IMeterFactory meters)
        : base(LoopName, work, time)
    {
        this.measure = measure;
        meters.Create(TurnTelemetry.Name).CreateObservableGauge(
            "hub.room.used", () => room is { } known ? [new Measurement<double>(known.Used, new KeyValuePair<string, object?>("place", "disk"))] : (Measurement<double>[])[], "1",
            "Used share of a disk or account in which the hub stores data; at 1 the next write fails.");
    }

    /// <inheritdoc/>
    public IReadOnlyList<FreeSpace> Measured => room is { } known ? [known] : [];

    /// <summary>Measures the disk on which a folder is stored.</summary>
    internal static Func<(long FreeBytes, long SizeBytes)> DiskOf(string folder) => () =>
    {
        var disk = new DriveInfo(folder);
        return (disk.AvailableFreeSpace, disk.TotalSize);
    };

    /// <inheritdoc/>
    protected override Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        var (free, size) = measure();
        room = new FreeSpace(Place, null, size > 0 ? 1 - ((double)free / size) : 1, free);
        return Task.FromResult(Every);
    }
}
