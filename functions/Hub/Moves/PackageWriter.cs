using System.IO.Compression;
using System.Text.Json;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Moving;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Moves;

/// <summary>
/// Writes the package with which a plan is transferred (reg 15(2)): every version of the plan with its chain, the advice, the documents,
/// the events of the case, and a signed manifest of them all.
/// </summary>
/// <param name="store">The cases.</param>
/// <param name="documents">The plans and documents.</param>
/// <param name="time">The clock.</param>
public sealed class PackageWriter(IAssessmentStore store, IDocumentStore documents, TimeProvider time)
{
    /// <summary>Writes the package.</summary>
    /// <returns>The package's bytes, or the reason why there is no package.</returns>
    public async Task<(byte[]? Package, string Problem)> WriteAsync(AssessmentId assessment, PackageKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var state = (await store.LoadAsync(assessment, cancellationToken)).State;
        if (state.Facts is null)
        {
            return (null, "There is no case with this id.");
        }

        if (!MaintainedPlan.IsMaintainedHere(state))
        {
            return (null, "This council maintains no plan in this case, so there is no plan to transfer.");
        }

        if (state.MovingTo is not { } move)
        {
            return (null, "No move is on record. Record the council to which the family is moving (move-to-another-council).");
        }

        var kept = await documents.ReadAsync(PlanStore.ManifestOf(assessment), cancellationToken);
        if (!kept.Succeeded || PlanManifest.Read(kept.Value.Bytes) is not { Entries.Count: > 0 } chain)
        {
            return (null, "The hub has no version of the plan. Enter the plan's text first (enter-plan-text).");
        }

        var sound = await new PlanStore(documents, time).VerifyAsync(assessment, state.Plans.LastOrDefault(p => p.ManifestHash is not null)?.ManifestHash, cancellationToken);
        if (!sound.Succeeded || !sound.Value.IsIntact || TrailComparison.Problems(state, chain.Entries).Any())
        {
            return (null, "The stored plan is damaged or was changed. First run the `check` command and restore the damaged files.");
        }

        var files = new List<(PackageFile File, byte[] Bytes)>();
        void Add(string name, byte[] bytes, string? what = null, string? shownAs = null)
        {
            if (files.TrueForAll(one => one.File.Name != name))
            {
                files.Add((new PackageFile(name, PlanJson.ContentHash(bytes), bytes.LongLength, what, shownAs), bytes));
            }
        }

        var moved = new MovedAssessment { Assessment = assessment, Events = await store.EventsAsync(assessment, 0, cancellationToken: cancellationToken), Messages = [], Inbox = [], Effects = [] };
        Add(PackageManifest.CaseFile, JsonSerializer.SerializeToUtf8Bytes(new MovedLine(moved, moved.Digest()), MovingJson.Default.MovedLine));
        Add(PackageManifest.ChainFile, kept.Value.Bytes, "The chain of the plan's versions", "plan-versions.json");
        foreach (var (entry, file) in chain.Entries.SelectMany(entry => entry.Files.Select(file => (entry, file))))
        {
            Add(
                NameOf(file), (await documents.ReadAsync(file.Name, cancellationToken)).Value!.Bytes, FormattableString.Invariant($"Version {entry.Version} of the plan, {Words.Day(entry.PreparedOn, true)}"),
                FormattableString.Invariant($"plan-version-{entry.Version}.{file.Format.ToString().ToLowerInvariant()}"));
        }

        foreach (var advice in state.Advice)
        {
            Add($"advice/{advice.Id}.txt", AdviceAsText.Of(advice), AdviceAsText.TitleOf(advice), $"{advice.Id}.txt");
        }

        foreach (var (document, what) in DocumentsOf(state))
        {
            var read = await documents.ReadAsync(AttachmentStore.TokenOf(AttachmentStore.FolderOf(assessment), document.Sha256), cancellationToken);
            if (!read.Succeeded)
            {
                return (null, $"The document {document.Sha256} cannot be read: {read.Outcome}.");
            }

            Add($"documents/{document.Sha256}", read.Value.Bytes, what, document.FileName);
        }

        var manifest = new PackageManifest(
            PackageManifest.ThisFormat, assessment.Council, move.Council, assessment, time.GetUtcNow().ToUniversalTime(), state.Facts.Child, chain.Head, [.. files.Select(one => one.File)]).ToBytes();
        return (Zip([(PackageManifest.Name, manifest), (PackageManifest.Signature, key.Sign(manifest)), .. files.Select(one => (one.File.Name, one.Bytes))]), "");
    }

    /// <summary>The name of a plan's file in the package.</summary>
    internal static string NameOf(PlanFile file) => $"plan/{file.Name[(file.Name.LastIndexOf('/') + 1)..]}";

    /// <summary>Every document received in the case, with its description.</summary>
    internal static IEnumerable<(AttachmentRef Document, string What)> DocumentsOf(AssessmentState state) =>
        state.Advice.SelectMany(advice => advice.Content.Attachments.Select(document => (document, $"Received with {Words.Of(advice.Kind)}")))
            .Concat(FamilyEvidence.DocumentsOf(state).Select(document => (document, "From the family")))
            .Concat(state.Documents.Select(one => (one.Document, one.What)));

    private static byte[] Zip(IReadOnlyList<(string Name, byte[] Bytes)> files)
    {
        using var package = new MemoryStream();
        using (var zip = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.Optimal).Open();
                entry.Write(bytes);
            }
        }

        return package.ToArray();
    }
}
