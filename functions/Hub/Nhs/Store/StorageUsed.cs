namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>How much one writer has stored in the FHIR store.</summary>
/// <param name="Versions">Number of versions of resources.</param>
/// <param name="Bytes">Total size in bytes of these versions and of the submissions that contained them.</param>
public sealed record StorageUsed(long Versions, long Bytes)
{
    /// <summary>Nothing is stored.</summary>
    public static readonly StorageUsed None = new(0, 0);

    /// <summary>The sum of two amounts.</summary>
    public static StorageUsed operator +(StorageUsed one, StorageUsed other) => new(one.Versions + other.Versions, one.Bytes + other.Bytes);

    /// <summary>How much a commit adds to what each writer has stored.</summary>
    public static IEnumerable<(string By, StorageUsed Amount)> Of(Commit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        if (commit.Received is { } received)
        {
            yield return (received.From, new StorageUsed(0, received.Bytes.Length));
        }

        foreach (var write in commit.Writes)
        {
            yield return (write.Resource.WrittenBy, new StorageUsed(1, write.Resource.Json.Length));
        }
    }
}
