using Azure.Data.Tables;

namespace IntegrationHub.Orchestrations.AzureStorage.Partition;

/// <summary>A change of one assessment, or an answer without one.</summary>
/// <param name="Result">What the caller is told.</param>
/// <param name="After">The head after it; null when nothing changes.</param>
/// <param name="Rows">What else changes, in the same transaction.</param>
/// <param name="DeadBlobs">Blobs that nothing refers to afterwards.</param>
internal sealed record Change<T>(T Result, Head? After = null, IReadOnlyList<TableTransactionAction>? Rows = null, IReadOnlyList<string>? DeadBlobs = null);
