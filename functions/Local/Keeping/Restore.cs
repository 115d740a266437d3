using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Keeping;

/// <summary>Restores a backup as a new data directory, after checking that the backup is complete. An existing data directory is never
/// overwritten.</summary>
internal static class Restore
{
    /// <summary>Restores a backup.</summary>
    /// <param name="folder">The folder of the backup.</param>
    /// <param name="data">The data directory, which must be empty or not yet exist.</param>
    /// <param name="problem">Called with each problem. If there is any problem, nothing is restored.</param>
    /// <param name="cancellationToken">Stops the restore.</param>
    /// <returns>The backup's manifest and the number of cases that were read in full, or null if there was a problem.</returns>
    /// <exception cref="IOException">The data directory is not empty, or cannot be written to.</exception>
    /// <exception cref="InvalidDataException">The folder is not a complete backup.</exception>
    internal static async Task<(BackupManifest Manifest, int Cases)?> RunAsync(string folder, string data, Action<string> problem, CancellationToken cancellationToken)
    {
        if (File.Exists(data) || (Directory.Exists(data) && Directory.EnumerateFileSystemEntries(data).Any()))
        {
            throw new IOException($"{data} already exists and is not empty. Move it away first, because a restore never overwrites data.");
        }

        if (Backup.IsInside(data, folder))
        {
            throw new IOException($"{data} is in the folder of the backup. Give a directory outside it.");
        }

        var manifest = BackupManifest.Read(folder);
        var problems = 0;
        foreach (var found in manifest.Problems(folder))
        {
            Tell(found);
        }

        if (problems > 0)
        {
            return null;
        }

        // An existing directory can be the mount point of a disk or a link to a directory on another disk, so the files are moved into it
        // and it is not replaced. If the directory does not exist, the complete directory is moved into place.
        var isThere = Directory.Exists(data);
        var whole = Path.TrimEndingDirectorySeparator(Path.GetFullPath(data));
        var beside = isThere ? Path.Combine(DataDirectory.Open(whole), $".restoring-{Environment.ProcessId}") : $"{whole}.restoring-{Environment.ProcessId}";
        DataDirectory.Open(beside);
        var placed = false;
        try
        {
            // A backup made before the first document was stored names no document, and copying a backup elsewhere can lose an empty folder.
            foreach (var created in StoreFiles.Folders)
            {
                Directory.CreateDirectory(Path.Combine(beside, created));
            }

            foreach (var file in manifest.Files)
            {
                var to = Path.Combine(beside, file.Name);
                Directory.CreateDirectory(Path.GetDirectoryName(to)!);
                File.Copy(Path.Combine(folder, file.Name), to);
            }

            foreach (var found in manifest.Problems(beside))
            {
                Tell(found);
            }

            var cases = await DataCheck.ReadAsync(beside, Tell, cancellationToken);
            if (problems > 0)
            {
                return null;
            }

            await RemoveLaterPlansAsync(beside, cases, cancellationToken);
            if (isThere)
            {
                // Files that have been moved stay if the rest cannot be moved.
                placed = true;
                Fill(whole, beside);
            }
            else
            {
                Directory.Move(beside, whole);
                placed = true;
            }

            DataDirectory.Open(data);
            return (manifest, cases.Count);
        }
        finally
        {
            if (!placed)
            {
                Directory.Delete(beside, recursive: true);
            }
        }

        void Tell(string found)
        {
            problems++;
            problem(found);
        }
    }

    /// <summary>
    /// Moves the restored files into a directory. The list of stores is moved first and the stores last, so that a hub does not start in the
    /// directory if the restore is interrupted between them.
    /// </summary>
    private static void Fill(string data, string beside)
    {
        foreach (var entry in Directory.GetFileSystemEntries(beside).OrderBy(entry => Rank(Path.GetFileName(entry))))
        {
            Directory.Move(entry, Path.Combine(data, Path.GetFileName(entry)));
        }

        Directory.Delete(beside);

        static int Rank(string name) => name == StoreFiles.Marker ? 0 : StoreFiles.IsPartOfStore(name) ? 2 : 1;
    }

    /// <summary>Documents are copied after the stores, so a manifest can list versions of a plan that the restored case has not
    /// prepared.</summary>
    private static async Task RemoveLaterPlansAsync(string data, IReadOnlyList<AssessmentState> cases, CancellationToken cancellationToken)
    {
        var plans = new PlanStore(new FolderDocuments(Path.Combine(data, LocalHub.Documents), new KeepingRules(), TimeProvider.System), TimeProvider.System);
        foreach (var state in cases)
        {
            var removed = await plans.RemoveLaterAsync(state.Id, state.Plans.Select(plan => plan.Version).ToHashSet(), cancellationToken);
            if (!removed.Succeeded)
            {
                throw new IOException(removed.Reason);
            }
        }
    }
}
