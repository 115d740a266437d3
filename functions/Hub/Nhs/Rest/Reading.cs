using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;
using Microsoft.AspNetCore.WebUtilities;

namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>The FHIR interactions "read", "vread" and "history".</summary>
internal sealed class Reading(IFhirResourceReader store, FhirViews views, Refusals refusals)
{
    /// <summary>Creates a copy of this object that reads a different state of the store.</summary>
    internal Reading Over(IFhirResourceReader other) => new(other, views, refusals);

    internal async Task<RestAnswer> ReadAsync(RestRequest request, string type, string id)
    {
        var stored = await VisibleAsync(request, type, id);
        if (stored is null)
        {
            return RestAnswer.NotFound(type);
        }

        return stored.Deleted ? Gone(type) : Answer(request, stored);
    }

    internal async Task<RestAnswer> ReadVersionAsync(RestRequest request, string type, string id, string version)
    {
        if (!long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || await VisibleAsync(request, type, id) is not { } current
            || await store.ReadAsync(type, id, number, request.Cancel) is not { } kept
            || await views.Of(request.Caller).ShowAsync(kept, kept.Version == current.Version, request.Cancel) is not { } stored)
        {
            return RestAnswer.NotFound(type);
        }

        return stored.Deleted ? Gone(type) : Answer(request, stored);
    }

    internal async Task<RestAnswer> HistoryAsync(RestRequest request, string type, string id)
    {
        if (await VisibleAsync(request, type, id) is not { } current)
        {
            return RestAnswer.NotFound(type);
        }

        var since = request.Query.FirstOrDefault(pair => pair.Key == "_since").Value;
        var range = FhirInstants.Range(since);
        if (since is not null && range is null)
        {
            return RestAnswer.Refused(400, OperationOutcome.IssueType.Value, "must be a FHIR instant.", "_since");
        }

        var count = int.TryParse(request.Query.FirstOrDefault(pair => pair.Key == "_count").Value, NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? Math.Min(asked, SearchRequest.MaxCount) : SearchRequest.MaxCount;
        if (request.Budget.Left == 0)
        {
            return RestAnswer.Refused(413, OperationOutcome.IssueType.TooCostly, "earlier entries have used up the amount that one Bundle can read; make this search separately.");
        }

        var before = long.TryParse(request.Query.FirstOrDefault(pair => pair.Key == SearchRequest.Cursor).Value, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : (long?)null;
        var wanted = new HistoryQuery { Type = type, Id = id, Count = count, Since = range?.From ?? long.MinValue, Before = before };
        var page = await store.HistoryAsync(wanted with { MaxBytes = Math.Min(wanted.MaxBytes, request.Budget.Left) }, request.Cancel);
        request.Budget.Take(page.Items.Sum(item => (long)item.Json.Length));
        var view = views.Of(request.Caller);
        var versions = new List<StoredResource>();
        foreach (var kept in page.Items)
        {
            if (await view.ShowAsync(kept, kept.Version == current.Version, request.Cancel) is { } stored)
            {
                versions.Add(stored);
            }
        }

        var bundle = new Bundle
        {
            Type = Bundle.BundleType.History,

            // A total that includes hidden versions would reveal them. If some versions can be hidden, a total is therefore given only
            // after every version has been checked.
            Total = type != "Patient" ? page.Total : !page.More && before is null ? versions.Count : null,
            Link = [new Bundle.LinkComponent { Relation = "self", Url = Link(request, type, id, [.. request.Query.Where(pair => pair.Key is "_count" or "_since" or SearchRequest.Cursor)]) }],
            Entry = [.. versions.Select(stored => Entry(request, stored))],
        };
        if (page.More && page.Items.Count > 0)
        {
            var cursor = page.Items[^1].Version.ToString(CultureInfo.InvariantCulture);
            bundle.Link.Add(new Bundle.LinkComponent
            {
                Relation = "next",
                Url = Link(request, type, id, [.. request.Query.Where(pair => pair.Key is "_count" or "_since"), new(SearchRequest.Cursor, cursor)]),
            });
        }

        return RestAnswer.Of(bundle);
    }

    private static string Link(RestRequest request, string type, string id, IReadOnlyList<KeyValuePair<string, string>> parameters) =>
        QueryHelpers.AddQueryString($"{request.Base}/{type}/{id}/_history", parameters.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value)));

    /// <summary>
    /// The current version of a resource, if the caller is allowed to see it. The result is null if the resource is unknown or belongs to
    /// another body.
    /// </summary>
    private async Task<StoredResource?> VisibleAsync(RestRequest request, string type, string id)
    {
        if (await store.ReadAsync(type, id, request.Cancel) is not { } stored)
        {
            return null;
        }

        var shown = await views.Of(request.Caller).ShowAsync(stored, isCurrent: true, request.Cancel);
        if (shown is null)
        {
            refusals.Note(RefusalReason.NotVisible, type, request.Caller.Key);
        }

        return shown;
    }

    private static RestAnswer Answer(RestRequest request, StoredResource stored)
    {
        if (!request.Budget.TryTake(stored.Json.Length))
        {
            return RestAnswer.Refused(413, OperationOutcome.IssueType.TooCostly, "earlier entries have used up the amount that one Bundle can read; read this resource separately.", stored.Type);
        }

        // R4 http.html#cread: if the client already has this version, it is not sent again.
        if (request.Header("If-None-Match") is { } tag && tag.Split(',', StringSplitOptions.TrimEntries).Contains(RestAnswer.ETag(stored.Version)))
        {
            return new RestAnswer(304) { Version = stored };
        }

        if (stored.Type == "Binary" && request.AcceptsNativeContent)
        {
            var binary = stored.Parse<Binary>();
            return new RestAnswer(200) { Version = stored, Native = (binary.Data ?? [], SafeType(binary.ContentType)) };
        }

        return new RestAnswer(200) { Stored = stored, Version = stored };
    }

    private static Bundle.EntryComponent Entry(RestRequest request, StoredResource stored) => new()
    {
        FullUrl = $"{request.Base}/{stored.Reference}",
        Resource = stored.Deleted ? null : stored.Parse<Resource>(),
        Request = new Bundle.RequestComponent
        {
            Method = stored.Deleted ? Bundle.HTTPVerb.DELETE : stored.Version == 1 ? Bundle.HTTPVerb.POST : Bundle.HTTPVerb.PUT,
            Url = stored.Version == 1 ? stored.Type : stored.Reference,
        },
        Response = new Bundle.ResponseComponent
        {
            Status = stored.Deleted ? "204" : stored.Version == 1 ? "201" : "200",
            Etag = RestAnswer.ETag(stored.Version),
            LastModified = stored.LastUpdated,
        },
    };

    private static RestAnswer Gone(string type) => RestAnswer.Refused(410, OperationOutcome.IssueType.Deleted, $"this {type} was deleted.", type);

    // An invalid content type that a caller sent must not make the headers of the response invalid.
    private static string SafeType(string? type) => Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(type, out var parsed) ? parsed.ToString() : "application/octet-stream";
}
