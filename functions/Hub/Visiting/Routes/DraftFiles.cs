using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Visiting.Opening;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Visiting.Routes;

/// <summary>The result of a change to the files of a draft.</summary>
/// <param name="Problem">The problem with the file, or null if there is none.</param>
/// <param name="Fault">The outcome of saving the change; Done if the store accepted it.</param>
/// <param name="FaultOf">What the store failed to save: "draft" or "document".</param>
internal readonly record struct FileChange(string? Problem, KeepingOutcome Fault = KeepingOutcome.Done, string FaultOf = "");

/// <summary>The files of a draft. A file is identified by its bytes, not by its name, and is scanned for malware like every document.</summary>
public sealed class DraftFiles(PageDrafts drafts, AttachmentStore documents, KeepingRules rules)
{
    /// <summary>Largest number of files in one draft.</summary>
    internal const int MaxFiles = 20;

    /// <summary>Largest file, in bytes.</summary>
    internal long MaxBytes => rules.MaxAttachmentBytes;

    /// <summary>Adds to the draft the file that was sent with a form, or removes a file from the draft.</summary>
    /// <param name="page">The page.</param>
    /// <param name="assessment">The case to which the file belongs.</param>
    /// <param name="sender">The person who uploads the file.</param>
    /// <param name="form">The form.</param>
    /// <param name="begin">Starts the draft if it has not been started yet.</param>
    /// <param name="cancellationToken">Cancels the change.</param>
    internal async Task<FileChange> ChangeAsync(
        IAccessCodePage page, AssessmentId assessment, DocumentSender sender, IFormCollection form, Func<PageDraft, PageDraft> begin, CancellationToken cancellationToken)
    {
        if (form["_remove"].ToString() is { Length: > 0 } remove)
        {
            var without = await drafts.ChangeAsync(page.DraftName, d => begin(d) is var begun ? begun with { Files = [.. begun.Files.Where(f => f.Sha256 != remove)] } : d, cancellationToken);
            return new FileChange(null, without.Outcome, "draft");
        }

        if (form.Files.GetFile("file") is not { Length: > 0 } file)
        {
            return new FileChange("Choose a file that is not empty");
        }

        await using var bytes = file.OpenReadStream();
        var name = file.FileName[(file.FileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = await documents.KeepAsync(assessment, sender, AttachmentStore.NameToShow(name), file.ContentType ?? "", bytes, cancellationToken);
        if (!kept.Succeeded)
        {
            return kept.Outcome == KeepingOutcome.Refused ? new FileChange(kept.Reason) : new FileChange(null, kept.Outcome, "document");
        }

        var full = false;
        var added = await drafts.ChangeAsync(page.DraftName, d =>
        {
            var begun = begin(d);
            full = begun.Files.Count >= MaxFiles;
            return full || begun.Files.Any(f => f.Sha256 == kept.Value.Sha256) ? begun : begun with { Files = [.. begun.Files, kept.Value] };
        }, cancellationToken);
        return full ? new FileChange(FormattableString.Invariant($"You can add at most {MaxFiles} files")) : new FileChange(null, added.Outcome, "draft");
    }

    /// <summary>The files, each with its status.</summary>
    internal async Task<IReadOnlyList<(AttachmentRef File, string Said)>> ListAsync(AssessmentId assessment, IReadOnlyList<AttachmentRef> of, CancellationToken cancellationToken)
    {
        var files = new List<(AttachmentRef, string)>();
        foreach (var file in of)
        {
            files.Add((file, (await documents.ReadAsync(assessment, file.Sha256, cancellationToken)).Outcome switch
            {
                KeepingOutcome.Done => "ready",
                KeepingOutcome.NotScanned => "waiting for the malware scan",
                KeepingOutcome.Refused => "malware was found in this file, so remove it",
                _ => "cannot be checked at the moment",
            }));
        }

        return files;
    }
}
