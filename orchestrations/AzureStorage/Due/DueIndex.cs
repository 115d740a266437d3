using System.Globalization;
using Azure.Data.Tables;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.AzureStorage.Partition;
using IntegrationHub.Orchestrations.AzureStorage.Rows;

namespace IntegrationHub.Orchestrations.AzureStorage.Due;

/// <summary>What is due in an assessment, according to an index entry.</summary>
internal enum DueKind
{
    Wake,
    Arrived,
    Effect,
}

/// <summary>An index entry that has been confirmed against the head row of its assessment.</summary>
internal sealed record DueEntry(DateTimeOffset At, AssessmentId Assessment, Head Head);

/// <summary>
/// The index that gives the time at which each assessment is next due, over all partitions. A table has transactions only within one
/// partition, so the index is written before the change itself: a crash in between can leave a superfluous entry, but never a missing
/// entry. Before an entry is used, it is checked against the head row of its assessment.
/// </summary>
internal sealed class DueIndex(TableClient index, PartitionReader partitions)
{
    /// <summary>The number of partitions of the index. Each partition allows 2,000 writes a second, so the entries for one instant must be
    /// spread over several partitions.</summary>
    private const int Shards = 4;

    /// <summary>The number of head rows that are read concurrently.</summary>
    private const int AtOnce = 32;

    internal Task AddAsync(DueKind kind, AssessmentId assessment, Hint hint, CancellationToken cancellationToken) =>
        index.UpsertEntityAsync(new TableEntity(Shard(kind, assessment), Key(hint, assessment)), TableUpdateMode.Replace, cancellationToken);

    internal Task RemoveAsync(DueKind kind, AssessmentId assessment, Hint hint, CancellationToken cancellationToken) =>
        index.DeleteEntityAsync(Shard(kind, assessment), Key(hint, assessment), cancellationToken: cancellationToken);

    /// <summary>The confirmed entries that are due at or before an instant, or all confirmed entries if the instant is null, ordered by
    /// instant and then by assessment.</summary>
    internal async Task<IReadOnlyList<DueEntry>> AtAsync(DueKind kind, DateTimeOffset? upTo, int limit, CancellationToken cancellationToken)
    {
        var shards = await Task.WhenAll(Enumerable.Range(0, Shards).Select(shard => OfShardAsync(kind, shard, upTo, limit, cancellationToken)));
        return [.. shards.SelectMany(s => s).OrderBy(e => e.At).ThenBy(e => e.Assessment.Value, StringComparer.Ordinal).Take(limit)];
    }

    private async Task<List<DueEntry>> OfShardAsync(DueKind kind, int shard, DateTimeOffset? upTo, int limit, CancellationToken cancellationToken)
    {
        var partition = Shard(kind, shard);
        var filter = upTo is { } instant
            ? TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey lt {RowKeys.Number(instant.UtcTicks + 1)}")
            : TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        var found = new List<DueEntry>();
        await foreach (var page in index.QueryAsync<TableEntity>(filter, Math.Clamp(limit, 1, 1000), ["PartitionKey", "RowKey"], cancellationToken).AsPages())
        {
            foreach (var batch in page.Values.Chunk(AtOnce))
            {
                var asked = await Task.WhenAll(batch.Select(row => ConfirmAsync(kind, row.RowKey, cancellationToken)));
                found.AddRange(asked.OfType<DueEntry>());
                if (found.Count >= limit)
                {
                    return found;
                }
            }
        }

        return found;
    }

    private async Task<DueEntry?> ConfirmAsync(DueKind kind, string key, CancellationToken cancellationToken)
    {
        if (key.Split('_') is not [var ticks, var id, var change] || !AssessmentId.TryParse(id, out var assessment, out _))
        {
            throw new StoredDataDamagedException("A row of the index of due assessments has an invalid key.");
        }

        var hint = new Hint(new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero), long.Parse(change, CultureInfo.InvariantCulture));
        var head = await partitions.HeadAsync(assessment, cancellationToken);
        var current = kind switch
        {
            DueKind.Wake => head.Wake,
            DueKind.Arrived => head.Arrived,
            _ => head.Effect,
        };
        if (current == hint)
        {
            return new DueEntry(hint.At, assessment, head);
        }

        // The entry belongs to a change that is not in the head row yet, because the change is still being written or its writer failed.
        // The entry stays in the index until the head row has the number of this change or of a later one.
        if (hint.Change <= head.Changes)
        {
            await RemoveAsync(kind, assessment, hint, cancellationToken);
        }

        return null;
    }

    private static string Key(Hint hint, AssessmentId assessment) => $"{RowKeys.Number(hint.At.UtcTicks)}_{assessment}_{RowKeys.Number(hint.Change)}";

    private static string Shard(DueKind kind, AssessmentId assessment) => Shard(kind, assessment.Value[^1] % Shards);

    private static string Shard(DueKind kind, int shard) => FormattableString.Invariant($"{kind}-{shard}");
}
