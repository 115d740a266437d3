using System.IO.Compression;
using System.Text.Json;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Moving;

namespace IntegrationHub.Functions.Moves;

/// <summary>A package whose signature, files and chain were verified, so nothing in it has changed since the other council signed
/// it.</summary>
/// <param name="Manifest">The manifest of the package.</param>
/// <param name="Files">The bytes of each file, by file name.</param>
/// <param name="State">The case as it was at the other council.</param>
/// <param name="Plan">The plan in force.</param>
public sealed record ReceivedPackage(PackageManifest Manifest, IReadOnlyDictionary<string, byte[]> Files, AssessmentState State, PlanDocument Plan)
{
    // These size limits are greater than the largest case needs, so a package that unpacks to more was not written by a hub.
    private const int MaxFiles = 2000;
    private const long MaxBytes = 1L << 30;

    /// <summary>Reads and verifies a package.</summary>
    /// <param name="package">The package's bytes.</param>
    /// <param name="sender">The public key of the council from which the package must come.</param>
    /// <returns>The package, or what is wrong with it.</returns>
    public static (ReceivedPackage? Package, string Problem) Read(byte[] package, PackageKey sender)
    {
        ArgumentNullException.ThrowIfNull(sender);
        var (files, broken) = Unzip(package);
        if (files is null)
        {
            return (null, broken);
        }

        if (!files.Remove(PackageManifest.Name, out var signed) || !files.Remove(PackageManifest.Signature, out var signature))
        {
            return (null, "The package does not contain a signed manifest, so it was not written by a hub or parts of it are missing.");
        }

        if (!sender.Signed(signed, signature))
        {
            return (null, "The package's signature does not match the key of the council that should have sent it. The package was changed, or somebody else created it.");
        }

        if (PackageManifest.Read(signed) is not { Format: PackageManifest.ThisFormat } manifest)
        {
            return (null, "The package's format is unknown to this hub. A newer version of the hub may have created the package.");
        }

        foreach (var listed in manifest.Files)
        {
            if (!files.TryGetValue(listed.Name, out var bytes))
            {
                return (null, $"{listed.Name} is missing.");
            }

            if (bytes.LongLength != listed.Size || PlanJson.ContentHash(bytes) != listed.Sha256)
            {
                return (null, $"{listed.Name} is damaged or was changed.");
            }
        }

        return files.Keys.FirstOrDefault(name => manifest.Files.All(listed => listed.Name != name)) is { } added
            ? (null, $"{added} was added, because the manifest does not list it.")
            : Understood(manifest, files);
    }

    private static (ReceivedPackage? Package, string Problem) Understood(PackageManifest manifest, Dictionary<string, byte[]> files)
    {
        if (CaseIn(files) is not { } moved || moved.Assessment != manifest.Case || moved.Events.Where((e, n) => e.Sequence != n + 1).Any())
        {
            return (null, $"{PackageManifest.CaseFile} is not the case named in the manifest.");
        }

        var state = Assessment.Replay(AssessmentState.None(moved.Assessment), moved.Events.Select(e => e.What));
        if (state.Facts?.Child != manifest.Child)
        {
            return (null, "The manifest and the case are about different children.");
        }

        if (!files.TryGetValue(PackageManifest.ChainFile, out var kept) || PlanManifest.Read(kept) is not { } chain || chain.Assessment != manifest.Case || chain.Head != manifest.Chain || Break(chain, files) is not null
            || TrailComparison.Problems(state, chain.Entries).Any())
        {
            return (null, "The chain of the plan's versions is broken.");
        }

        var inForce = chain.Entries.Where(entry => entry.Kind != PlanKind.Draft).MaxBy(entry => entry.Version)?.Files.FirstOrDefault(file => file.Format == PlanFormat.Json);
        if (inForce is null)
        {
            return (null, "The package contains no final version of the plan.");
        }

        var plan = PlanJson.Read(files[PackageWriter.NameOf(inForce)]);
        return plan.Child.DateOfBirth == manifest.Child.DateOfBirth && plan.Assessment == manifest.Case
            ? (new ReceivedPackage(manifest, files, state, plan), "")
            : (null, "The plan and the case are about different children.");
    }

    private static MovedAssessment? CaseIn(Dictionary<string, byte[]> files)
    {
        if (!files.TryGetValue(PackageManifest.CaseFile, out var bytes))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(bytes, MovingJson.ToRead) is { } line && line.Moved.Digest() == line.Sha256 ? line.Moved : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The first entry that does not follow from the previous entry, or whose files are not in the package; null if the chain is
    /// intact.</summary>
    private static ManifestEntry? Break(PlanManifest chain, Dictionary<string, byte[]> files)
    {
        var previous = "";
        foreach (var entry in chain.Entries)
        {
            if (entry.Previous != previous || entry.Hash != entry.Recomputed()
                || entry.Files.Any(file => !files.TryGetValue(PackageWriter.NameOf(file), out var bytes) || PlanJson.ContentHash(bytes) != file.Sha256))
            {
                return entry;
            }

            previous = entry.Hash;
        }

        return null;
    }

    private static (Dictionary<string, byte[]>? Files, string Problem) Unzip(byte[] package)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        try
        {
            using var zip = new ZipArchive(new MemoryStream(package, writable: false), ZipArchiveMode.Read);
            if (zip.Entries.Count > MaxFiles || zip.Entries.Sum(entry => entry.Length) > MaxBytes)
            {
                return (null, "The package is larger than any package written by a hub.");
            }

            foreach (var entry in zip.Entries)
            {
                // Only the stated number of bytes is read; a file that unpacks to more is damaged.
                var bytes = new byte[entry.Length];
                using var content = entry.Open();
                content.ReadExactly(bytes);
                if (content.ReadByte() != -1 || !files.TryAdd(entry.FullName, bytes))
                {
                    return (null, $"{entry.FullName} is damaged.");
                }
            }

            return (files, "");
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or IOException)
        {
            return (null, "The package cannot be unpacked, because the file is damaged or not a package.");
        }
    }
}
