using System.Security.Cryptography;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir.Reading;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>A document that came with advice: its reference and, where they came with it, its bytes.</summary>
public sealed record AdviceDocument(AttachmentRef Reference, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Its place in what was received, for the answer that refuses it.</summary>
    public string Path { get; init; } = "";
}

/// <summary>
/// Turns FHIR attachments into claim-check references. An attachment carries its bytes itself, or names a Binary that
/// <c>find</c> knows. The bytes are kept beside the references so that the code that takes the advice in can put them into the document
/// store. The token is derived from the bytes, so the same document is kept once.
/// </summary>
/// <param name="find">Finds the Binary that a reference such as <c>Binary/123</c> or <c>urn:uuid:...</c> names; null when there is none.</param>
public sealed class DocumentsAtHand(Func<string, Binary?> find)
{
    private readonly List<AdviceDocument> found = [];

    /// <summary>Every document met so far, in order.</summary>
    public IReadOnlyList<AdviceDocument> Found => found;

    /// <summary>Reads one attachment, or says why its bytes cannot be read.</summary>
    public AttachmentRef? Read(Attachment attachment, string path, List<FhirProblem> problems)
    {
        byte[]? bytes;
        string? type;
        if (attachment.Data is { } inline)
        {
            (bytes, type) = (inline, attachment.ContentType);
        }
        else if (attachment.Url is { } url && find(url) is { Data: { } data } binary)
        {
            (bytes, type) = (data, attachment.ContentType ?? binary.ContentType);
        }
        else
        {
            problems.Add(new FhirProblem(path, "the attachment carries no data and names no Binary that is available.", OperationOutcome.IssueType.NotFound));
            return null;
        }

        if (bytes.Length == 0 || (AttachmentSizes.Of(attachment) is { } size && size != bytes.Length))
        {
            problems.Add(new FhirProblem($"{path}.size", "the number of bytes is not the size that the attachment gives.", OperationOutcome.IssueType.Value));
            return null;
        }

        // FHIR R4: Attachment.hash is SHA-1 of the data. It shows whether the transfer was damaged, and is used for nothing else.
        if (attachment.Hash is { Length: > 0 } hash && !SHA1.HashData(bytes).AsSpan().SequenceEqual(hash))
        {
            problems.Add(new FhirProblem($"{path}.hash", "the hash is not that of the bytes.", OperationOutcome.IssueType.Value));
            return null;
        }

        return Add(bytes, attachment.Title ?? "document", type ?? "application/octet-stream", path);
    }

    /// <summary>Keeps a resource as it was received, because it contains more than its reader could use.</summary>
    /// <param name="resource">The resource; the hub's own version stamp is left out, so that it is the same document every time.</param>
    /// <param name="title">Name to show, without an ending.</param>
    public AttachmentRef Keep(Resource resource, string title)
    {
        var copy = (Resource)resource.DeepCopy();
        if (copy.Meta is { } meta)
        {
            (meta.VersionId, meta.LastUpdated) = (null, null);
            copy.Meta = meta.EnumerateElements().Any() ? meta : null;
        }

        return Add(FhirWriter.Write(copy, FhirFormat.Json), $"{title}.fhir.json", FhirFormats.Json, resource.TypeName);
    }

    private AttachmentRef Add(byte[] bytes, string name, string type, string path)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
        var reference = new AttachmentRef($"sha256/{sha256}", name, type, bytes.Length, sha256);
        found.Add(new AdviceDocument(reference, bytes) { Path = path });
        return reference;
    }
}
