using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.LocalOffer;

/// <summary>A difference between the new feed and the previous one.</summary>
/// <param name="Id">The service's id.</param>
/// <param name="What">Kind of change (new, gone, renamed or changed).</param>
/// <param name="Words">The service's name in the previous feed and in the new one.</param>
public sealed record OfferChange(string Id, string What, string Words);

/// <summary>The result of an import.</summary>
/// <param name="IsKept">Whether the hub now has this offer, from this import or an earlier one.</param>
/// <param name="Words">The result as a sentence.</param>
/// <param name="Extract">The content of the feed's files.</param>
/// <param name="Changes">Differences from the previous offer.</param>
public sealed record OfferResult(bool IsKept, string Words, OfferExtract Extract, IReadOnlyList<OfferChange> Changes);

/// <summary>Replaces a council's Local Offer. The offer is replaced completely or not at all, and importing the same files again changes
/// nothing.</summary>
public static class OfferImport
{
    /// <summary>If the share of services missing from a new offer is greater than one divided by this number, the offer is refused unless
    /// somebody confirms that it is right.</summary>
    private const int MaxLost = 5;

    /// <summary>Reads the files and stores the offer.</summary>
    /// <param name="source">The name of the file or folder.</param>
    /// <param name="files">The files of the feed in order, each with its name.</param>
    /// <param name="council">The council whose offer it is.</param>
    /// <param name="today">Day of the import.</param>
    /// <param name="store">The store of offers.</param>
    /// <param name="acceptSmaller">Whether the offer is accepted even if it has far fewer services than the previous one.</param>
    /// <param name="cancellationToken">Cancels the import.</param>
    /// <exception cref="InvalidDataException">A file is not an Open Referral UK feed.</exception>
    public static async Task<OfferResult> RunAsync(
        string source, IReadOnlyList<(string Name, byte[] Bytes)> files, LocalAuthorityCode council, DateOnly today, OfferStore store, bool acceptSmaller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var before = await store.ReadAsync(council, null, cancellationToken);
        var kept = before.Succeeded ? before.Value.Offer : null;
        var extract = OfferFile.Read(files);
        if (!before.Succeeded && before.Outcome != KeepingOutcome.Missing)
        {
            return new OfferResult(false, before.Reason, extract, []);
        }

        var hash = HashOf(files);
        if (kept?.Hash == hash)
        {
            return new OfferResult(true, $"The same Local Offer was already imported on {kept.TakenOn:yyyy-MM-dd}. Nothing was written.", extract, []);
        }

        var changes = kept is null ? [] : Changes(kept.Services, extract.Services);
        if (extract.Services.Count == 0)
        {
            return new OfferResult(false, "No service of the feed could be used. Nothing was written.", extract, changes);
        }

        var lost = kept is null ? 0 : kept.Services.Count - extract.Services.Count;
        if (kept is not null && lost * MaxLost > kept.Services.Count && !acceptSmaller)
        {
            return new OfferResult(false, $"The feed has {lost} fewer services than the previous one, so it may be incomplete. If the feed is right, use --smaller. Nothing was written.", extract, changes);
        }

        var written = await store.WriteAsync(council, new KeptOffer(source, hash, today, extract.Services), before.Succeeded ? before.Value.ETag : null, cancellationToken);
        return written.Succeeded
            ? new OfferResult(true, $"{extract.Services.Count} services were stored; {extract.Inactive} inactive services were left out.", extract, changes)
            : new OfferResult(false, $"{written.Reason} Nothing was written.", extract, changes);
    }

    private static string HashOf(IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, bytes) in files)
        {
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
            hash.AppendData(SHA256.HashData(bytes));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static List<OfferChange> Changes(IReadOnlyList<OfferService> before, IReadOnlyList<OfferService> after)
    {
        var (old, now) = (before.ToDictionary(one => one.Id, StringComparer.Ordinal), after.ToDictionary(one => one.Id, StringComparer.Ordinal));
        var changes = new List<OfferChange>();
        foreach (var one in after)
        {
            if (!old.TryGetValue(one.Id, out var was))
            {
                changes.Add(new OfferChange(one.Id, "new", one.Name));
            }
            else if (was.Name != one.Name)
            {
                changes.Add(new OfferChange(one.Id, "renamed", $"{was.Name} before, {one.Name} now"));
            }
            else if ((was.Url, was.Email, was.FromAge, was.ToAge, string.Join(';', was.Phones)) != (one.Url, one.Email, one.FromAge, one.ToAge, string.Join(';', one.Phones)))
            {
                changes.Add(new OfferChange(one.Id, "changed", $"{one.Name}: contact or ages"));
            }
        }

        changes.AddRange(before.Where(one => !now.ContainsKey(one.Id)).Select(one => new OfferChange(one.Id, "gone", one.Name)));
        return changes;
    }
}
