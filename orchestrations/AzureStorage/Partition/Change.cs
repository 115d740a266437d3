using Azure.Data.Tables;

namespace IntegrationHub.Orchestrations.AzureStorage.Partition;

/// <summary>A change to one assessment, or an answer that changes nothing.</summary>
/// <param name="Result">The result for the caller.</param>
/// <param name="After">The head row after the change, or null if nothing changes.</param>
/// <param name="Rows">The other rows that change in the same transaction.</param>
/// <param name="DeadBlobs">The blobs to which nothing refers after the change.</param>
internal sealed record Change<T>(T Result, Head? After = null, IReadOnlyList<TableTransactionAction>? Rows = null, IReadOnlyList<string>? DeadBlobs = null);
