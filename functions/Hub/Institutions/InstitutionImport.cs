using System.Security.Cryptography;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Institutions;

/// <summary>How an import ended.</summary>
public enum ImportOutcome
{
    /// <summary>The new register is stored.</summary>
    Kept,

    /// <summary>The same files were imported before, so nothing was written.</summary>
    AlreadyThere,

    /// <summary>The register was not stored; the result gives the reason.</summary>
    Refused,
}

/// <summary>A difference between the new and the earlier register for one institution.</summary>
/// <param name="Urn">Number of the institution.</param>
/// <param name="What">What kind of change it is, for instance opened, closed or renamed.</param>
/// <param name="Words">The values before and after the change.</param>
public sealed record RegisterChange(string Urn, string What, string Words);

/// <summary>The result of an import.</summary>
/// <param name="End">How the import ended.</param>
/// <param name="Words">The result in one sentence.</param>
/// <param name="Extract">What was read from the files.</param>
/// <param name="Changes">The differences from the earlier register.</param>
public sealed record ImportResult(ImportOutcome End, string Words, GiasExtract Extract, IReadOnlyList<RegisterChange> Changes);

/// <summary>
/// Replaces the earlier register with a new register. The import is done completely or not at all, and importing the same files again changes
/// nothing.
/// </summary>
public static class InstitutionImport
{
    /// <summary>If the share of institutions missing from a new register is greater than one divided by this number, the register is
    /// refused unless somebody confirms that it is right.</summary>
    private const int MaxLost = 20;

    /// <summary>Reads the files and stores the register.</summary>
    /// <param name="name">Name of the register's file.</param>
    /// <param name="file">The register's file.</param>
    /// <param name="links">The file of links, or null if none was given.</param>
    /// <param name="today">Day of the import.</param>
    /// <param name="store">The document store that holds the register.</param>
    /// <param name="acceptSmaller">Whether to accept a register that has far fewer institutions than the earlier register.</param>
    /// <param name="cancellationToken">Stops the import.</param>
    /// <exception cref="InvalidDataException">A required column is missing, or the file is not a register.</exception>
    public static async Task<ImportResult> RunAsync(string name, byte[] file, byte[]? links, DateOnly today, InstitutionStore store, bool acceptSmaller, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        var before = await store.ReadAsync(null, cancellationToken);
        var kept = before.Succeeded ? before.Value.Register : null;
        var extract = Read(file, links);
        if (!before.Succeeded && before.Outcome != KeepingOutcome.Missing)
        {
            return new ImportResult(ImportOutcome.Refused, before.Reason, extract, []);
        }

        var hash = HashOf(file, links);
        if (kept?.Source.Hash == hash)
        {
            return new ImportResult(ImportOutcome.AlreadyThere, $"The same register was imported on {kept.Source.TakenOn:yyyy-MM-dd}, so nothing was written.", extract, []);
        }

        var changes = kept is null ? [] : Changes(kept.Rows, extract.Rows);
        if (extract.Rows.Count == 0)
        {
            return new ImportResult(ImportOutcome.Refused, "No line of the file could be used. Nothing was written.", extract, changes);
        }

        var lost = kept is null ? 0 : kept.Rows.Count(row => Open(row)) - extract.Rows.Count(Open);
        if (kept is not null && lost * MaxLost > kept.Rows.Count(Open) && !acceptSmaller)
        {
            return new ImportResult(ImportOutcome.Refused, $"The file has {lost} fewer open institutions than the earlier register, so it may be incomplete. If the file is right, repeat the command with --smaller. Nothing was written.", extract, changes);
        }

        var written = await store.WriteAsync(new KeptRegister(new RegisterSource(name, hash, today, links is not null), extract.Rows), before.Succeeded ? before.Value.ETag : null, cancellationToken);
        return written.Succeeded
            ? new ImportResult(ImportOutcome.Kept, $"{extract.Rows.Count} institutions were imported, {extract.Rows.Count(Open)} of them open.", extract, changes)
            : new ImportResult(ImportOutcome.Refused, $"{written.Reason} Nothing was written.", extract, changes);

        static bool Open(Institution row) => row.Status != InstitutionStatus.Closed;
    }

    private static GiasExtract Read(byte[] file, byte[]? links)
    {
        var extract = GiasFile.Read(new MemoryStream(file));
        if (links is null)
        {
            return extract;
        }

        var (rows, findings) = GiasLinks.Add(extract.Rows, new MemoryStream(links));
        return extract with { Rows = rows, Findings = [.. extract.Findings, .. findings.Select(finding => finding with { Words = $"Links: {finding.Words}" })] };
    }

    private static string HashOf(byte[] file, byte[]? links)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(SHA256.HashData(file));
        hash.AppendData(links is null ? [] : SHA256.HashData(links));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static IReadOnlyList<RegisterChange> Changes(IReadOnlyList<Institution> before, IReadOnlyList<Institution> after)
    {
        var (old, now) = (before.ToDictionary(row => row.Urn), after.ToDictionary(row => row.Urn));
        var changes = new List<RegisterChange>();
        foreach (var row in after)
        {
            if (!old.TryGetValue(row.Urn, out var was))
            {
                Add(row, "new", $"{row.Name}, {row.Type}");
                continue;
            }

            if (row.Status != was.Status)
            {
                Add(row, row.Status == InstitutionStatus.Closed ? "closed" : "status", $"{row.Name}: {was.Status} before, {row.Status} now");
            }

            if (row.Name != was.Name)
            {
                Add(row, "renamed", $"{was.Name} before, {row.Name} now");
            }

            if (row.Type != was.Type)
            {
                Add(row, "type", $"{row.Name}: {was.Type} before, {row.Type} now");
            }

            if (row.Section41 != was.Section41 && (row.Section41 ?? was.Section41) is not null)
            {
                Add(row, "section 41", $"{row.Name}: {Approved(was)} before, {Approved(row)} now");
            }
        }

        changes.AddRange(before.Where(row => !now.ContainsKey(row.Urn)).Select(row => new RegisterChange(row.Urn.Value, "gone", row.Name)));
        return changes;

        void Add(Institution row, string what, string words) => changes.Add(new RegisterChange(row.Urn.Value, what, words));

        static string Approved(Institution row) => row.Section41 switch { true => "approved", false => "not approved", _ => "unknown" };
    }
}
