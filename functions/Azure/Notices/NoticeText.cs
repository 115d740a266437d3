using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using IntegrationHub.Orchestrations.AzureStorage.Rows;

namespace IntegrationHub.Azure.Notices;

/// <summary>
/// The words of a notice in a row: a digest of a busy week exceeds a property, and eventually a whole row. What exceeds a row is kept in a
/// blob under its hash, written before the row that names it; kept notices are the record for good, so nothing removes it.
/// </summary>
internal sealed class NoticeText(BlobContainerClient container)
{
    private const string Column = "Notice";
    private const string Blob = "NoticeBlob";
    private const string Folder = "notices/";

    /// <summary>Bytes that stay in the row.</summary>
    internal const int LargestInline = 512 * 1024;

    /// <summary>The columns to put into each row that holds the notice.</summary>
    internal async Task<Action<TableEntity>> KeepAsync(byte[] text, CancellationToken cancellationToken)
    {
        if (text.Length <= LargestInline)
        {
            return row => Pieces.Put(row, Column, text);
        }

        var name = Folder + Convert.ToHexStringLower(SHA256.HashData(text));
        try
        {
            var once = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(text), once, cancellationToken);
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
            // The same bytes are already stored, as the name is their hash.
        }

        return row => row[Blob] = name;
    }

    /// <summary>The words; null where the row has none.</summary>
    internal string? Read(TableEntity row) =>
        row.GetString(Blob) is { } name ? container.GetBlobClient(name).DownloadContent().Value.Content.ToString() : Pieces.GetText(row, Column);
}
