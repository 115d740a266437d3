using System.Globalization;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Functions.Nhs.Intake;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.WebUtilities;
using Bundle = Hl7.Fhir.Model.Bundle;
using FhirTask = Hl7.Fhir.Model.Task;
using Task = System.Threading.Tasks.Task;

namespace IntegrationHub.Local.Demo;

/// <summary>
/// An NHS body's own FHIR server with only the features that a request for advice needs: transactions with If-None-Exist, read, search by
/// identifier and status, create, update with If-Match, and JSON Patch. The server accepts only valid FHIR and loses all its data when it
/// stops.
/// </summary>
internal sealed class FakeFhirServer : IAsyncDisposable
{
    private const string Prefix = "/fhir";

    private readonly WebApplication app;
    private readonly Lock gate = new();
    private readonly Dictionary<string, (Resource Resource, long Version)> kept = new(StringComparer.Ordinal);
    private long created;

    private FakeFhirServer(Func<HttpContext, Func<Task>, Task>? inFront)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        if (inFront is not null)
        {
            app.Use((http, next) => inFront(http, () => next(http)));
        }

        app.Run(AnswerAsync);
    }

    /// <summary>Base address of the server.</summary>
    internal Uri Base => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + Prefix);

    /// <summary>All stored resources of one type.</summary>
    internal IReadOnlyList<T> All<T>()
        where T : Resource
    {
        lock (gate)
        {
            return [.. kept.Values.Select(entry => entry.Resource).OfType<T>()];
        }
    }

    /// <summary>Starts a server on a free port of this machine.</summary>
    /// <param name="inFront">Runs before the server and can answer instead of it, or null for none.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    internal static async Task<FakeFhirServer> StartAsync(Func<HttpContext, Func<Task>, Task>? inFront, CancellationToken cancellationToken)
    {
        var server = new FakeFhirServer(inFront);
        await server.app.StartAsync(cancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var path = http.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries)[1..];
        var resource = body.Length > 0 && http.Request.Method != "PATCH" ? FhirReader.Read(body.ToArray(), http.Request.ContentType) : null;
        (int Status, Resource? Resource) answer;
        lock (gate)
        {
            answer = (http.Request.Method, path) switch
            {
                _ when resource is { Value: null } => (422, Outcomes.Of(resource.Problems)),
                ("POST", []) when resource?.Value is Bundle { Type: Bundle.BundleType.Transaction } bundle => (200, Transaction(bundle)),
                ("GET", [var type]) => (200, Search(type, http.Request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()))),
                ("POST", [var type]) when resource?.Value?.TypeName == type => (201, kept[Keep(resource.Value, null)].Resource),
                ("GET", [var type, var id]) => Found($"{type}/{id}"),
                ("PUT", [var type, var id]) when resource?.Value?.TypeName == type => Change($"{type}/{id}", http.Request.Headers.IfMatch, _ => resource.Value),
                ("PATCH", [var type, var id]) => Change($"{type}/{id}", http.Request.Headers.IfMatch, now => Patched(now, body.ToArray())),
                _ => (404, Outcomes.Of(Unknown)),
            };
        }

        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = FhirFormat.Json.MediaType();
        await http.Response.Body.WriteAsync(FhirWriter.Write(answer.Resource!, FhirFormat.Json), http.RequestAborted);
    }

    private static Contracts.Fhir.FhirProblem Unknown => new("", "this server does not have this resource.", OperationOutcome.IssueType.NotFound) { Status = 404 };

    private (int Status, Resource Resource) Found(string reference) => kept.TryGetValue(reference, out var entry) ? (200, entry.Resource) : (404, Outcomes.Of(Unknown));

    private Bundle Search(string type, Dictionary<string, string> query) => new()
    {
        Type = Bundle.BundleType.Searchset,
        Entry = [.. kept.Values.Where(entry => entry.Resource.TypeName == type && Matches(entry.Resource, query)).Select(entry => new Bundle.EntryComponent
        {
            FullUrl = $"{Base}/{type}/{entry.Resource.Id}",
            Resource = entry.Resource,
            Search = new Bundle.SearchComponent { Mode = Bundle.SearchEntryMode.Match },
        })],
    };

    private static bool Matches(Resource resource, Dictionary<string, string> query) => query.All(wanted => wanted.Key switch
    {
        "identifier" => resource is IIdentifiable<List<Identifier>> { Identifier: var identifiers } && identifiers.Any(i => Is(i, wanted.Value)),
        "group-identifier" => resource is FhirTask { GroupIdentifier: { } group } && Is(group, wanted.Value),
        "status" => resource is FhirTask { StatusElement: { } status } && wanted.Value.Split(',').Contains(status.ToString()),
        _ => true,
    });

    private static bool Is(Identifier identifier, string wanted) => wanted.Split('|') switch
    {
        [var system, var value] => identifier.System == system && identifier.Value == value,
        _ => identifier.Value == wanted,
    };

    private Bundle Transaction(Bundle bundle)
    {
        // Ids are assigned before the resources are stored, so that references can be written.
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var answer = new Bundle { Type = Bundle.BundleType.TransactionResponse };
        var existing = bundle.Entry.Select(entry => entry.Request!.Method == Bundle.HTTPVerb.PUT ? entry.Request.Url : Existing(entry)).ToList();
        foreach (var (entry, found) in bundle.Entry.Zip(existing))
        {
            known[entry.FullUrl!] = found ?? $"{entry.Resource!.TypeName}/{++created}";
        }

        foreach (var (entry, found) in bundle.Entry.Zip(existing))
        {
            var reference = known[entry.FullUrl!];
            var isNew = found is null;
            if (isNew || entry.Request!.Method == Bundle.HTTPVerb.PUT)
            {
                References.Resolve(entry.Resource!, known, Base.ToString());
                Keep(entry.Resource!, reference);
            }

            var version = kept[reference].Version.ToString(CultureInfo.InvariantCulture);
            answer.Entry.Add(new() { Response = new() { Status = isNew ? "201 Created" : "200 OK", Location = $"{reference}/_history/{version}", Etag = $"W/\"{version}\"" } });
        }

        return answer;
    }

    private string? Existing(Bundle.EntryComponent entry)
    {
        if (entry.Request!.IfNoneExist is not { Length: > 0 } condition)
        {
            return null;
        }

        var query = QueryHelpers.ParseQuery(condition).ToDictionary(q => q.Key, q => q.Value.ToString());
        return kept.FirstOrDefault(one => one.Value.Resource.TypeName == entry.Resource!.TypeName && Matches(one.Value.Resource, query)).Key;
    }

    private (int Status, Resource Resource) Change(string reference, string? ifMatch, Func<Resource, Resource?> change)
    {
        if (!kept.TryGetValue(reference, out var now))
        {
            return (404, Outcomes.Of(Unknown));
        }

        if (ifMatch is { Length: > 0 } && ifMatch != $"W/\"{now.Version.ToString(CultureInfo.InvariantCulture)}\"")
        {
            return (412, Outcomes.Of(new Contracts.Fhir.FhirProblem("", "the resource was changed in the meantime.", OperationOutcome.IssueType.Conflict) { Status = 412 }));
        }

        return change((Resource)now.Resource.DeepCopy()) is { } changed
            ? (200, kept[Keep(changed, reference)].Resource)
            : (422, Outcomes.Of(new Contracts.Fhir.FhirProblem("", "the patch does not fit the resource.", OperationOutcome.IssueType.Invalid)));
    }

    private static Resource? Patched(Resource now, byte[] patch)
    {
        // Every patch that the hub sends adds whole members of a resource.
        var json = JsonNode.Parse(FhirWriter.Write(now, FhirFormat.Json))!.AsObject();
        foreach (var operation in JsonNode.Parse(patch)!.AsArray())
        {
            json[((string)operation!["path"]!).TrimStart('/')] = operation["value"]!.DeepClone();
        }

        return FhirReader.Read(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString()), FhirFormat.Json).Value;
    }

    private string Keep(Resource resource, string? reference)
    {
        reference ??= $"{resource.TypeName}/{++created}";
        var version = kept.TryGetValue(reference, out var before) ? before.Version + 1 : 1;
        resource.Id = reference[(reference.IndexOf('/', StringComparison.Ordinal) + 1)..];
        resource.Meta ??= new Meta();
        resource.Meta.VersionId = version.ToString(CultureInfo.InvariantCulture);
        kept[reference] = (resource, version);
        return reference;
    }
}
