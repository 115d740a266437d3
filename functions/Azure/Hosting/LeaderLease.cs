using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using IntegrationHub.Functions.Background;

namespace IntegrationHub.Azure.Hosting;

/// <summary>
/// Chooses the leading host of the fleet: the host that holds the lease of a blob. A host regards itself as leader for less time than the
/// lease lasts, so there are never two leaders. If the leader fails, another host acquires the lease within a minute.
/// </summary>
internal sealed class LeaderLease(BlobClient blob, BackgroundWork work, TimeProvider time) : BackgroundLoop("choice of the leading host", work, time), IFleetRole
{
    internal static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    internal static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);

    /// <summary>The time allowed for an answer to arrive, which is subtracted from the length of a lease.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(15);

    private readonly BlobLeaseClient lease = blob.GetBlobLeaseClient();
    private long renewed = long.MinValue;

    public bool IsLeader => Interlocked.Read(ref renewed) is var at && at != long.MinValue && Time.GetElapsedTime(at) < Lease - Margin;

    /// <summary>Tries to acquire the lease, or renews it.</summary>
    internal async Task TryAsync(CancellationToken cancellationToken)
    {
        // The lease is counted from the time of the request, its earliest possible start.
        var asked = Time.GetTimestamp();
        try
        {
            await lease.AcquireAsync(Lease, cancellationToken: cancellationToken);
            Interlocked.Exchange(ref renewed, asked);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            await MakeAsync(cancellationToken);
        }
        catch (RequestFailedException taken) when (taken.Status is 409 or 412)
        {
            Interlocked.Exchange(ref renewed, long.MinValue);
        }
    }

    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        await TryAsync(cancellationToken);
        return Renewal;
    }

    /// <summary>Releases the lease, so that no host has to wait for it to expire after a deployment.</summary>
    protected override async Task DrainAsync()
    {
        if (IsLeader)
        {
            Interlocked.Exchange(ref renewed, long.MinValue);
            try
            {
                await lease.ReleaseAsync();
            }
            catch (RequestFailedException)
            {
                // If the release fails, the lease simply expires.
            }
        }
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var once = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await blob.UploadAsync(BinaryData.FromString(""), once, cancellationToken);
        }
        catch (RequestFailedException made) when (made.Status is 409 or 412)
        {
            // Another host has created the blob.
        }

        await TryAsync(cancellationToken);
    }
}
