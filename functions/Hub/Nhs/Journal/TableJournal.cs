using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace IntegrationHub.Functions.Nhs.Journal;

/// <summary>
/// The journal in an Azure table, with entries numbered 1, 2, 3 and so on. Each entry is a row that is added once and never changed. Only
/// the first host to add an entry with a given number succeeds, so any number of hosts agree on one order. Large content is in a blob named
/// after the SHA-256 of the content, written before the row that refers to it.
/// </summary>
public sealed class TableJournal(TableClient table, BlobContainerClient container)
{
    private const string Partition = "fhir";
    private const string Data = "Data";
    private const string Blob = "Blob";

    // A binary property can contain 64 KiB.
    private const int LargestRow = 60 * 1024;

    /// <summary>Creates the table and the container if they do not exist.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await table.CreateIfNotExistsAsync(cancellationToken);
        await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
    }

    /// <summary>The entries with numbers above the given number, in order.</summary>
    /// <exception cref="InvalidDataException">An entry is missing or cannot be read, so no later entry can be trusted.</exception>
    public async IAsyncEnumerable<(long Number, JournalEntry Entry)> AfterAsync(long number, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {Partition} and RowKey gt {Key(number)}");
        await foreach (var row in table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (row.RowKey != Key(++number))
            {
                throw new InvalidDataException(FormattableString.Invariant($"Entry {number} of the FHIR journal is missing."));
            }

            var bytes = row.GetString(Blob) is { } name ? await BodyAsync(name, cancellationToken) : row.GetBinary(Data);
            yield return (number, JsonSerializer.Deserialize(bytes, JournalJson.Default.JournalEntry)
                ?? throw new InvalidDataException(FormattableString.Invariant($"Entry {number} of the FHIR journal is empty.")));
        }
    }

    /// <summary>Adds an entry with a number, or returns false if an entry with this number exists.</summary>
    public async Task<bool> TryAddAsync(long number, JournalEntry entry, CancellationToken cancellationToken)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(entry, JournalJson.Default.JournalEntry);
        var row = new TableEntity(Partition, Key(number));
        if (bytes.Length > LargestRow)
        {
            row[Blob] = await KeepBodyAsync(bytes, cancellationToken);
        }
        else
        {
            row[Data] = bytes;
        }

        try
        {
            await table.AddEntityAsync(row, cancellationToken);
            return true;
        }
        catch (RequestFailedException taken) when (taken.Status == 409)
        {
            return false;
        }
    }

    /// <summary>Stores bytes once, under their SHA-256.</summary>
    /// <returns>The name of the blob.</returns>
    public async Task<string> KeepBodyAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(bytes.Span));
        try
        {
            await container.GetBlobClient(name).UploadAsync(
                new BinaryData(bytes), new BlobUploadOptions { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } }, cancellationToken);
        }
        catch (RequestFailedException kept) when (kept.Status is 409 or 412)
        {
            // The same bytes are already stored, because the name is their checksum.
        }

        return name;
    }

    /// <summary>The bytes of the blob with this name.</summary>
    /// <exception cref="InvalidDataException">The bytes are missing or were changed.</exception>
    public async Task<byte[]> BodyAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = (await container.GetBlobClient(name).DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
            return Convert.ToHexStringLower(SHA256.HashData(bytes)) == name ? bytes : throw new InvalidDataException($"Blob {name} of the FHIR journal was changed.");
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            throw new InvalidDataException($"Blob {name} of the FHIR journal is missing.", missing);
        }
    }

    private static string Key(long number) => number.ToString("D19", CultureInfo.InvariantCulture);
}
