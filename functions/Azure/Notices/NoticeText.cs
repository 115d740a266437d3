using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using IntegrationHub.Orchestrations.AzureStorage.Rows;

namespace IntegrationHub.Azure.Notices;

/// <summary>
/// The text of a notice in a table row. The digest of a busy week can be too large for a property or even for a whole row. A text that is
/// too large for a row is stored in a blob named after its checksum, which is written before the row that refers to it. Notices are stored
/// permanently, so the blob is never removed.
/// </summary>
internal sealed class NoticeText(BlobContainerClient container)
{
    private const string Column = "Notice";
    private const string Blob = "NoticeBlob";
    private const string Folder = "notices/";

    /// <summary>The largest text stored in the row itself, in bytes.</summary>
    internal const int LargestInline = 512 * 1024;

    /// <summary>Stores the text if it is too large for a row, and returns the method that puts the text, or the name of its blob, into a
    /// row of the table.</summary>
    internal async Task<Action<TableEntity>> KeepAsync(byte[] text, CancellationToken cancellationToken)
    {
        if (text.Length <= LargestInline)
        {
            return row => SplitValue.Put(row, Column, text);
        }

        var name = Folder + Convert.ToHexStringLower(SHA256.HashData(text));
        try
        {
            var once = new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
            await container.GetBlobClient(name).UploadAsync(BinaryData.FromBytes(text), once, cancellationToken);
        }
        catch (RequestFailedException there) when (there.Status is 409 or 412)
        {
            // The same bytes are already stored, because the blob's name is their checksum.
        }

        return row => row[Blob] = name;
    }

    /// <summary>The text of the notice, or null if the row contains none.</summary>
    internal string? Read(TableEntity row) =>
        row.GetString(Blob) is { } name ? container.GetBlobClient(name).DownloadContent().Value.Content.ToString() : SplitValue.GetText(row, Column);
}
