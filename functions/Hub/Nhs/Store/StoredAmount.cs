namespace IntegrationHub.Functions.Nhs.Store;

/// <summary>How much one writer has stored.</summary>
/// <param name="Versions">Versions of resources.</param>
/// <param name="Bytes">Bytes of those versions and of the submissions in which they came.</param>
public sealed record StoredAmount(long Versions, long Bytes)
{
    /// <summary>Nothing.</summary>
    public static readonly StoredAmount None = new(0, 0);

    /// <summary>Both together.</summary>
    public static StoredAmount operator +(StoredAmount one, StoredAmount other) => new(one.Versions + other.Versions, one.Bytes + other.Bytes);

    /// <summary>What a commit adds, by writer.</summary>
    public static IEnumerable<(string By, StoredAmount Amount)> Of(Commit commit)
    {
        ArgumentNullException.ThrowIfNull(commit);
        if (commit.Received is { } received)
        {
            yield return (received.From, new StoredAmount(0, received.Bytes.Length));
        }

        foreach (var write in commit.Writes)
        {
            yield return (write.Resource.WrittenBy, new StoredAmount(1, write.Resource.Json.Length));
        }
    }
}
