using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Intake;
using IntegrationHub.Functions.Nhs.Search;
using IntegrationHub.Functions.Nhs.Store;
using Microsoft.AspNetCore.WebUtilities;

namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>
/// The FHIR interactions "transaction" (all entries or none) and "batch" (each entry separately). Source: FHIR R4 http.html#transaction.
/// </summary>
internal sealed class Bundles(FhirIntake intake, IFhirResourceStore store, Reading reading, Searching searching, Writing writing, FhirViews views, PostedContent posted)
{
    private const int MaxEntries = 500;

    internal async Task<RestAnswer> TakeAsync(RestRequest request)
    {
        var body = await RestBody.BytesAsync(request, FhirReader.MaxRequestBytes);
        var read = body.Value is { } bytes ? FhirReader.Read(bytes, request.Http.Request.ContentType) : FhirReading<Resource>.Failed(body.Problems);
        if (read.Value is not { } resource)
        {
            return RestAnswer.Refused(read.Problems);
        }

        if (resource is not Bundle { Type: Bundle.BundleType.Transaction or Bundle.BundleType.Batch } bundle)
        {
            return RestAnswer.Refused(400, OperationOutcome.IssueType.Invalid, "send only Bundles of type transaction or batch to this address.", resource.TypeName);
        }

        if (bundle.Entry.Count > MaxEntries)
        {
            return RestAnswer.Refused(413, OperationOutcome.IssueType.TooLong, $"a Bundle must not have more than {MaxEntries} entries.", "Bundle.entry");
        }

        var received = writing.Received(request, request.Http.Request.ContentType, body.Value!);
        return bundle.Type == Bundle.BundleType.Transaction ? await TransactionAsync(request, bundle, received) : await BatchAsync(request, bundle, received);
    }

    private async Task<RestAnswer> TransactionAsync(RestRequest request, Bundle bundle, ReceivedBytes received)
    {
        var problems = new List<FhirProblem>();
        var proposals = new List<(int Index, Proposal Proposal)>();
        for (var i = 0; i < bundle.Entry.Count; i++)
        {
            var entry = bundle.Entry[i];
            if (entry.Request!.Method is Bundle.HTTPVerb.GET or Bundle.HTTPVerb.HEAD)
            {
                continue;
            }

            var proposal = Propose(entry, $"Bundle.entry[{i}]", bundle.Entry.Count > 1);
            problems.AddRange(proposal.Problems);
            if (proposal.Value is { } one)
            {
                proposals.Add((i, one));
            }
        }

        if (problems.Count > 0)
        {
            return RestAnswer.Refused(problems);
        }

        // FHIR R4 requires deletions first, then creations, updates and reads. The result must not depend on the order of the entries.
        proposals = [.. proposals.OrderBy(pair => pair.Proposal.Kind switch { ProposalKind.Delete => 0, ProposalKind.Create => 1, _ => 2 })];
        var entries = new Bundle.EntryComponent[bundle.Entry.Count];
        if (proposals.Count == 0)
        {
            var unread = await ReadsAsync(request, bundle, entries, store);
            return unread.Count > 0 ? RestAnswer.Refused(unread) : Whole();
        }

        var submission = new Submission([.. proposals.Select(pair => pair.Proposal)])
        {
            Received = received,
            Base = request.Base,
            BeforeCommit = after => ReadsAsync(request, bundle, entries, after),
        };
        var answer = await intake.TakeAsync(request.Caller, submission, request.Cancel);
        if (answer.Taken is not { } taken)
        {
            return RestAnswer.Refused(answer.Problems);
        }

        for (var i = 0; i < proposals.Count; i++)
        {
            entries[proposals[i].Index] = await ResponseAsync(request, taken[i]);
        }

        return Whole();

        RestAnswer Whole() => RestAnswer.Of(Named(new Bundle { Type = Bundle.BundleType.TransactionResponse, Entry = [.. entries] }));
    }

    // Answers the transaction's reads after its writes. If a read fails, returns the reason, and the entire transaction fails.
    private async Task<IReadOnlyList<FhirProblem>> ReadsAsync(RestRequest request, Bundle bundle, Bundle.EntryComponent[] answers, IFhirResourceReader after)
    {
        var problems = new List<FhirProblem>();
        for (var i = 0; i < bundle.Entry.Count; i++)
        {
            if (bundle.Entry[i].Request is not { Method: Bundle.HTTPVerb.GET or Bundle.HTTPVerb.HEAD } asked)
            {
                continue;
            }

            var got = await GetAsync(request, asked, reading.Over(after), searching.Over(after));
            answers[i] = Response(got);
            if (got.Status >= 400)
            {
                var issue = (got.Body as OperationOutcome)?.Issue.FirstOrDefault();
                problems.Add(new FhirProblem($"Bundle.entry[{i}].request.url", issue?.Diagnostics ?? "this cannot be read.", issue?.Code ?? OperationOutcome.IssueType.NotFound) { Status = got.Status });
            }
        }

        return problems;
    }

    private async Task<RestAnswer> BatchAsync(RestRequest request, Bundle bundle, ReceivedBytes received)
    {
        var responses = new Bundle { Type = Bundle.BundleType.BatchResponse };
        for (var i = 0; i < bundle.Entry.Count; i++)
        {
            var entry = bundle.Entry[i];
            if (entry.Request!.Method is Bundle.HTTPVerb.GET or Bundle.HTTPVerb.HEAD)
            {
                responses.Entry.Add(Response(await GetAsync(request, entry.Request, reading, searching)));
                continue;
            }

            var proposal = Propose(entry, $"Bundle.entry[{i}]", copy: false);
            var answer = proposal.Value is { } one
                ? await intake.TakeAsync(request.Caller, new Submission([one]) { Received = received, Base = request.Base }, request.Cancel)
                : IntakeAnswer.Refused(proposal.Problems);
            responses.Entry.Add(answer.Taken is [var taken] ? await ResponseAsync(request, taken) : Response(RestAnswer.Refused(answer.Problems)));
        }

        return RestAnswer.Of(Named(responses));
    }

    private static FhirReading<Proposal> Propose(Bundle.EntryComponent entry, string at, bool copy)
    {
        var asked = entry.Request!;
        var parts = (asked.Url ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        var type = parts.FirstOrDefault() ?? "";
        var isUpdate = asked.Method is Bundle.HTTPVerb.PUT or Bundle.HTTPVerb.PATCH or Bundle.HTTPVerb.DELETE;
        if (parts.Length != (isUpdate ? 2 : 1) || type.Contains('?', StringComparison.Ordinal) || !SearchParameters.Supports(type))
        {
            return Failed($"{at}.request.url", isUpdate ? "must be Type/id, with a type that the hub supports." : "must be a type that the hub supports.", OperationOutcome.IssueType.NotSupported, 400);
        }

        if (asked.Method is Bundle.HTTPVerb.POST or Bundle.HTTPVerb.PUT && entry.Resource?.TypeName != type)
        {
            return Failed($"{at}.resource", $"must be a {type}.", OperationOutcome.IssueType.Invalid, 400);
        }

        if (asked.Method == Bundle.HTTPVerb.PUT && entry.Resource!.Id != parts[1])
        {
            return Failed($"{at}.resource.id", "must be the id in request.url.", OperationOutcome.IssueType.Invalid, 400);
        }

        if (asked.Method == Bundle.HTTPVerb.PATCH)
        {
            return entry.Resource is Binary { Data: { } patch, ContentType: FhirFormats.JsonPatch } && type == "Task"
                ? FhirReading<Proposal>.Of(Writing.PatchOf(type, parts[1], patch, Writing.IfMatch(asked.IfMatch)) with { At = at, FullUrl = entry.FullUrl })
                : Failed($"{at}.resource", $"a patch of a Task must be a Binary of type {FhirFormats.JsonPatch}.", OperationOutcome.IssueType.NotSupported, 400);
        }

        return FhirReading<Proposal>.Of(new Proposal
        {
            Kind = asked.Method switch { Bundle.HTTPVerb.POST => ProposalKind.Create, Bundle.HTTPVerb.PUT => ProposalKind.Update, _ => ProposalKind.Delete },
            Type = type,
            Id = isUpdate ? parts[1] : Writing.NewId(),

            // Processing rewrites references, so a second attempt must start from the original content.
            Content = entry.Resource is { } resource ? _ => FhirReading<Resource>.Of(copy ? (Resource)resource.DeepCopy() : resource) : null,
            FullUrl = entry.FullUrl,
            IfNoneExist = asked.IfNoneExist,
            IfMatch = Writing.IfMatch(asked.IfMatch),
            At = at,
        });
    }

    private static async Task<RestAnswer> GetAsync(RestRequest request, Bundle.RequestComponent asked, Reading reading, Searching searching)
    {
        var url = asked.Url ?? "";
        var mark = url.IndexOf('?', StringComparison.Ordinal);
        var path = (mark < 0 ? url : url[..mark]).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var query = mark < 0 ? [] : QueryHelpers.ParseQuery(url[mark..]).SelectMany(pair => pair.Value.Select(value => new KeyValuePair<string, string>(pair.Key, value ?? ""))).ToList();
        var inner = request with { Method = "GET", Path = path, Query = query, AcceptsNativeContent = false };
        return path switch
        {
            [var type] when SearchParameters.Supports(type) => await searching.SearchAsync(inner, type),
            [var type, var id] when SearchParameters.Supports(type) => await reading.ReadAsync(inner, type, id),
            [var type, var id, "_history", var version] when SearchParameters.Supports(type) => await reading.ReadVersionAsync(inner, type, id, version),
            _ => RestAnswer.Refused(404, OperationOutcome.IssueType.NotSupported, "nothing can be read at this address.", "Bundle.entry.request.url"),
        };
    }

    // A fullUrl must not be repeated in a Bundle (bdl-7), but two entries can have found the same resource.
    private static Bundle Named(Bundle bundle)
    {
        foreach (var again in bundle.Entry.Where(entry => entry.FullUrl is not null).GroupBy(entry => entry.FullUrl).SelectMany(same => same.Skip(1)))
        {
            again.FullUrl = null;
        }

        return bundle;
    }

    private async Task<Bundle.EntryComponent> ResponseAsync(RestRequest request, Taken taken)
    {
        var stored = taken.Resource;
        return new Bundle.EntryComponent
        {
            FullUrl = $"{request.Base}/{stored.Reference}",
            Resource = request.Return == PreferredReturn.Representation && taken.Status != 204
                ? (await views.Of(request.Caller).ShowAsync(stored, isCurrent: true, request.Cancel))?.Parse<Resource>()
                : null,
            Response = new Bundle.ResponseComponent
            {
                Status = Status(taken.Status),
                Location = taken.Status == 204 ? null : $"{stored.Reference}/_history/{stored.Version.ToString(CultureInfo.InvariantCulture)}",
                Etag = RestAnswer.ETag(stored.Version),
                LastModified = stored.LastUpdated,
                Outcome = await posted.StillToDoAsync(stored, request.Cancel),
            },
        };
    }

    private static Bundle.EntryComponent Response(RestAnswer answer) => new()
    {
        Resource = answer.Status < 400 ? answer.Body : null,
        Response = new Bundle.ResponseComponent
        {
            Status = Status(answer.Status),
            Etag = answer.Version is { } version ? RestAnswer.ETag(version.Version) : null,
            Outcome = answer.Status >= 400 ? answer.Body : null,
        },
    };

    private static string Status(int status) => $"{status.ToString(CultureInfo.InvariantCulture)} {ReasonPhrases.GetReasonPhrase(status)}";

    private static FhirReading<Proposal> Failed(string path, string reason, OperationOutcome.IssueType code, int status) =>
        FhirReading<Proposal>.Failed(new FhirProblem(path, reason, code) { Status = status });
}
