namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>How much one request may read, in bytes of JSON: all entries of a Bundle together, or a page with its included resources.</summary>
internal sealed class ReadBudget
{
    /// <summary>The limit for one request.</summary>
    internal const long Max = 64L * 1024 * 1024;

    private long left = Max;

    /// <summary>What is left, in bytes.</summary>
    internal long Left => left;

    /// <summary>Reserves bytes; false where there are not enough left. The first is always allowed, however large.</summary>
    internal bool TryTake(long bytes)
    {
        if (bytes > left && left < Max)
        {
            return false;
        }

        Take(bytes);
        return true;
    }

    /// <summary>Counts bytes that have already been read.</summary>
    internal void Take(long bytes) => left = Math.Max(0, left - bytes);
}
