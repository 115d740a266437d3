using Hl7.Fhir.Model;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Nhs.Access;

/// <summary>
/// Finds documents that a resource contains as base64. The documents in a resource are checked like the documents of a case. Malware is
/// neither accepted nor returned, not even to its sender. A document that no scanner has found clean is returned only to its sender, unless
/// the hub's settings allow other callers to read such documents.
/// </summary>
internal static class CarriedDocuments
{
    /// <summary>Whether a resource may contain a document. The check is quick: a result of false is always correct, but a result of true
    /// may not be.</summary>
    internal static bool MayBeIn(ReadOnlySpan<byte> json) => json.IndexOf("\"data\""u8) >= 0;

    /// <summary>Whether one of the documents contains malware.</summary>
    internal static bool HasMalware(Base resource) => In(resource).Any(document => KnownMalware.IsIn(document.Bytes));

    /// <summary>Removes all documents from a resource and leaves the rest unchanged.</summary>
    internal static void Remove(Base resource)
    {
        foreach (var (_, remove) in In(resource).ToList())
        {
            remove();
        }
    }

    /// <summary>All documents in an element, each with an action that removes it.</summary>
    internal static IEnumerable<(byte[] Bytes, Action Remove)> In(Base element)
    {
        switch (element)
        {
            case Binary { Data: { } data } binary:
                yield return (data, () => binary.Data = null);
                break;
            case Attachment { Data: { } data } attachment:
                yield return (data, () => attachment.Data = null);
                break;
            case Signature { Data: { } data } signature:
                yield return (data, () => signature.Data = null);
                break;
        }

        foreach (var (_, child) in element.EnumerateElements())
        {
            IEnumerable<Base> children = child switch
            {
                PrimitiveType => [],
                Base single => [single],
                IEnumerable<Base> list => list,
                _ => [],
            };
            foreach (var found in children.SelectMany(In))
            {
                yield return found;
            }
        }
    }
}
