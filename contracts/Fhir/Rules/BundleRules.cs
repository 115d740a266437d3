using Hl7.Fhir.Model;
using static Hl7.Fhir.Model.Bundle;

namespace IntegrationHub.Contracts.Fhir.Rules;

/// <summary>Invariants of Bundle. Source: FHIR R4 StructureDefinition-Bundle.</summary>
internal static class BundleRules
{
    internal static readonly IReadOnlyList<CheckedRule> All =
    [
        CheckedRule.For<Bundle>("bdl-1", "A Bundle has a total only when it is a search result or a history.",
            (Bundle b) => b.Total is null || b.Type is BundleType.Searchset or BundleType.History, "total"),
        CheckedRule.For<Bundle>("bdl-2", "An entry has search information only when the Bundle is a search result.",
            b => b.Type == BundleType.Searchset ? null : At(b, entry => entry.Search is not null, "search")),
        CheckedRule.For<Bundle>("bdl-3", "Entries of a batch, transaction or history have a request; entries of other Bundles have none.",
            b => At(b, entry => entry.Request is null == b.Type is BundleType.Batch or BundleType.Transaction or BundleType.History, "request")),
        CheckedRule.For<Bundle>("bdl-4", "Entries of a batch response, transaction response or history have a response; entries of other Bundles have none.",
            b => At(b, entry => entry.Response is null == b.Type is BundleType.BatchResponse or BundleType.TransactionResponse or BundleType.History, "response")),
        CheckedRule.For<Bundle>("bdl-5", "An entry has a resource unless it has a request or a response.",
            b => At(b, entry => entry.Resource is null && entry.Request is null && entry.Response is null, "resource")),
        CheckedRule.For<Bundle>("bdl-7", "A fullUrl appears once in a Bundle, or with different versions (except in a history).",
            b => b.Type == BundleType.History ? null : Repeated(b)),
        CheckedRule.For<Bundle>("bdl-8", "A fullUrl names no version.",
            b => At(b, entry => entry.FullUrl?.Contains("/_history/", StringComparison.Ordinal) == true, "fullUrl")),
        CheckedRule.For<Bundle>("bdl-9", "A document has an identifier with a system and a value.",
            (Bundle b) => b.Type != BundleType.Document || (b.Identifier?.System is not null && b.Identifier.Value is not null), "identifier"),
        CheckedRule.For<Bundle>("bdl-10", "A document has a date (timestamp).",
            (Bundle b) => b.Type != BundleType.Document || b.Timestamp is not null, "timestamp"),
        CheckedRule.For<Bundle>("bdl-11", "The first resource of a document is a Composition.",
            (Bundle b) => b.Type != BundleType.Document || b.Entry.FirstOrDefault()?.Resource is Composition, "entry[0].resource"),
        CheckedRule.For<Bundle>("bdl-12", "The first resource of a message is a MessageHeader.",
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
