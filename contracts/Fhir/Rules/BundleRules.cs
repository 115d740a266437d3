using Hl7.Fhir.Model;
using static Hl7.Fhir.Model.Bundle;

namespace IntegrationHub.Contracts.Fhir.Rules;

/// <summary>Invariants of Bundle. Source: FHIR R4 StructureDefinition-Bundle.</summary>
internal static class BundleRules
{
    internal static readonly IReadOnlyList<CheckedRule> All =
    [
        CheckedRule.For<Bundle>("bdl-1", "A Bundle may have a total only if it is a search result or a history.",
            (Bundle b) => b.Total is null || b.Type is BundleType.Searchset or BundleType.History, "total"),
        CheckedRule.For<Bundle>("bdl-2", "An entry may have search information only if the Bundle is a search result.",
            b => b.Type == BundleType.Searchset ? null : At(b, entry => entry.Search is not null, "search")),
        CheckedRule.For<Bundle>("bdl-3", "Entries of a batch, transaction or history must have a request; entries of other Bundles must not.",
            b => At(b, entry => entry.Request is null == b.Type is BundleType.Batch or BundleType.Transaction or BundleType.History, "request")),
        CheckedRule.For<Bundle>("bdl-4", "Entries of a batch response, transaction response or history must have a response; entries of other Bundles must not.",
            b => At(b, entry => entry.Response is null == b.Type is BundleType.BatchResponse or BundleType.TransactionResponse or BundleType.History, "response")),
        CheckedRule.For<Bundle>("bdl-5", "An entry must have a resource, a request or a response.",
            b => At(b, entry => entry.Resource is null && entry.Request is null && entry.Response is null, "resource")),
        CheckedRule.For<Bundle>("bdl-7", "A fullUrl must not be repeated in a Bundle, unless the entries have different versions. (This does not apply to a history.)",
            b => b.Type == BundleType.History ? null : Repeated(b)),
        CheckedRule.For<Bundle>("bdl-8", "A fullUrl must not contain a version.",
            b => At(b, entry => entry.FullUrl?.Contains("/_history/", StringComparison.Ordinal) == true, "fullUrl")),
        CheckedRule.For<Bundle>("bdl-9", "A document must have an identifier with a system and a value.",
            (Bundle b) => b.Type != BundleType.Document || (b.Identifier?.System is not null && b.Identifier.Value is not null), "identifier"),
        CheckedRule.For<Bundle>("bdl-10", "A document must have a date (timestamp).",
            (Bundle b) => b.Type != BundleType.Document || b.Timestamp is not null, "timestamp"),
        CheckedRule.For<Bundle>("bdl-11", "The first resource of a document must be a Composition.",
            (Bundle b) => b.Type != BundleType.Document || b.Entry.FirstOrDefault()?.Resource is Composition, "entry[0].resource"),
        CheckedRule.For<Bundle>("bdl-12", "The first resource of a message must be a MessageHeader.",
            (Bundle b) => b.Type != BundleType.Message || b.Entry.FirstOrDefault()?.Resource is MessageHeader, "entry[0].resource"),
    ];

    private static string? At(Bundle bundle, Func<EntryComponent, bool> broken, string below)
    {
        for (var i = 0; i < bundle.Entry.Count; i++)
        {
            if (broken(bundle.Entry[i]))
            {
                return $"entry[{i}].{below}";
            }
        }

        return null;
    }

    private static string? Repeated(Bundle bundle)
    {
        var seen = new HashSet<(string, string?)>();
        return At(bundle, entry => entry.FullUrl is { } url && !seen.Add((url, entry.Resource?.Meta?.VersionId)), "fullUrl");
    }
}
