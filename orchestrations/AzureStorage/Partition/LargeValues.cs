using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.AzureStorage.Rows;

namespace IntegrationHub.Orchestrations.AzureStorage.Partition;

/// <summary>
/// Stores values of any size. A value up to a certain size is in the row itself, in pieces of at most 64 KiB as the table service
/// requires. A larger value is in a blob, which is written before the row. The blob is named after its assessment and its checksum, so
/// writing it twice changes nothing. A blob that a crash left without a row is removed with its assessment.
/// </summary>
internal sealed class LargeValues(BlobContainerClient container, int largestInline)
{
    private const int Piece = 60 * 1024;
    private const string BlobColumn = "Blob";
    private const string PiecesColumn = "Pieces";

    /// <summary>Puts the value into the row, or into a blob if the value is large.</summary>
    internal async ValueTask PutAsync(TableEntity row, AssessmentId assessment, byte[] value, CancellationToken cancellationToken)
    {
        if (value.Length > largestInline)
        {
            var name = $"{assessment}/{Convert.ToHexStringLower(SHA256.HashData(value))}";
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(value), overwrite: true, cancellationToken);
            row[BlobColumn] = name;
            return;
        }

        var pieces = 0;
        for (var at = 0; at < value.Length; at += Piece)
        {
            row[FormattableString.Invariant($"P{pieces++}")] = value[at..Math.Min(at + Piece, value.Length)];
        }

        row[PiecesColumn] = pieces;
    }

    /// <summary>Reads the value of a row.</summary>
    /// <returns>The value, or null if its blob was removed because the row had been replaced after it was read.</returns>
    /// <exception cref="StoredDataDamagedException">The row has changed since it was written.</exception>
    internal async ValueTask<byte[]?> GetAsync(TableEntity row, CancellationToken cancellationToken)
    {
        if (row.GetString(BlobColumn) is { } name)
        {
            try
            {
                BlobDownloadResult read = await container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
                return read.Content.ToArray();
            }
            catch (RequestFailedException missing) when (missing.Status == 404)
            {
                return null;
            }
        }

        var pieces = row.GetInt32(PiecesColumn) ?? throw Damaged(row);
        return pieces == 1 ? Bytes(row, 0) : [.. Enumerable.Range(0, pieces).SelectMany(n => Bytes(row, n))];
    }

    /// <summary>Reads the value of a row that is never replaced.</summary>
    /// <exception cref="StoredDataDamagedException">The value has changed since it was written, or its blob is lost.</exception>
    internal async ValueTask<byte[]> GetLastingAsync(TableEntity row, CancellationToken cancellationToken) =>
        await GetAsync(row, cancellationToken) ?? throw Damaged(row);

    /// <summary>The blob to which a row refers, or null if there is none.</summary>
    internal static string? BlobOf(TableEntity row) => row.GetString(BlobColumn);

    /// <summary>Removes blobs whose rows no longer exist.</summary>
    internal async Task RemoveAsync(IEnumerable<string> blobs, CancellationToken cancellationToken)
    {
        foreach (var name in blobs)
        {
            await container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellationToken);
        }
    }

    private static byte[] Bytes(TableEntity row, int piece) => row.GetBinary(FormattableString.Invariant($"P{piece}")) ?? throw Damaged(row);

    private static StoredDataDamagedException Damaged(TableEntity row) => new($"The row {row.RowKey} of {row.PartitionKey} is damaged and cannot be read completely.");
}
