using Azure.Data.Tables;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.AzureStorage.Rows;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.AzureStorage.Partition;

/// <summary>The state from which a change starts: the head row and the list of waiting deliveries, without their content.</summary>
/// <param name="Head">The head row.</param>
/// <param name="Waiting">Row key and time of receipt of each waiting delivery, in the order in which the deliveries were added.</param>
/// <param name="Unfinished">Whether there is a committed turn whose outcomes do not yet all have their own rows.</param>
internal sealed record Known(Head Head, IReadOnlyList<(string Row, DateTimeOffset ReceivedAt, string? Blob)> Waiting, bool Unfinished);

/// <summary>Reads an assessment's partition.</summary>
internal sealed class PartitionReader(TableClient table, LargeValues large)
{
    private static readonly string[] KnownColumns = [.. Head.Columns, "Place", "ReceivedAt", "Blob"];

    internal async Task<Head> HeadAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(assessment.Value, RowKeys.Head, Head.Columns, cancellationToken);
        return row.HasValue ? Head.From(row.Value!) : new Head();
    }

    /// <summary>
    /// Reads the head row first and then the inbox. Any change between the two reads also changes the head row's ETag, so that a writer
    /// with an outdated inbox fails.
    /// </summary>
    internal async Task<Known> KnownAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(assessment, RowKeys.First, RowKeys.AfterUnfinished, KnownColumns, cancellationToken);
        return new Known(
            HeadOf(rows),
            [.. InboxOf(rows).Select(r => (r.RowKey, new DateTimeOffset(r.GetInt64("ReceivedAt") ?? 0, TimeSpan.Zero), LargeValues.BlobOf(r)))],
            rows.Any(r => r.RowKey == RowKeys.Unfinished));
    }

    /// <summary>Loads the data from which a turn starts. The result is null if the partition changed while it was read.</summary>
    internal async Task<(LoadedAssessment Loaded, bool Unfinished)?> LoadAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(assessment, RowKeys.First, RowKeys.AfterState, null, cancellationToken);
        var head = HeadOf(rows);
        if (rows.Any(r => r.RowKey == RowKeys.Unfinished))
        {
            return (new LoadedAssessment(AssessmentState.None(assessment), [], null), true);
        }

        var inbox = new List<Delivery>();
        foreach (var row in InboxOf(rows))
        {
            if (await large.GetAsync(row, cancellationToken) is not { } delivery)
            {
                return null;
            }

            inbox.Add(Writing.Read<Delivery>(delivery));
        }

        return await StateAsync(assessment, head, rows.FirstOrDefault(r => r.RowKey == RowKeys.State), cancellationToken) is { } state
            ? (new LoadedAssessment(state, inbox, head.WakeAt), false)
            : null;
    }

    internal async Task<Outcome?> OutcomeAsync(AssessmentId assessment, string messageId, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(assessment.Value, RowKeys.Outcome(messageId), cancellationToken: cancellationToken);
        return row.HasValue ? Writing.Read<Outcome>(await large.GetLastingAsync(row.Value!, cancellationToken)) : null;
    }

    internal async Task<IReadOnlyList<RecordedEvent>> EventsAsync(AssessmentId assessment, long after, int limit, CancellationToken cancellationToken)
    {
        var events = new List<RecordedEvent>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {assessment.Value} and RowKey gt {RowKeys.Turn(after)} and RowKey lt {RowKeys.AfterTurns}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, Math.Clamp(limit, 1, 1000), cancellationToken: cancellationToken))
        {
            var turn = Writing.Read<IReadOnlyList<RecordedEvent>>(await large.GetLastingAsync(row, cancellationToken));
            events.AddRange(turn.Where(e => e.Sequence > after).Take(limit - events.Count));
            if (events.Count >= limit)
            {
                break;
            }
        }

        return events;
    }

    /// <summary>The effects of one turn, with the row that contains them.</summary>
    internal async Task<(TableEntity Row, IReadOnlyList<KeptEffect> Effects)?> EffectsOfAsync(AssessmentId assessment, long version, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(assessment.Value, RowKeys.Effects(version), cancellationToken: cancellationToken);
            if (!row.HasValue)
            {
                return null;
            }

            if (await large.GetAsync(row.Value!, cancellationToken) is { } value)
            {
                return (row.Value!, Writing.Read(value, RowJson.Default.IReadOnlyListKeptEffect));
            }
        }
    }

    internal async Task<IReadOnlyList<KeptEffect>> EffectsAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        var rows = await RowsAsync(assessment, RowKeys.Effects(0), RowKeys.AfterEffects, ["PartitionKey", "RowKey"], cancellationToken);
        var effects = new List<KeptEffect>();
        foreach (var row in rows)
        {
            var version = long.Parse(row.RowKey.AsSpan("effects-".Length), System.Globalization.CultureInfo.InvariantCulture);
            effects.AddRange((await EffectsOfAsync(assessment, version, cancellationToken))?.Effects ?? []);
        }

        return effects;
    }

    internal async Task<IReadOnlyList<UnfinishedOutcome>?> UnfinishedAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(assessment.Value, RowKeys.Unfinished, cancellationToken: cancellationToken);
        return row.HasValue && await large.GetAsync(row.Value!, cancellationToken) is { } value
            ? Writing.Read(value, RowJson.Default.IReadOnlyListUnfinishedOutcome)
            : null;
    }

    internal async Task<bool> ExistsAsync(AssessmentId assessment, string row, CancellationToken cancellationToken) =>
        (await table.GetEntityIfExistsAsync<TableEntity>(assessment.Value, row, ["RowKey"], cancellationToken)).HasValue;

    /// <summary>The state at the version in the head row, from its snapshot or its events, or null if the head row was out of
    /// date.</summary>
    private async Task<AssessmentState?> StateAsync(AssessmentId assessment, Head head, TableEntity? row, CancellationToken cancellationToken)
    {
        if (head.Version == 0)
        {
            return row is null ? AssessmentState.None(assessment) : null;
        }

        if (row?.GetInt64("Version") != head.Version)
        {
            return null;
        }

        if (row.GetString("Build") == Writing.Build)
        {
            return await large.GetAsync(row, cancellationToken) is { } state ? Writing.Read<AssessmentState>(state) : null;
        }

        var events = await EventsAsync(assessment, 0, (int)Math.Min(head.Version, int.MaxValue), cancellationToken);
        return events.Count == head.Version
            ? Assessment.Replay(AssessmentState.None(assessment), events.Select(e => e.What))
            : throw new StoredDataDamagedException(FormattableString.Invariant($"{assessment} has only {events.Count} of its {head.Version} events."));
    }

    private async Task<List<TableEntity>> RowsAsync(AssessmentId assessment, string from, string to, string[]? columns, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {assessment.Value} and RowKey ge {from} and RowKey lt {to}");
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: columns, cancellationToken: cancellationToken))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static Head HeadOf(List<TableEntity> rows) => rows.FirstOrDefault(r => r.RowKey == RowKeys.Head) is { } row ? Head.From(row) : new Head();

    private static IEnumerable<TableEntity> InboxOf(List<TableEntity> rows) =>
        rows.Where(r => r.RowKey.StartsWith(RowKeys.Inbox, StringComparison.Ordinal)).OrderBy(r => r.GetInt64("Place"));
}
