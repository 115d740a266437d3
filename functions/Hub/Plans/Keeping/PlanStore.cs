using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>A document that was changed or is missing.</summary>
/// <param name="Name">The name of the document.</param>
/// <param name="Problem">What is wrong, in one plain sentence.</param>
public sealed record KeepingProblem(string Name, string Problem);

/// <summary>The result of verifying the stored documents.</summary>
/// <param name="Checked">The number of documents whose bytes were read and hashed.</param>
/// <param name="Problems">Documents that were changed or are missing, and breaks in the chain of hashes.</param>
/// <param name="Unlisted">Documents that no manifest entry lists, because a crash left them behind before the manifest was written.</param>
/// <param name="Head">The hash of the last entry in the chain.</param>
public sealed record VerifyReport(int Checked, IReadOnlyList<KeepingProblem> Problems, IReadOnlyList<string> Unlisted, string Head)
{
    /// <summary>Whether nothing was changed and nothing is missing.</summary>
    public bool IsIntact => Problems.Count == 0;
}

/// <summary>
/// Stores plans. Each version is written once and never changed. The files are written first, under names that contain their hashes, and then
/// the manifest, provided that nobody else has changed it. The files do not belong to any version until the manifest lists them. If a
/// request is repeated after a crash, it finds the files and completes the work.
/// </summary>
public sealed class PlanStore(IDocumentStore documents, TimeProvider time)
{
    // The greatest number of attempts to store a version. If another writer was faster, an attempt fails and another is made. If all
    // attempts fail, the cause is a fault and not chance.
    private const int Rounds = 8;

    /// <summary>Stores a version of a plan.</summary>
    /// <returns>
    /// The outcome is Done with the manifest entry, or AlreadyThere if the same plan is already stored as this version. If a different plan
    /// is stored as this version, the outcome is Conflict and no files of the new plan are left behind. The outcome is Tampered if the
    /// manifest cannot be read, and Transient if the store cannot be reached.
    /// </returns>
    public async Task<StoreResult<ManifestEntry>> KeepAsync(PlanFiles files, CancellationToken cancellationToken)
    {
        var named = files.Named().ToList();
        for (var round = 0; round < Rounds; round++)
        {
            var read = await ReadManifestAsync(files.Plan.Assessment, cancellationToken);
            if (!read.Succeeded)
            {
                return read.As<ManifestEntry>();
            }

            var (manifest, etag) = read.Value;
            if (manifest.Entries.FirstOrDefault(e => e.Version == files.Plan.Version) is { } taken)
            {
                return await SettleAsync(taken, named, manifest, cancellationToken);
            }

            foreach (var (file, bytes) in named)
            {
                var put = await documents.PutHashedAsync(file.Name, bytes, PlanFiles.ContentType(file.Format), cancellationToken);
                if (!put.Succeeded)
                {
                    return put.As<ManifestEntry>();
                }
            }

            var next = manifest.Append(files.Plan.Version, files.Plan.Kind, files.Plan.PreparedOn, time.GetUtcNow(), [.. named.Select(n => n.File)]);
            var written = await documents.ReplaceAsync(ManifestOf(files.Plan.Assessment), next.ToBytes(), PlanFiles.ContentType(PlanFormat.Json), etag, cancellationToken);
            if (written.Succeeded)
            {
                return StoreResult.Done(next.Entries[^1]);
            }

            if (written.Outcome != KeepingOutcome.Conflict)
            {
                return written.As<ManifestEntry>();
            }
        }

        return StoreResult.Failed<ManifestEntry>(KeepingOutcome.Transient, $"{ManifestOf(files.Plan.Assessment)}: too many writers at once.");
    }

    /// <summary>The manifest, which lists every stored version. If no version of an assessment's plan has been stored, the manifest
    /// is empty.</summary>
    public async Task<StoreResult<PlanManifest>> ListAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        var read = await ReadManifestAsync(assessment, cancellationToken);
        return read.Succeeded ? StoreResult.Done(read.Value.Manifest) : read.As<PlanManifest>();
    }

    /// <summary>The bytes of a version of the plan in one format. The hash of the bytes is checked before they are returned.</summary>
    /// <returns>The outcome is Done, Missing, Tampered (if the bytes have changed) or Transient.</returns>
    public async Task<StoreResult<byte[]>> ReadAsync(AssessmentId assessment, int version, PlanFormat format, CancellationToken cancellationToken)
    {
        var listed = await ListAsync(assessment, cancellationToken);
        if (!listed.Succeeded)
        {
            return listed.As<byte[]>();
        }

        if (listed.Value.Entries.FirstOrDefault(e => e.Version == version)?.Files.FirstOrDefault(f => f.Format == format) is not { } file)
        {
            return StoreResult.Failed<byte[]>(KeepingOutcome.Missing, $"Version {version} is not stored in this format.");
        }

        var read = await documents.ReadAsync(file.Name, cancellationToken);
        return !read.Succeeded ? read.As<byte[]>()
            : PlanJson.ContentHash(read.Value.Bytes) == file.Sha256 ? StoreResult.Done(read.Value.Bytes)
            : StoreResult.Failed<byte[]>(KeepingOutcome.Tampered, $"{file.Name}: its bytes are not those that were stored.");
    }

    /// <summary>Reads and hashes everything stored for an assessment and recalculates the chain of hashes.</summary>
    /// <param name="assessment">The assessment.</param>
    /// <param name="knownHead">The hash of the last entry, as recorded in the audit trail. Without this hash, nobody can detect that the
    /// entire manifest was rewritten.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<StoreResult<VerifyReport>> VerifyAsync(AssessmentId assessment, string? knownHead, CancellationToken cancellationToken)
    {
        var listed = await ListAsync(assessment, cancellationToken);
        var names = await documents.ListAsync(FolderOf(assessment), cancellationToken);
        if (!names.Succeeded || (!listed.Succeeded && listed.Outcome != KeepingOutcome.Tampered))
        {
            return names.Succeeded ? listed.As<VerifyReport>() : names.As<VerifyReport>();
        }

        return await PlanVerification.RunAsync(documents, assessment, listed.Value, names.Value, knownHead, cancellationToken);
    }

    /// <summary>Removes files that a crash left behind. Call this method only while nothing is being stored for this assessment.</summary>
    /// <returns>The names of the files that were removed, or Refused if a file is under a legal hold.</returns>
    public async Task<StoreResult<IReadOnlyList<string>>> RemoveUnlistedAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        var verified = await VerifyAsync(assessment, null, cancellationToken);
        if (!verified.Succeeded)
        {
            return verified.As<IReadOnlyList<string>>();
        }

        foreach (var name in verified.Value.Unlisted)
        {
            var removed = await documents.RemoveAsync(name, cancellationToken);
            if (!removed.Succeeded && removed.Outcome != KeepingOutcome.Missing)
            {
                return removed.As<IReadOnlyList<string>>();
            }
        }

        return StoreResult.Done(verified.Value.Unlisted);
    }

    /// <summary>
    /// Removes from the manifest the first version that the case did not prepare, and all versions after it. A case that was restored from
    /// a backup gives the numbers of such versions to other plans, which could not be stored otherwise. The documents stay, but are no
    /// longer listed anywhere.
    /// </summary>
    /// <param name="assessment">The assessment.</param>
    /// <param name="prepared">The versions that the case prepared.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The number of versions that were removed.</returns>
    public async Task<StoreResult<int>> RemoveLaterAsync(AssessmentId assessment, IReadOnlySet<int> prepared, CancellationToken cancellationToken)
    {
        var read = await ReadManifestAsync(assessment, cancellationToken);
        if (!read.Succeeded)
        {
            return read.As<int>();
        }

        var (manifest, etag) = read.Value;
        List<ManifestEntry> left = [.. manifest.Entries.TakeWhile(entry => prepared.Contains(entry.Version))];
        var later = manifest.Entries.Count - left.Count;
        if (later == 0)
        {
            return StoreResult.Done(0);
        }

        var rest = manifest with { Entries = left };
        var written = await documents.ReplaceAsync(ManifestOf(assessment), rest.ToBytes(), PlanFiles.ContentType(PlanFormat.Json), etag, cancellationToken);
        return written.Succeeded ? StoreResult.Done(later) : written.As<int>();
    }

    internal static string FolderOf(AssessmentId assessment) => $"{assessment.Council}/{assessment}";

    internal static string ManifestOf(AssessmentId assessment) => $"{FolderOf(assessment)}/manifest.json";

    private async Task<StoreResult<ManifestEntry>> SettleAsync(ManifestEntry taken, List<(PlanFile File, byte[] Bytes)> named, PlanManifest manifest, CancellationToken cancellationToken)
    {
        if (taken.Files.First(f => f.Format == PlanFormat.Json).Sha256 == named.First(n => n.File.Format == PlanFormat.Json).File.Sha256)
        {
            return StoreResult.AlreadyThere(taken);
        }

        // The second of the two writers removes its files, except any file that the first writer's manifest entry also lists.
        var kept = manifest.Entries.SelectMany(e => e.Files).Select(f => f.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (file, _) in named.Where(n => !kept.Contains(n.File.Name)))
        {
            await documents.RemoveAsync(file.Name, cancellationToken);
        }

        return StoreResult.Failed<ManifestEntry>(KeepingOutcome.Conflict, $"A different plan is already stored as version {taken.Version}.");
    }

    private async Task<StoreResult<(PlanManifest Manifest, string? ETag)>> ReadManifestAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        var name = ManifestOf(assessment);
        var read = await documents.ReadAsync(name, cancellationToken);
        return read switch
        {
            { Outcome: KeepingOutcome.Missing } => StoreResult.Done<(PlanManifest, string?)>((new PlanManifest(assessment, []), null)),
            { Succeeded: false } => read.As<(PlanManifest, string?)>(),
            _ when PlanManifest.Read(read.Value!.Bytes) is { } manifest && manifest.Assessment == assessment => StoreResult.Done<(PlanManifest, string?)>((manifest, read.Value.ETag)),
            _ => StoreResult.Failed<(PlanManifest, string?)>(KeepingOutcome.Tampered, $"{name}: it cannot be read as this assessment's manifest."),
        };
    }
}
