using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Intake;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>The FHIR search interaction, by GET or by POST to _search.</summary>
internal sealed class Searching(IFhirResourceReader store, FhirViews views)
{
    /// <summary>Greatest number of entries in a response, including the included resources.</summary>
    internal const int MaxEntries = 500;

    private static FhirProblem NotAllIncluded => new("_include", "not all included resources fit into this page; read the others by reference.", OperationOutcome.IssueType.TooCostly);

    /// <summary>Creates a copy of this object that searches a different state of the store.</summary>
    internal Searching Over(IFhirResourceReader other) => new(other, views);

    internal async Task<RestAnswer> SearchAsync(RestRequest request, string type)
    {
        var parameters = request.Query;
        if (HttpMethods.IsPost(request.Method))
        {
            // R4 http.html#search: the parameters in the form and in the URL are combined.
            if (request.Http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) != true)
            {
                return RestAnswer.Refused(415, OperationOutcome.IssueType.NotSupported, "a search by POST must use application/x-www-form-urlencoded.");
            }

            var body = await RestBody.BytesAsync(request, 64 * 1024);
            if (body.Value is not { } form)
            {
                return RestAnswer.Refused(body.Problems);
            }

            parameters = [.. parameters, .. QueryHelpers.ParseQuery(System.Text.Encoding.UTF8.GetString(form)).SelectMany(pair => pair.Value.Select(value => new KeyValuePair<string, string>(pair.Key, value ?? "")))];
        }

        var search = SearchRequest.Parse(type, parameters, request.Strict);
        if (search.Value is not { } asked)
        {
            return RestAnswer.Refused(search.Problems);
        }

        if (request.Budget.Left == 0)
        {
            return RestAnswer.Refused(413, OperationOutcome.IssueType.TooCostly, "earlier entries have used up the amount that one Bundle can read; make this search separately.");
        }

        var view = views.Of(request.Caller);
        var page = await view.SearchAsync(store, asked.Query with { MaxBytes = Math.Min(asked.Query.MaxBytes, request.Budget.Left) }, request.Cancel);
        request.Budget.Take(page.Items.Sum(item => (long)item.Json.Length));
        var bundle = new Bundle { Type = Bundle.BundleType.Searchset, Total = page.Total };
        bundle.Link.Add(new Bundle.LinkComponent { Relation = "self", Url = Link(request, type, asked.Used) });
        if (page.Next is { } next && !asked.OnlyCount)
        {
            var cursor = next.ToString(CultureInfo.InvariantCulture);
            bundle.Link.Add(new Bundle.LinkComponent
            {
                Relation = "next",
                Url = Link(request, type, asked.Used.Where(pair => pair.Key != SearchRequest.Cursor).Append(new(SearchRequest.Cursor, cursor))),
            });
        }

        var found = page.Items.ToDictionary(stored => stored.Reference, stored => stored.Parse<Resource>());
        bundle.Entry.AddRange(page.Items.Select(stored => Entry(request, stored.Reference, found[stored.Reference], Bundle.SearchEntryMode.Match)));
        foreach (var reference in Targets(found.Values, type, asked.Includes).Where(reference => !found.ContainsKey(reference)).Distinct().ToList())
        {
            var slash = reference.IndexOf('/', StringComparison.Ordinal);
            if (await view.ReadAsync(store, reference[..slash], reference[(slash + 1)..], request.Cancel) is { Deleted: false } stored)
            {
                if (bundle.Entry.Count >= MaxEntries || !request.Budget.TryTake(stored.Json.Length))
                {
                    // R4 bundle.html#searchset: an OperationOutcome among the entries states what is missing from the result.
                    bundle.Entry.Add(new Bundle.EntryComponent { Resource = Outcomes.Of([NotAllIncluded]), Search = new Bundle.SearchComponent { Mode = Bundle.SearchEntryMode.Outcome } });
                    break;
                }

                bundle.Entry.Add(Entry(request, reference, stored.Parse<Resource>(), Bundle.SearchEntryMode.Include));
            }
        }

        return RestAnswer.Of(bundle);
    }

    private static IEnumerable<string> Targets(IEnumerable<Resource> resources, string type, IReadOnlyList<string> includes)
    {
        var parameters = SearchParameters.Of(type).Where(parameter => includes.Contains(parameter.Name)).ToList();
        return from resource in resources
               from parameter in parameters
               from value in parameter.Values(resource).OfType<ResourceReference>()
               let local = References.Local(value.Reference)
               where local is not null
               select local;
    }

    private static Bundle.EntryComponent Entry(RestRequest request, string reference, Resource resource, Bundle.SearchEntryMode mode) => new()
    {
        FullUrl = $"{request.Base}/{reference}",
        Resource = resource,
        Search = new Bundle.SearchComponent { Mode = mode },
    };

    private static string Link(RestRequest request, string type, IEnumerable<KeyValuePair<string, string>> parameters) =>
        QueryHelpers.AddQueryString($"{request.Base}/{type}", parameters.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value)));
}
