using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>Stores documents that came with advice. Each document is stored under the hash of its bytes, so that a document that is sent
/// twice is stored once.</summary>
public sealed class AttachmentStore(IDocumentStore documents, KeepingRules rules, UploadLimiter? room = null)
{
    internal const int LongestName = 200;

    private readonly UploadLimiter room = room ?? new UploadLimiter();

    /// <summary>Stores a document of a case.</summary>
    /// <param name="assessment">The assessment to which the document belongs.</param>
    /// <param name="fileName">The document's file name, which is shown to people and not used by the store.</param>
    /// <param name="declaredType">The media type that the sender declares.</param>
    /// <param name="content">The document's bytes. Reading stops soon after the size limit.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>The outcome is Done or AlreadyThere, with the document's reference, which for a web page refers to the cleaned page. If the
    /// document is too large, empty, of a type that is not accepted, or not of the declared type, the outcome is Refused. If the store
    /// cannot be reached, the outcome is Transient.</returns>
    public Task<StoreResult<AttachmentRef>> KeepAsync(AssessmentId assessment, string fileName, string declaredType, Stream content, CancellationToken cancellationToken) =>
        KeepAsync(FolderOf(assessment), fileName, declaredType, content, cancellationToken);

    /// <summary>
    /// Stores a document of a case and records who sent it. From then on, only that sender and the council are allowed to refer to the
    /// document.
    /// </summary>
    public async Task<StoreResult<AttachmentRef>> KeepAsync(
        AssessmentId assessment, DocumentSender sender, string fileName, string declaredType, Stream content, CancellationToken cancellationToken) =>
        await NoteAsync(assessment, sender, await KeepAsync(assessment, fileName, declaredType, content, cancellationToken), cancellationToken);

    /// <summary>Stores a document that is already in the form in which documents are stored.</summary>
    internal async Task<StoreResult<AttachmentRef>> KeepAsync(
        AssessmentId assessment, DocumentSender sender, string fileName, AttachmentForm form, CancellationToken cancellationToken) =>
        KnownMalware.IsIn(form.Bytes)
            ? StoreResult.Failed<AttachmentRef>(KeepingOutcome.Refused, "Malware was found in the document.")
            : await NoteAsync(assessment, sender, await KeepAsync(FolderOf(assessment), fileName, form, cancellationToken), cancellationToken);

    private async Task<StoreResult<AttachmentRef>> NoteAsync(AssessmentId assessment, DocumentSender sender, StoreResult<AttachmentRef> kept, CancellationToken cancellationToken)
    {
        if (!kept.Succeeded)
        {
            return kept;
        }

        var noted = await documents.PutOnceAsync(SenderName(assessment, kept.Value.Sha256, sender), "{}"u8.ToArray(), "application/json", cancellationToken);
        return noted.Succeeded ? kept : noted.As<AttachmentRef>();
    }

    /// <summary>Stores a document that does not belong to an assessment yet.</summary>
    public Task<StoreResult<AttachmentRef>> KeepAsync(string folder, string fileName, string declaredType, Stream content, CancellationToken cancellationToken) =>
        room.TakeAsync(content, rules.MaxAttachmentBytes, bytes => KeepAsync(folder, fileName, declaredType, bytes, cancellationToken), cancellationToken);

    /// <summary>
    /// Stores a file from an e-mail. The types that mail programs declare are unreliable, so the declared type is used only if the type
    /// cannot be found from the bytes.
    /// </summary>
    internal Task<StoreResult<AttachmentRef>> KeepFromMailAsync(string folder, string fileName, string declaredType, Stream content, CancellationToken cancellationToken) =>
        room.TakeAsync(content, rules.MaxAttachmentBytes, bytes => KeepAsync(folder, fileName, AttachmentSniffer.TypeOf(bytes) ?? declaredType, bytes, cancellationToken), cancellationToken);

    private async Task<StoreResult<AttachmentRef>> KeepAsync(string folder, string fileName, string declaredType, byte[] bytes, CancellationToken cancellationToken)
    {
        if (!IsFileName(fileName))
        {
            return StoreResult.Failed<AttachmentRef>(KeepingOutcome.Refused, $"The file name must have 1 to {LongestName} characters, be on one line and not be a path.");
        }

        if (KnownMalware.IsIn(bytes))
        {
            return StoreResult.Failed<AttachmentRef>(KeepingOutcome.Refused, "Malware was found in the document.");
        }

        var form = AttachmentForm.Of(declaredType, bytes);
        if (!form.Succeeded)
        {
            return form.As<AttachmentRef>();
        }

        return await KeepAsync(folder, fileName, form.Value, cancellationToken);
    }

    private async Task<StoreResult<AttachmentRef>> KeepAsync(string folder, string fileName, AttachmentForm form, CancellationToken cancellationToken)
    {
        var (type, bytes) = (form.Type, form.Bytes);
        var hash = PlanJson.ContentHash(bytes);
        var name = TokenOf(folder, hash);
        var put = await documents.PutHashedAsync(name, bytes, type, cancellationToken);
        return put.Succeeded ? new StoreResult<AttachmentRef>(put.Outcome, new AttachmentRef(name, fileName, type, bytes.Length, hash), "") : put.As<AttachmentRef>();
    }

    /// <summary>Returns a document after the malware scan (if one is required) and after checking its hash.</summary>
    /// <returns>The outcome is Done, Missing, Refused (if malware was found), Tampered or Transient. Unless the rules allow unscanned
    /// documents, the outcome is NotScanned until a scanner has found the document clean.</returns>
    public Task<StoreResult<byte[]>> ReadAsync(AssessmentId assessment, string sha256, CancellationToken cancellationToken) => ReadAsync(FolderOf(assessment), sha256, cancellationToken);

    /// <summary>Returns a document that does not belong to an assessment yet.</summary>
    internal async Task<StoreResult<byte[]>> ReadAsync(string folder, string sha256, CancellationToken cancellationToken)
    {
        var read = await LookAtAsync(folder, sha256, cancellationToken);
        if (!read.Succeeded || rules.ServeUnscanned)
        {
            return read;
        }

        var scan = await documents.ScanStateAsync(TokenOf(folder, sha256), cancellationToken);
        return !scan.Succeeded ? scan.As<byte[]>()
            : scan.Value == ScanState.Clean ? read
            : StoreResult.Failed<byte[]>(KeepingOutcome.NotScanned, $"{TokenOf(folder, sha256)}: no scanner has found it clean yet.");
    }

    /// <summary>
    /// The bytes of a document, scanned or not, for the hub's own use: to check them against their description, or to copy them into a
    /// case.
    /// </summary>
    internal async Task<StoreResult<byte[]>> LookAtAsync(string folder, string sha256, CancellationToken cancellationToken)
    {
        if (sha256.Length != 64 || sha256.AsSpan().IndexOfAnyExcept("0123456789abcdef") >= 0)
        {
            return StoreResult.Failed<byte[]>(KeepingOutcome.Missing, "A document's token must consist of 64 lower-case hexadecimal digits.");
        }

        var name = TokenOf(folder, sha256);
        var scan = await documents.ScanStateAsync(name, cancellationToken);
        switch (scan)
        {
            case { Succeeded: false }:
                return scan.As<byte[]>();
            // A document in which a scanner found malware is never returned, whether or not a scan is required.
            case { Value: ScanState.Malicious }:
                return StoreResult.Failed<byte[]>(KeepingOutcome.Refused, $"{name}: malware was found in it.");
        }

        var read = await documents.ReadAsync(name, cancellationToken);
        return !read.Succeeded ? read.As<byte[]>()
            : KnownMalware.IsIn(read.Value.Bytes) ? StoreResult.Failed<byte[]>(KeepingOutcome.Refused, $"{name}: malware was found in it.")
            : PlanJson.ContentHash(read.Value.Bytes) == sha256 ? StoreResult.Done(read.Value.Bytes)
            : StoreResult.Failed<byte[]>(KeepingOutcome.Tampered, $"{name}: its bytes are not those that were stored.");
    }

    /// <summary>Checks whether a given sender sent a document of a case.</summary>
    internal async ValueTask<DocumentFault> CheckSenderAsync(AssessmentId assessment, string sha256, DocumentSender sender, CancellationToken cancellationToken) =>
        (await documents.ReadAsync(SenderName(assessment, sha256, sender), cancellationToken)).Outcome switch
        {
            KeepingOutcome.Done or KeepingOutcome.AlreadyThere => DocumentFault.None,
            KeepingOutcome.Transient => DocumentFault.StoreUnavailable,
            _ => DocumentFault.Missing,
        };

    /// <summary>Whether a name can be shown as a file name: it must be one line and not a path.</summary>
    internal static bool IsFileName(string? name) =>
        name is { Length: > 0 and <= LongestName } && !name.Any(char.IsControl) && !name.Contains("..", StringComparison.Ordinal) && name[0] is not ('/' or '\\');

    /// <summary>The file name to show for a document that another system describes.</summary>
    internal static string NameToShow(string title)
    {
        var line = new string([.. title.Select(c => char.IsControl(c) ? ' ' : c)]).Replace("..", " ", StringComparison.Ordinal).TrimStart('/', '\\', ' ');
        return line.Length == 0 ? "document" : line.Length > LongestName ? line[..LongestName] : line;
    }

    /// <summary>The token by which a document with this hash can be fetched.</summary>
    internal static string TokenOf(string folder, string sha256) => $"{folder}/{sha256}";

    /// <summary>The folder in which an assessment's documents are stored.</summary>
    internal static string FolderOf(AssessmentId assessment) => $"{PlanStore.FolderOf(assessment)}/attachments";

    // A file that records a sender has a name but no content. The files that record senders are stored outside the folders of cases,
    // because a manifest lists every file in a case's folder.
    private static string SenderName(AssessmentId assessment, string sha256, DocumentSender sender) => $"uploads/{PlanStore.FolderOf(assessment)}/{sha256}/{sender.Name}";
}
