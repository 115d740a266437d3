using System.Globalization;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Intake;
using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>The FHIR interactions "create", "update", "patch" and "delete" of one resource.</summary>
internal sealed class Writing(FhirIntake intake, FhirViews views, PostedContent posted, TimeProvider time)
{
    internal async Task<RestAnswer> CreateAsync(RestRequest request, string type)
    {
        var contentType = request.Http.Request.ContentType;
        var body = await RestBody.BytesAsync(request, type == "Binary" ? RestBody.MaxBinaryText : FhirReader.MaxRequestBytes);
        if (body.Value is not { } bytes)
        {
            return RestAnswer.Refused(body.Problems);
        }

        var read = type == "Binary" && contentType is not null && FhirFormats.Parse(contentType) is null ? Raw(bytes, contentType) : Read(bytes, contentType, type);
        if (read.Value is not { } resource)
        {
            return RestAnswer.Refused(read.Problems);
        }

        var proposal = new Proposal
        {
            Kind = ProposalKind.Create,
            Type = type,
            Id = NewId(),
            Content = _ => FhirReading<Resource>.Of(resource),
            IfNoneExist = request.Header("If-None-Exist"),
        };
        return await TakeAsync(request, proposal, type == "Binary" ? null : Received(request, contentType, bytes));
    }

    internal async Task<RestAnswer> UpdateAsync(RestRequest request, string type, string id)
    {
        var contentType = request.Http.Request.ContentType;
        var body = await RestBody.BytesAsync(request, FhirReader.MaxRequestBytes);
        var read = body.Value is { } bytes ? Read(bytes, contentType, type) : FhirReading<Resource>.Failed(body.Problems);
        if (read.Value is not { } resource)
        {
            return RestAnswer.Refused(read.Problems);
        }

        if (resource.Id != id)
        {
            return RestAnswer.Refused(400, OperationOutcome.IssueType.Invalid, "the id in the resource must match the id in the address.", $"{type}.id");
        }

        var proposal = new Proposal
        {
            Kind = ProposalKind.Update,
            Type = type,
            Id = id,
            Content = _ => FhirReading<Resource>.Of(resource),
            IfMatch = IfMatch(request.Header("If-Match")),
        };
        return await TakeAsync(request, proposal, Received(request, contentType, body.Value!));
    }

    internal async Task<RestAnswer> PatchAsync(RestRequest request, string type, string id)
    {
        var contentType = request.Http.Request.ContentType ?? "";
        if (type != "Task")
        {
            return RestAnswer.Refused(405, OperationOutcome.IssueType.NotSupported, "only a Task can be patched.", type) with { Allow = "GET, PUT" };
        }

        if (!contentType.StartsWith(FhirFormats.JsonPatch, StringComparison.OrdinalIgnoreCase))
        {
            return RestAnswer.Refused(415, OperationOutcome.IssueType.NotSupported, $"send a patch as {FhirFormats.JsonPatch}.");
        }

        var body = await RestBody.BytesAsync(request, JsonPatch.MaxBytes);
        if (body.Value is not { } patch)
        {
            return RestAnswer.Refused(body.Problems);
        }

        return await TakeAsync(request, PatchOf(type, id, patch, IfMatch(request.Header("If-Match"))), Received(request, contentType, patch));
    }

    internal async Task<RestAnswer> DeleteAsync(RestRequest request, string type, string id) =>
        await TakeAsync(request, new Proposal { Kind = ProposalKind.Delete, Type = type, Id = id, IfMatch = IfMatch(request.Header("If-Match")) }, null);

    internal static Proposal PatchOf(string type, string id, byte[] patch, long? ifMatch) => new()
    {
        Kind = ProposalKind.Update,
        Type = type,
        Id = id,
        IfMatch = ifMatch,
        Content = before =>
        {
            var patched = JsonPatch.Apply(before!.Json.Span, patch);
            if (patched.Value is not { } json)
            {
                return FhirReading<Resource>.Failed(patched.Problems);
            }

            var read = FhirReader.Read(json, FhirFormat.Json);
            return read.Value is { } resource && (resource.TypeName != type || resource.Id != id)
                ? FhirReading<Resource>.Failed(new FhirProblem($"{type}.id", "a patch cannot change the type or id of a resource.", OperationOutcome.IssueType.BusinessRule))
                : read;
        },
    };

    /// <summary>The version in an ETag. A tag that the hub did not create does not match any version.</summary>
    internal static long? IfMatch(string? tag)
    {
        if (tag is null)
        {
            return null;
        }

        var text = tag.Trim();
        text = (text.StartsWith("W/", StringComparison.Ordinal) ? text[2..] : text).Trim('"');
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : -1;
    }

    internal static string NewId() => Guid.CreateVersion7().ToString("D");

    internal ReceivedBytes Received(RestRequest request, string? contentType, byte[] bytes) =>
        new(contentType ?? FhirFormats.Json, bytes, request.Caller.Key, time.GetUtcNow());

    private async Task<RestAnswer> TakeAsync(RestRequest request, Proposal proposal, ReceivedBytes? received)
    {
        var answer = await intake.TakeAsync(request.Caller, new Submission([proposal]) { Received = received, Base = request.Base }, request.Cancel);
        if (answer.Taken is not [var taken])
        {
            return RestAnswer.Refused(answer.Problems) with { Allow = answer.Problems.Any(problem => problem.Status == 405) ? "GET" : null };
        }

        var stored = taken.Resource;
        if (taken.Status == 204)
        {
            return new RestAnswer(204) { Version = stored };
        }

        return new RestAnswer(taken.Status)
        {
            Version = stored,
            Location = proposal.Kind == ProposalKind.Create ? $"{request.Base}/{stored.Reference}/_history/{stored.Version.ToString(CultureInfo.InvariantCulture)}" : null,
            Stored = request.Return == PreferredReturn.Representation ? await views.Of(request.Caller).ShowAsync(stored, isCurrent: true, request.Cancel) : null,
            Resource = request.Return == PreferredReturn.Outcome ? await posted.StillToDoAsync(stored, request.Cancel) ?? Outcomes.AllOk("taken.") : null,
        };
    }

    private static FhirReading<Resource> Read(byte[] bytes, string? contentType, string type)
    {
        var read = FhirReader.Read(bytes, contentType, type == "Binary" ? RestBody.MaxBinaryText : FhirReader.MaxRequestBytes);
        if (read.Value is not { } resource)
        {
            return read;
        }

        if (resource.TypeName != type)
        {
            return Failed(new FhirProblem(resource.TypeName, $"the address is for {type}, but the resource has a different type.", OperationOutcome.IssueType.Invalid) { Status = 400 });
        }

        return resource is Binary { Data.Length: > FhirReader.MaxBinaryBytes } ? Failed(TooLarge) : read;
    }

    private static FhirReading<Resource> Raw(byte[] bytes, string contentType) =>
        bytes.Length > FhirReader.MaxBinaryBytes ? Failed(TooLarge)
            : bytes.Length == 0 ? Failed(new FhirProblem("", "the body is empty.", OperationOutcome.IssueType.Required) { Status = 400 })
            : FhirReading<Resource>.Of(new Binary { ContentType = contentType, Data = bytes });

    private static FhirProblem TooLarge => new("Binary.data", $"a Binary must not have more than {FhirReader.MaxBinaryBytes} bytes.", OperationOutcome.IssueType.TooLong) { Status = 413 };

    private static FhirReading<Resource> Failed(FhirProblem problem) => FhirReading<Resource>.Failed(problem);
}
