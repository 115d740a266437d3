using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>
/// Stores documents in a container of Azure Blob Storage. A new document is written with <c>If-None-Match: *</c>, and a document is
/// replaced with <c>If-Match</c>. Blob names and index tags hold no personal data. Retention and legal hold are set as the blob's own
/// immutability, so the container must allow version-level immutability (see infra/main.bicep). They are not set for the manifest of a
/// plan, because each new version of the plan replaces the manifest.
/// </summary>
public sealed class BlobDocuments(BlobContainerClient container, KeepingRules rules, TimeProvider time) : IDocumentStore
{
    /// <inheritdoc/>
    public Task<StoreResult<string>> PutOnceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, CancellationToken cancellationToken) => GuardedAsync(name, cancellationToken, async blob =>
    {
        try
        {
            await blob.UploadAsync(BinaryData.FromBytes(bytes), new BlobUploadOptions
            {
                Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
                HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
                Tags = TagsOf(name),
                ImmutabilityPolicy = rules.Retention is { } keep
                    ? new BlobImmutabilityPolicy { ExpiresOn = time.GetUtcNow() + keep, PolicyMode = BlobImmutabilityPolicyMode.Unlocked }
                    : null,
                LegalHold = rules.LegalHold ? true : null,
            }, cancellationToken);
            return StoreResult.Done(name);
        }
        catch (RequestFailedException taken) when (taken.ErrorCode == BlobErrorCode.BlobAlreadyExists || taken.Status == 412)
        {
            return StoreResult.AlreadyThere(name);
        }
    });

    /// <inheritdoc/>
    public Task<StoreResult<StoredDocument>> ReadAsync(string name, CancellationToken cancellationToken) => GuardedAsync(name, cancellationToken, async blob =>
    {
        var content = await blob.DownloadContentAsync(cancellationToken);
        return StoreResult.Done(new StoredDocument(content.Value.Content.ToArray(), content.Value.Details.ETag.ToString()));
    });

    /// <inheritdoc/>
    public Task<StoreResult<string>> ReplaceAsync(string name, ReadOnlyMemory<byte> bytes, string contentType, string? etag, CancellationToken cancellationToken) => GuardedAsync(name, cancellationToken, async blob =>
    {
        try
        {
            var written = await blob.UploadAsync(BinaryData.FromBytes(bytes), new BlobUploadOptions
            {
                Conditions = etag is null ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = new ETag(etag) },
                HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
                Tags = TagsOf(name),
            }, cancellationToken);
            return StoreResult.Done(written.Value.ETag.ToString());
        }
        catch (RequestFailedException faster) when (faster.Status is 412 || faster.ErrorCode == BlobErrorCode.BlobAlreadyExists)
        {
            return StoreResult.Failed<string>(KeepingOutcome.Conflict, $"{name}: somebody else has changed it since it was read.");
        }
    });

    /// <inheritdoc/>
    public Task<StoreResult<IReadOnlyList<string>>> ListAsync(string prefix, CancellationToken cancellationToken) => GuardedAsync(prefix.TrimEnd('/'), cancellationToken, async _ =>
    {
        var names = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix.TrimEnd('/') + "/", cancellationToken))
        {
            names.Add(blob.Name);
        }

        names.Sort(StringComparer.Ordinal);
        return StoreResult.Done<IReadOnlyList<string>>(names);
    });

    /// <inheritdoc/>
    public Task<StoreResult<string>> RemoveAsync(string name, CancellationToken cancellationToken) => GuardedAsync(name, cancellationToken, async blob =>
    {
        var properties = await blob.GetPropertiesAsync(cancellationToken: cancellationToken);
        if (rules.LegalHold || (rules.Retention is { } keep && time.GetUtcNow() - properties.Value.LastModified < keep))
        {
            return StoreResult.Failed<string>(KeepingOutcome.Refused, $"{name}: it is under a legal hold or within its retention period.");
        }

        await blob.DeleteAsync(DeleteSnapshotsOption.IncludeSnapshots, cancellationToken: cancellationToken);
        return StoreResult.Done(name);
    });

    /// <inheritdoc/>
    public Task<StoreResult<ScanState>> ScanStateAsync(string name, CancellationToken cancellationToken) => GuardedAsync(name, cancellationToken, async blob =>
    {
        var tags = await blob.GetTagsAsync(cancellationToken: cancellationToken);
        return StoreResult.Done(ScanWords.Read(tags.Value.Tags.TryGetValue(ScanWords.TagName, out var words) ? words : null));
    });

    private async Task<StoreResult<T>> GuardedAsync<T>(string name, CancellationToken cancellationToken, Func<BlobClient, Task<StoreResult<T>>> act)
    {
        if (!DocumentNames.IsSafe(name))
        {
            return StoreResult.Failed<T>(KeepingOutcome.Refused, "The store does not accept the document's name.");
        }

        try
        {
            return await act(container.GetBlobClient(name));
        }
        catch (RequestFailedException failed)
        {
            return Read<T>(name, failed);
        }
        catch (AggregateException retried) when (retried.InnerExceptions.All(e => e is RequestFailedException or IOException or HttpRequestException or OperationCanceledException))
        {
            // When the client's own retries have failed, it throws one exception with the errors of all attempts.
            return retried.InnerExceptions.OfType<RequestFailedException>().LastOrDefault() is { } last
                ? Read<T>(name, last)
                : StoreResult.Failed<T>(KeepingOutcome.Transient, $"{name}: the store cannot be reached.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return StoreResult.Failed<T>(KeepingOutcome.Transient, $"{name}: the store did not answer in time.");
        }
    }

    private static StoreResult<T> Read<T>(string name, RequestFailedException failed) => failed.Status switch
    {
        // If the container is missing, a setting is wrong; it does not mean that the case has no documents.
        404 when failed.ErrorCode == BlobErrorCode.ContainerNotFound => StoreResult.Failed<T>(KeepingOutcome.Transient, $"{name}: the container is not there."),
        404 => StoreResult.Failed<T>(KeepingOutcome.Missing, $"{name}: not there."),
        409 when failed.ErrorCode?.Contains("Immutable", StringComparison.Ordinal) == true => StoreResult.Failed<T>(KeepingOutcome.Refused, $"{name}: it is under a legal hold or within its retention period."),
        // Status 0 means that the service did not answer. Status 409 means that the blob or container is being changed, leased or deleted
        // at the moment.
        0 or 408 or 409 or 429 or >= 500 => StoreResult.Failed<T>(KeepingOutcome.Transient, $"{name}: the store answered {failed.Status} {failed.ErrorCode}."),
        _ => StoreResult.Failed<T>(KeepingOutcome.Refused, $"{name}: the store answered {failed.Status} {failed.ErrorCode}."),
    };

    // The tags can be used in searches and lifecycle rules. The reference of an assessment says nothing about the child.
    private static Dictionary<string, string> TagsOf(string name)
    {
        var parts = name.Split('/');
        return new Dictionary<string, string>
        {
            ["council"] = parts[0],
            ["assessment"] = parts.Length > 1 ? parts[1] : "",
            ["sort"] = parts.Length > 3 ? parts[2] : "manifest",
        };
    }
}
