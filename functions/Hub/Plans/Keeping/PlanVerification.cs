using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>Recalculates every hash in the chain of one assessment's plan, and reports every difference.</summary>
internal static class PlanVerification
{
    internal static async Task<StoreResult<VerifyReport>> RunAsync(
        IDocumentStore documents, AssessmentId assessment, PlanManifest? manifest, IReadOnlyList<string> names, string? knownHead, CancellationToken cancellationToken)
    {
        var manifestName = PlanStore.ManifestOf(assessment);
        var problems = new List<KeepingProblem>();
        if (manifest is null)
        {
            problems.Add(new(manifestName, "The file cannot be read as this assessment's manifest."));
        }

        var entries = manifest?.Entries ?? [];
        Chain(manifestName, entries, manifest?.Head ?? "", knownHead, problems);

        var read = 0;
        var listed = new HashSet<string>(StringComparer.Ordinal) { manifestName };
        foreach (var file in entries.SelectMany(e => e.Files))
        {
            listed.Add(file.Name);
            if (await HashAsync(file.Name, file.Sha256) is { } failed)
            {
                return failed;
            }
        }

        var attachments = $"{PlanStore.FolderOf(assessment)}/attachments/";
        foreach (var name in names.Where(n => n.StartsWith(attachments, StringComparison.Ordinal)))
        {
            listed.Add(name);
            if (await HashAsync(name, name[attachments.Length..]) is { } failed)
            {
                return failed;
            }
        }

        return StoreResult.Done(new VerifyReport(read, problems, [.. names.Where(n => !listed.Contains(n))], manifest?.Head ?? ""));

        async Task<StoreResult<VerifyReport>?> HashAsync(string name, string sha256)
        {
            var document = await documents.ReadAsync(name, cancellationToken);
            if (document.Outcome == KeepingOutcome.Missing)
            {
                problems.Add(new(name, "The document is missing."));
                return null;
            }

            if (!document.Succeeded)
            {
                return document.As<VerifyReport>();
            }

            read++;
            if (PlanJson.ContentHash(document.Value.Bytes) != sha256)
            {
                problems.Add(new(name, "The content has changed since the document was stored."));
            }

            return null;
        }
    }

    private static void Chain(string manifestName, IReadOnlyList<ManifestEntry> entries, string head, string? knownHead, List<KeepingProblem> problems)
    {
        var previous = "";
        foreach (var entry in entries)
        {
            if (entry.Previous != previous || entry.Hash != entry.Recomputed())
            {
                problems.Add(new(manifestName, $"The chain of hashes breaks at version {entry.Version}."));
            }

            previous = entry.Hash;
        }

        if (knownHead is not null && head != knownHead && !entries.Any(e => e.Hash == knownHead))
        {
            problems.Add(new(manifestName, "The manifest does not contain the hash that the audit trail recorded, so versions were rewritten or removed."));
        }
    }
}
