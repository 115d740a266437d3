using Azure.Data.Tables;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.AzureStorage.Partition;
using IntegrationHub.Orchestrations.Turns;
using Effects = IntegrationHub.Orchestrations.AzureStorage.Partition.Effects;

namespace IntegrationHub.Orchestrations.AzureStorage.Committing;

/// <summary>Converts a turn into table rows.</summary>
internal sealed class Commits(PartitionReader reader, LargeValues large)
{
    /// <summary>The number of rows in a transaction for the assessment's head, state, events and effects. The rest of the transaction is
    /// for outcomes, each of which needs two operations.</summary>
    private const int RowsBesideOutcomes = 4;

    internal async Task<Change<CommitResult>> PlanAsync(Turn turn, Known known, bool again, CancellationToken cancellationToken)
    {
        var before = known.Head;
        var many = RowsBesideOutcomes + (2 * turn.Decided.Count) > PartitionWriter.MaxRows;
        if (before.Version != turn.ExpectedVersion || ((again || many) && await AnyDecidedAsync(turn, cancellationToken)))
        {
            return new Change<CommitResult>(CommitResult.Conflict);
        }

        var rows = new List<TableTransactionAction>();
        var stateBlob = before.StateBlob;
        if (turn.Events.Count > 0)
        {
            var state = await StateRowAsync(turn, cancellationToken);
            stateBlob = LargeValues.BlobOf(state);
            rows.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, state));
            rows.Add(Add(await RowAsync(turn.Assessment, RowKeys.Turn(turn.State.Version), Writing.Write(turn.Events, AssessmentJson.Default.IReadOnlyListRecordedEvent), cancellationToken)));
        }

        var open = new Dictionary<long, long>(before.Open);
        if (turn.Effects.Count > 0)
        {
            var at = turn.Events[0].At;
            KeptEffect[] effects = [.. turn.Effects.Select(e => new KeptEffect(e, at, 0, null, null, at))];
            rows.Add(Add(await RowAsync(turn.Assessment, RowKeys.Effects(turn.State.Version), Writing.Write<IReadOnlyList<KeptEffect>>(effects, RowJson.Default.IReadOnlyListKeptEffect), cancellationToken)));
            open[turn.State.Version] = at.UtcTicks;
        }

        var decided = turn.Decided.Select(d => RowKeys.Waiting(d.Delivery.MessageId)).ToHashSet();
        var remaining = known.Waiting.Where(w => !decided.Contains(w.Row)).ToList();
        rows.AddRange(many ? [await UnfinishedRowAsync(turn, cancellationToken)] : await OutcomesAsync(turn, known, cancellationToken));

        var change = before.Changes + 1;
        var after = before with
        {
            Version = turn.State.Version,
            Wake = Hint.Next(before.Wake, turn.WakeAt, change),
            Arrived = Hint.Next(before.Arrived, remaining.Count == 0 ? null : remaining[0].ReceivedAt, change),
            Effect = Hint.Next(before.Effect, Effects.Earliest(open), change),
            Open = open,
            StateBlob = stateBlob,
            Summary = turn.State.Version == 0 ? null : turn.Summary,
        };
        var dead = known.Waiting.Where(w => decided.Contains(w.Row)).Select(w => w.Blob).Append(before.StateBlob == stateBlob ? null : before.StateBlob);
        return new Change<CommitResult>(CommitResult.Committed, after, rows, [.. dead.OfType<string>()]);
    }

    private async Task<bool> AnyDecidedAsync(Turn turn, CancellationToken cancellationToken)
    {
        foreach (var decided in turn.Decided)
        {
            if (await reader.ExistsAsync(turn.Assessment, RowKeys.Outcome(decided.Delivery.MessageId), cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<IEnumerable<TableTransactionAction>> OutcomesAsync(Turn turn, Known known, CancellationToken cancellationToken)
    {
        var rows = new List<TableTransactionAction>();
        foreach (var decided in turn.Decided)
        {
            // The row must be new: if another turn has already processed the message, this turn fails.
            rows.Add(Add(await OutcomeRows.RowAsync(turn.Assessment, RowKeys.Outcome(decided.Delivery.MessageId), decided.Outcome, large, cancellationToken)));
            var waiting = RowKeys.Waiting(decided.Delivery.MessageId);
            if (known.Waiting.Any(w => w.Row == waiting))
            {
                rows.Add(PartitionWriter.Delete(turn.Assessment, waiting));
            }
        }

        return rows;
    }

    /// <summary>Puts all outcomes of a turn into one row. The row is committed with the turn. The next host that finds this row writes one
    /// row for each outcome.</summary>
    private async Task<TableTransactionAction> UnfinishedRowAsync(Turn turn, CancellationToken cancellationToken)
    {
        UnfinishedOutcome[] outcomes =
        [
            .. turn.Decided.Select(d => new UnfinishedOutcome(RowKeys.Outcome(d.Delivery.MessageId), RowKeys.Waiting(d.Delivery.MessageId), d.Outcome)),
        ];
        return Add(await RowAsync(turn.Assessment, RowKeys.Unfinished, Writing.Write<IReadOnlyList<UnfinishedOutcome>>(outcomes, RowJson.Default.IReadOnlyListUnfinishedOutcome), cancellationToken));
    }

    private async Task<TableEntity> StateRowAsync(Turn turn, CancellationToken cancellationToken)
    {
        var row = await RowAsync(turn.Assessment, RowKeys.State, Writing.Write(turn.State, AssessmentJson.Default.AssessmentState), cancellationToken);
        row["Version"] = turn.State.Version;
        row["Build"] = Writing.Build;
        return row;
    }

    private async Task<TableEntity> RowAsync(AssessmentId assessment, string key, byte[] value, CancellationToken cancellationToken)
    {
        var row = new TableEntity(assessment.Value, key);
        await large.PutAsync(row, assessment, value, cancellationToken);
        return row;
    }

    private static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);
}
