using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>
/// Limits how much one caller can store. Accepted content is never deleted, so without a limit one caller could fill the disk for
/// everybody. A deletion is always accepted.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="options">The limits on stored content.</param>
/// <param name="refusals">Counts the refused submissions.</param>
public sealed class StoredQuota(IFhirResourceStore store, FhirEndpointOptions options, Refusals refusals) : IFreeSpaceMeter
{
    // Callers are bodies that the council has asked for advice or has given tokens to. There are only a few hundred callers, and a request
    // cannot add a caller.
    private readonly ConcurrentDictionary<string, StorageUsed> known = new(StringComparer.Ordinal);

    /// <summary>The reason for refusing a commit, or null if the commit is within the quota.</summary>
    internal async ValueTask<FhirProblem?> RefusalAsync(FhirCaller caller, Commit commit, CancellationToken cancellationToken)
    {
        if (commit.Writes.All(write => write.Resource.Deleted))
        {
            return null;
        }

        var kept = await store.StoredByAsync(caller.Key, cancellationToken);
        known[caller.Key] = kept;
        var after = StorageUsed.Of(commit).Where(added => added.By == caller.Key).Aggregate(kept, (sum, added) => sum + added.Amount);
        if (after.Versions <= options.MaxStoredVersions && after.Bytes <= options.MaxStoredBytes)
        {
            return null;
        }

        refusals.Note(RefusalReason.TooMuchStored, commit.Writes[0].Resource.Type, caller.Key);
        return new FhirProblem(
            "",
            FormattableString.Invariant($"the hub keeps at most {options.MaxStoredVersions} versions and {options.MaxStoredBytes} bytes for one sender, and this submission would exceed the limit. No part of the submission was accepted; contact the operators of the hub."),
            OperationOutcome.IssueType.TooCostly)
        { Status = 413 };
    }

    /// <inheritdoc/>
    public IReadOnlyList<FreeSpace> Measured => [.. known.Select(one => new FreeSpace("the storage for one FHIR sender", one.Key, Share(one.Value), null))];

    /// <summary>How much each caller had stored after the caller's last write, as a share of the caller's quota.</summary>
    internal IEnumerable<Measurement<double>> Shares() => known.Select(one => new Measurement<double>(Share(one.Value), new KeyValuePair<string, object?>("caller", one.Key)));

    private double Share(StorageUsed kept) => Math.Max((double)kept.Versions / options.MaxStoredVersions, (double)kept.Bytes / options.MaxStoredBytes);
}
