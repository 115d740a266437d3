using Azure.Data.Tables;
using IntegrationHub.Orchestrations.AzureStorage;

namespace IntegrationHub.AzureStorage.Tests;

/// <summary>Copies the rows of one store's tables into another's, a partition's in transactions of a hundred. Blobs stay where they are.</summary>
internal static class TableCopies
{
    private const int MaxRows = 100;

    internal static async Task CopyAsync(TableServiceClient tables, AzureStoreOptions from, AzureStoreOptions to, CancellationToken cancellationToken)
    {
        (string From, string To)[] pairs = [(from.Assessments, to.Assessments), (from.Due, to.Due), (from.Lists, to.Lists), (from.Agencies, to.Agencies)];
        foreach (var (source, target) in pairs)
        {
            var rows = await tables.GetTableClient(source).QueryAsync<TableEntity>(cancellationToken: cancellationToken).ToListAsync(cancellationToken);
            foreach (var some in rows.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(MaxRows)))
            {
                await tables.GetTableClient(target).SubmitTransactionAsync(some.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), cancellationToken);
            }
        }
    }
}
