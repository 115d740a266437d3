using Hl7.Fhir.Model;
using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Functions.Nhs.Search;

/// <summary>Extracts the search index entries of a resource.</summary>
public static class Indexing
{
    /// <summary>The number of characters of a text that are indexed. The rest of a longer text is not searched.</summary>
    private const int Longest = 256;

    /// <summary>All index entries of a resource.</summary>
    public static IReadOnlyList<IndexEntry> Of(Resource resource) =>
        [.. SearchParameters.Of(resource.TypeName).SelectMany(parameter => parameter.Values(resource).SelectMany(value => Entries(parameter, value))).Distinct()];

    /// <summary>Converts text for comparison: lower case, without diacritics.</summary>
    public static string Plain(string text) => Cut(text.Trim().ToLowerInvariant());

    private static IEnumerable<IndexEntry> Entries(FhirSearchParameter parameter, object? value)
    {
        var name = parameter.Name;
        switch (parameter.Kind)
        {
            case SearchParamType.Token:
                return Tokens(name, value);
            case SearchParamType.Reference when value is ResourceReference reference:
                return References(name, reference);
            case SearchParamType.Reference when value is Canonical { Value: { } canonical }:
                var bar = canonical.IndexOf('|', StringComparison.Ordinal);
                return bar < 0 ? [new IndexEntry(name, Cut(canonical))] : [new IndexEntry(name, Cut(canonical)), new IndexEntry(name, Cut(canonical[..bar]))];
            case SearchParamType.Date:
                return Dates(name, value);
            case SearchParamType.String when value is string { Length: > 0 } text:
                return [new IndexEntry(name, Plain(text))];
            case SearchParamType.Uri when value is string { Length: > 0 } uri:
                return [new IndexEntry(name, Cut(uri))];
            default:
                return [];
        }
    }

    private static IEnumerable<IndexEntry> Tokens(string name, object? value) => value switch
    {
        Identifier { Value: { } text } identifier => [new IndexEntry(name, Cut(text), identifier.System ?? "")],
        CodeableConcept concept => concept.Coding.Where(coding => coding.Code is not null).Select(coding => new IndexEntry(name, Cut(coding.Code!), coding.System ?? "")),
        Coding { Code: { } code } coding => [new IndexEntry(name, Cut(code), coding.System ?? "")],
        FhirBoolean { Value: { } flag } => [new IndexEntry(name, flag ? "true" : "false", "")],
        PrimitiveType primitive when primitive.ToString() is { Length: > 0 } text => [new IndexEntry(name, Cut(text), "")],
        _ => [],
    };

    private static IEnumerable<IndexEntry> References(string name, ResourceReference reference)
    {
        if (reference.Reference is { Length: > 0 } text)
        {
            var version = text.IndexOf("/_history/", StringComparison.Ordinal);
            yield return new IndexEntry(name, Cut(version < 0 ? text : text[..version]));
        }

        if (reference.Identifier?.Value is { } value)
        {
            yield return new IndexEntry($"{name}:identifier", Cut(value), reference.Identifier.System ?? "");
        }
    }

    private static IEnumerable<IndexEntry> Dates(string name, object? value)
    {
        var range = value switch
        {
            Instant { Value: { } instant } => (instant.UtcTicks, instant.UtcTicks),
            Period period => (FhirInstants.Range(period.Start)?.From ?? long.MinValue, FhirInstants.Range(period.End)?.To ?? long.MaxValue),
            PrimitiveType primitive => FhirInstants.Range(primitive.ToString()),
            _ => null,
        };
        return range is { } span ? [new IndexEntry(name, "", null, span.Item1, span.Item2)] : [];
    }

    private static string Cut(string text) => text.Length > Longest ? text[..Longest] : text;
}
