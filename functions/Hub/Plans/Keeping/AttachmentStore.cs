using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>Documents that came with advice, kept once under the hash of their bytes: the same document sent twice is one.</summary>
public sealed class AttachmentStore(IDocumentStore documents, KeepingRules rules)
{
    /// <summary>Keeps a document.</summary>
    /// <param name="assessment">The assessment it belongs to.</param>
    /// <param name="fileName">Its name, for people; it is not used in the store.</param>
    /// <param name="declaredType">The media type that the sender declares.</param>
    /// <param name="content">Its bytes. No more than the limit and one byte are read.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>Done or AlreadyThere with its reference; Refused (too large, empty, of a type that is not taken or not the declared one); Transient.</returns>
    public Task<Kept<AttachmentRef>> KeepAsync(AssessmentId assessment, string fileName, string declaredType, Stream content, CancellationToken cancellation) =>
        KeepAsync(FolderOf(assessment), fileName, declaredType, content, cancellation);

    /// <summary>As for an assessment, for documents that belong to none yet.</summary>
    public async Task<Kept<AttachmentRef>> KeepAsync(string folder, string fileName, string declaredType, Stream content, CancellationToken cancellation)
    {
        var bytes = await ReadUpToAsync(content, rules.MaxAttachmentBytes, cancellation);
        if (bytes is null)
        {
            return Kept.Failed<AttachmentRef>(KeepingOutcome.Refused, $"The document is larger than {rules.MaxAttachmentBytes} bytes.");
        }

        if (AttachmentSniffer.TypeOf(bytes) is not { } type)
        {
            return Kept.Failed<AttachmentRef>(KeepingOutcome.Refused, "The document is of no type that is taken: PDF, Word, Excel, RTF, plain text, PNG, JPEG or TIFF, without macros.");
        }

        if (!AttachmentSniffer.Agrees(declaredType, type))
        {
            return Kept.Failed<AttachmentRef>(KeepingOutcome.Refused, $"The document was declared as another type than its bytes show ({type}).");
        }

        var hash = PlanJson.ContentHash(bytes);
        var name = TokenOf(folder, hash);
        var put = await documents.PutHashedAsync(name, bytes, type, cancellation);
        return put.Succeeded ? new Kept<AttachmentRef>(put.Outcome, new AttachmentRef(name, fileName, type, bytes.Length, hash), "") : put.As<AttachmentRef>();
    }

    /// <summary>Gives a document out, after the scanner's word (where one is required) and after hashing it.</summary>
    /// <returns>Done; Missing; Transient while the scanner has not spoken; Refused when it found malware; Tampered.</returns>
    public Task<Kept<byte[]>> ReadAsync(AssessmentId assessment, string sha256, CancellationToken cancellation) => ReadAsync(FolderOf(assessment), sha256, cancellation);

    /// <summary>As for an assessment, for documents that belong to none yet.</summary>
    internal async Task<Kept<byte[]>> ReadAsync(string folder, string sha256, CancellationToken cancellation)
    {
        if (sha256.Length != 64 || sha256.AsSpan().IndexOfAnyExcept("0123456789abcdef") >= 0)
        {
            return Kept.Failed<byte[]>(KeepingOutcome.Missing, "A document is asked for by 64 small hexadecimal digits.");
        }

        var name = TokenOf(folder, sha256);
        var scan = await documents.ScanStateAsync(name, cancellation);
        switch (scan)
        {
            case { Succeeded: false }:
                return scan.As<byte[]>();
            // What a scanner calls malicious is never given out, whether or not its word was waited for.
            case { Value: ScanState.Malicious }:
                return Kept.Failed<byte[]>(KeepingOutcome.Refused, $"{name}: malware was found in it.");
            case { Value: ScanState.Unknown } when rules.RequireCleanScan:
                return Kept.Failed<byte[]>(KeepingOutcome.Transient, $"{name}: it has not been scanned yet.");
        }

        var read = await documents.ReadAsync(name, cancellation);
        return !read.Succeeded ? read.As<byte[]>()
            : PlanJson.ContentHash(read.Value.Bytes) == sha256 ? Kept.Done(read.Value.Bytes)
            : Kept.Failed<byte[]>(KeepingOutcome.Tampered, $"{name}: its bytes are not those that were kept.");
    }

    /// <summary>The token under which a document of this hash is fetched.</summary>
    internal static string TokenOf(string folder, string sha256) => $"{folder}/{sha256}";

    /// <summary>Where an assessment's documents are kept.</summary>
    internal static string FolderOf(AssessmentId assessment) => $"{PlanStore.FolderOf(assessment)}/attachments";

    private static async Task<byte[]?> ReadUpToAsync(Stream content, long limit, CancellationToken cancellation)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[81920];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
        {
            if (memory.Length + read > limit)
            {
                return null;
            }

            memory.Write(buffer, 0, read);
        }

        return memory.ToArray();
    }
}
