using Azure.Data.Tables;
using Azure.Storage.Blobs;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.AzureStorage.Committing;
using IntegrationHub.Orchestrations.AzureStorage.Due;
using IntegrationHub.Orchestrations.AzureStorage.Lists;
using IntegrationHub.Orchestrations.AzureStorage.Partition;
using IntegrationHub.Orchestrations.Turns;
using Effects = IntegrationHub.Orchestrations.AzureStorage.Partition.Effects;

namespace IntegrationHub.Orchestrations.AzureStorage;

/// <summary>
/// Stores assessments in Azure tables and blobs. An assessment is one partition, and each turn (in which the engine processes what
/// has arrived or is due) is one transaction in that partition. Any number of hosts can share the store. The data that span partitions (the
/// index of due work, and the lists) are written so that readers can always tell which entries are valid; docs/adr/0004-azure-store.md
/// explains this.
/// </summary>
public sealed class AzureAssessmentStore : IAssessmentStore
{
    private const int AtOnce = 16;

    private readonly TableClient[] tables;
    private readonly BlobContainerClient container;
    private readonly PartitionReader reader;
    private readonly PartitionWriter writer;
    private readonly DueIndex due;
    private readonly SummaryLists lists;
    private readonly Commits commits;
    private readonly Deliveries deliveries;
    private readonly Effects effects;

    /// <summary>Creates a store over existing tables and an existing container; <see cref="CreateAsync"/> creates them if the deployment
    /// templates did not.</summary>
    public AzureAssessmentStore(TableServiceClient tableService, BlobServiceClient blobService, AzureStoreOptions? options = null)
    {
        var named = options ?? new AzureStoreOptions();
        container = blobService.GetBlobContainerClient(named.Container);
        tables = [.. new[] { named.Assessments, named.Due, named.Lists, named.Agencies }.Select(tableService.GetTableClient)];
        var large = new LargeValues(container, named.LargestInline);
        reader = new PartitionReader(tables[0], large);
        due = new DueIndex(tables[1], reader);
        lists = new SummaryLists(tables[2], tables[3], reader);
        writer = new PartitionWriter(tables[0], reader, due, lists, large);
        commits = new Commits(reader, large);
        deliveries = new Deliveries(reader, large);
        effects = new Effects(reader, large, deliveries);
    }

    /// <summary>Creates the tables and the container that do not exist yet.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken = default)
    {
        foreach (var table in tables)
        {
            await table.CreateIfNotExistsAsync(cancellationToken);
        }

        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<InboxReceipt> PutAsync(Delivery delivery, CancellationToken cancellationToken = default) =>
        await writer.ChangeAsync(delivery.Assessment, (known, _) => deliveries.PlanAsync(delivery, known, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<LoadedAssessment> LoadAsync(AssessmentId assessment, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            switch (await reader.LoadAsync(assessment, cancellationToken))
            {
                case { Unfinished: false, Loaded: var loaded }:
                    return loaded;
                case { Unfinished: true }:
                    await writer.FinishAsync(assessment, await reader.KnownAsync(assessment, cancellationToken), cancellationToken);
                    break;
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The turn is not consistent.</exception>
    public async ValueTask<CommitResult> CommitAsync(Turn turn, CancellationToken cancellationToken = default)
    {
        TurnChecks.Check(turn);
        return await writer.ChangeAsync(turn.Assessment, (known, again) => commits.PlanAsync(turn, known, again, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellationToken = default)
    {
        if (await reader.OutcomeAsync(assessment, messageId, cancellationToken) is { } outcome)
        {
            return outcome;
        }

        // The outcome may belong to a turn that is committed but whose outcomes do not all have their own rows yet.
        var unfinished = await reader.UnfinishedAsync(assessment, cancellationToken);
        return unfinished?.FirstOrDefault(u => u.Row == RowKeys.Outcome(messageId))?.Outcome;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after = 0, int limit = int.MaxValue, CancellationToken cancellationToken = default) =>
        limit < 1 ? [] : await reader.EventsAsync(assessment, after, limit, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<AssessmentId>> DueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        var arrived = due.AtAsync(DueKind.Arrived, null, limit, cancellationToken);
        var waking = due.AtAsync(DueKind.Wake, now, limit, cancellationToken);
        var both = (await arrived).Concat(await waking);
        return [.. both.OrderBy(e => e.At).ThenBy(e => e.Assessment.Value, StringComparer.Ordinal).Select(e => e.Assessment).Distinct().Take(limit)];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<PendingEffect>> DueEffectsAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken = default)
    {
        // The assessments are sorted by their earliest effect, so the first n effects that are due belong to the first n assessments.
        var entries = await due.AtAsync(DueKind.Effect, now, limit, cancellationToken);
        var pending = new List<PendingEffect>();
        foreach (var some in entries.Chunk(AtOnce))
        {
            var read = await Task.WhenAll(some.Select(e => effects.DueAsync(e.Assessment, e.Head, now, cancellationToken)));
            pending.AddRange(read.SelectMany(r => r));
        }

        return [.. pending.OrderBy(p => p.DueAt).ThenBy(p => p.Effect.Assessment.Value, StringComparer.Ordinal).Take(limit)];
    }

    /// <inheritdoc/>
    public async ValueTask<DateTimeOffset?> NextDueAsync(CancellationToken cancellationToken = default)
    {
        var entries = await Task.WhenAll(due.AtAsync(DueKind.Wake, null, 1, cancellationToken), due.AtAsync(DueKind.Effect, null, 1, cancellationToken));
        return entries.SelectMany(e => e).Min(e => (DateTimeOffset?)e.At);
    }

    /// <inheritdoc/>
    public async ValueTask RecordAttemptAsync(EffectAttempt attempt, Delivery? report, CancellationToken cancellationToken = default) =>
        await writer.ChangeAsync(attempt.Assessment, (known, _) => effects.PlanAsync(attempt, report, known, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<EffectRecord>> EffectsAsync(AssessmentId assessment, CancellationToken cancellationToken = default) =>
        [.. (await reader.EffectsAsync(assessment, cancellationToken)).Select(e => new EffectRecord(e.Effect, e.CreatedAt, e.Attempts, e.End, e.LastDetail, e.NextAt))];

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not between 1 and 500.</exception>
    public async ValueTask<SummaryPage> ListAsync(SummaryQuery query, CancellationToken cancellationToken = default)
    {
        TurnChecks.Check(query);
        return await lists.ListAsync(query, cancellationToken);
    }
}
