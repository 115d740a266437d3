namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>How much one request may read, in bytes of JSON: all entries of a Bundle together, a page with what goes along.</summary>
internal sealed class ReadRoom
{
    /// <summary>Of one request.</summary>
    internal const long Most = 64L * 1024 * 1024;

    private long left = Most;

    /// <summary>What is left, in bytes.</summary>
    internal long Left => left;

    /// <summary>Takes room; false where there is not so much. The first has room however large it is.</summary>
    internal bool TryTake(long bytes)
    {
        if (bytes > left && left < Most)
        {
            return false;
        }

        Take(bytes);
        return true;
    }

    /// <summary>Takes room for what has been read already.</summary>
    internal void Take(long bytes) => left = Math.Max(0, left - bytes);
}
