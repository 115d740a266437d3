using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>read, vread, history.</summary>
internal sealed class Reading(IFhirResourceStore store, Refusals refusals)
{
    internal async Task<RestAnswer> Read(RestRequest request, string type, string id)
    {
        var stored = await Visible(request, type, id);
        if (stored is null)
        {
            return RestAnswer.NotFound(type);
        }

        return stored.Deleted ? Gone(type) : Answer(request, stored);
    }

    internal async Task<RestAnswer> ReadVersion(RestRequest request, string type, string id, string version)
    {
        if (!long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || await Visible(request, type, id) is null
            || await store.Read(type, id, number, request.Cancel) is not { } stored)
        {
            return RestAnswer.NotFound(type);
        }

        return stored.Deleted ? Gone(type) : Answer(request, stored);
    }

    internal async Task<RestAnswer> History(RestRequest request, string type, string id)
    {
        if (await Visible(request, type, id) is null)
        {
            return RestAnswer.NotFound(type);
        }

        var since = request.Query.FirstOrDefault(pair => pair.Key == "_since").Value;
        var range = FhirInstants.Range(since);
        if (since is not null && range is null)
        {
            return RestAnswer.Refused(400, OperationOutcome.IssueType.Value, "must be an instant.", "_since");
        }

        var count = int.TryParse(request.Query.FirstOrDefault(pair => pair.Key == "_count").Value, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : int.MaxValue;
        var versions = (await store.History(type, id, request.Cancel)).Where(stored => range is null || stored.LastUpdated.UtcTicks >= range.Value.From).ToList();
        return RestAnswer.Of(new Bundle
        {
            Type = Bundle.BundleType.History,
            Total = versions.Count,
            Link = [new Bundle.LinkComponent { Relation = "self", Url = $"{request.Base}/{type}/{id}/_history" }],
            Entry = [.. versions.Take(count).Select(stored => Entry(request, stored))],
        });
    }

    /// <summary>The current version if the caller may see it. Unknown and another body's are the same: null.</summary>
    private async Task<StoredResource?> Visible(RestRequest request, string type, string id)
    {
        var stored = await store.Read(type, id, request.Cancel);
        if (stored is not null && !stored.IsReadableBy(request.Caller.Key))
        {
            refusals.Note(RefusalReason.NotVisible, type, request.Caller.Key);
            return null;
        }

        return stored;
    }

    private static RestAnswer Answer(RestRequest request, StoredResource stored)
    {
        // R4 http.html#cread: a client that has this version gets none again.
        if (request.Header("If-None-Match") is { } tag && tag.Split(',', StringSplitOptions.TrimEntries).Contains(RestAnswer.ETag(stored.Version)))
        {
            return new RestAnswer(304) { Version = stored };
        }

        if (stored.Type == "Binary" && request.WantsNative)
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

    // A type that is none (it came from outside) must not break the answer's head.
    private static string SafeType(string? type) => Microsoft.Net.Http.Headers.MediaTypeHeaderValue.TryParse(type, out var parsed) ? parsed.ToString() : "application/octet-stream";
}
