using Azure.Data.Tables;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Orchestrations.AzureStorage.Partition;

/// <summary>Adds deliveries to the inbox.</summary>
internal sealed class Deliveries(PartitionReader reader, LargeValues large)
{
    internal async Task<Change<InboxReceipt>> PlanAsync(Delivery delivery, Known known, CancellationToken cancellationToken)
    {
        if (known.Waiting.Any(w => w.Row == RowKeys.Waiting(delivery.MessageId)))
        {
            return new Change<InboxReceipt>(new InboxReceipt(false, null));
        }

        // The outcome is read after the head row. If a turn processes the delivery between the two reads, the turn changes the head row,
        // so this write fails and is repeated.
        if (await reader.OutcomeAsync(delivery.Assessment, delivery.MessageId, cancellationToken) is { } outcome)
        {
            return new Change<InboxReceipt>(new InboxReceipt(false, outcome));
        }

        var (after, row) = await AddedAsync(delivery, known, known.Head, cancellationToken);
        return new Change<InboxReceipt>(new InboxReceipt(true, null), after, [row]);
    }

    /// <summary>The new head row, and the row to add for the delivery.</summary>
    internal async Task<(Head After, TableTransactionAction Row)> AddedAsync(Delivery delivery, Known known, Head head, CancellationToken cancellationToken)
    {
        var row = new TableEntity(delivery.Assessment.Value, RowKeys.Waiting(delivery.MessageId))
        {
            ["Place"] = head.NextPlace,
            ["ReceivedAt"] = delivery.ReceivedAt.UtcTicks,
        };
        await large.PutAsync(row, delivery.Assessment, Writing.Write(delivery, TurnJson.Default.Delivery), cancellationToken);
        var first = known.Waiting.Count == 0 ? delivery.ReceivedAt : known.Waiting[0].ReceivedAt;
        var after = head with { NextPlace = head.NextPlace + 1, Arrived = Hint.Next(head.Arrived, first, head.Changes + 1) };
        return (after, new TableTransactionAction(TableTransactionActionType.Add, row));
    }
}
