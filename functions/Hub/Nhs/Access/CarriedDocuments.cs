using Hl7.Fhir.Model;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.Nhs.Access;

/// <summary>
/// Documents that a resource carries in itself as base64. They pass the same check as documents of a case: malware is neither taken nor
/// given out, to whoever brought it either; and what no scanner has called clean goes to nobody but its sender, unless the rules say so.
/// </summary>
internal static class CarriedDocuments
{
    /// <summary>A resource may carry one: cheap, and never wrong in saying no.</summary>
    internal static bool MayBeIn(ReadOnlySpan<byte> json) => json.IndexOf("\"data\""u8) >= 0;

    /// <summary>Malware stands in one of the documents.</summary>
    internal static bool HasMalware(Base resource) => In(resource).Any(document => KnownMalware.IsIn(document.Bytes));

    /// <summary>Takes every document out of a resource and leaves the rest.</summary>
    internal static void Remove(Base resource)
    {
        foreach (var (_, remove) in In(resource).ToList())
        {
            remove();
        }
    }

    /// <summary>Every document in <paramref name="element"/>, with how to take it out.</summary>
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
