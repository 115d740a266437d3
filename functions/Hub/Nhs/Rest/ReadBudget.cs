namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>
/// Limits how much one request can read, in bytes of JSON. All entries of a Bundle together count as one request, and so does a page with
/// its included resources.
/// </summary>
internal sealed class ReadBudget
{
    /// <summary>The limit for one request, in bytes.</summary>
    internal const long Max = 64L * 1024 * 1024;

    private long left = Max;

    /// <summary>Number of bytes that the request can still read.</summary>
    internal long Left => left;

    /// <summary>Reserves bytes, or returns false if not enough are left. The first reservation is always allowed, however large.</summary>
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
