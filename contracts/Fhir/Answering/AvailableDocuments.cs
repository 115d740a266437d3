using System.Security.Cryptography;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir.Reading;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>A document received with advice: the reference to the document and, if they were received too, the document's bytes.</summary>
public sealed record AdviceDocument(AttachmentRef Reference, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Path of the document in the received content, which the hub gives in its answer if it refuses the document.</summary>
    public string Path { get; init; } = "";
}

/// <summary>
/// Turns FHIR attachments into claim-check references. An attachment contains its bytes, or names a Binary that can be found. The bytes are
/// held together with the references, so that the code that receives the advice can put them into the document store. A document's token is
/// derived from its bytes, so a document that is received twice is stored only once.
/// </summary>
/// <param name="find">Finds the Binary that a reference such as <c>Binary/123</c> or <c>urn:uuid:...</c> names, or returns null.</param>
public sealed class AvailableDocuments(Func<string, Binary?> find)
{
    /// <summary>The name of a document for which the sender gives none.</summary>
    public const string Untitled = "document";

    private readonly List<AdviceDocument> found = [];

    /// <summary>All documents found so far, in the order in which they were found.</summary>
    public IReadOnlyList<AdviceDocument> Found => found;

    /// <summary>Reads one attachment, or reports why its bytes cannot be read.</summary>
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
            problems.Add(new FhirProblem(path, "the attachment contains no data and names no available Binary.", OperationOutcome.IssueType.NotFound));
            return null;
        }

        if (bytes.Length == 0 || (AttachmentSizes.Of(attachment) is { } size && size != bytes.Length))
        {
            problems.Add(new FhirProblem($"{path}.size", "the number of bytes does not match the size stated in the attachment.", OperationOutcome.IssueType.Value));
            return null;
        }

        // FHIR R4: Attachment.hash is SHA-1 of the data. The hub uses the hash only to find out whether the transfer was damaged.
        if (attachment.Hash is { Length: > 0 } hash && !SHA1.HashData(bytes).AsSpan().SequenceEqual(hash))
        {
            problems.Add(new FhirProblem($"{path}.hash", "the hash does not match the bytes.", OperationOutcome.IssueType.Value));
            return null;
        }

        return Add(bytes, attachment.Title ?? Untitled, type ?? "application/octet-stream", path);
    }

    /// <summary>Stores a resource as received, because it contains more than the hub could use.</summary>
    /// <param name="resource">The resource. The version and the time that the hub itself has set are left out, so that the same
    /// resource always gives the same document.</param>
    /// <param name="title">The name under which the document is shown, without a file extension.</param>
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
