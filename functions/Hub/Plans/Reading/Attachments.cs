using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Api;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace IntegrationHub.Functions.Plans.Reading;

/// <summary>
/// Receives and serves documents that come with advice. The documents are uploaded first, and the advice then refers to them (claim check).
/// The document's name is sent in Content-Disposition, never in the address, because it may contain a child's name.
/// </summary>
public sealed class Attachments(IAssessmentStore store, AttachmentStore documents, RuleBook rules)
{
    /// <summary>Stores the body of a request as a document of a case. The answer contains the reference to use in the advice.</summary>
    public Task<IResult> PutAsync(HttpContext http, string id, CancellationToken cancellationToken) => AskedAsync(
        http, id, cancellationToken, (caller, state) => DocumentSender.Of(caller.ToActor()) is { } sender
            ? KeepAsync(
                http,
                (name, type) => documents.KeepAsync(state.Id, sender, name, type, http.Request.Body, cancellationToken),
                sha256 => $"{ApiAddress.Cases}/{state.Id}/attachments/{sha256}")
            : ValueTask.FromResult<IResult>(Problem.NotFound()));

    /// <summary>Stores the body of a request in a folder of the store from which nobody can download it.</summary>
    internal ValueTask<IResult> KeepAsync(HttpContext http, string folder, CancellationToken cancellationToken) =>
        KeepAsync(http, (name, type) => documents.KeepAsync(folder, name, type, http.Request.Body, cancellationToken), null);

    /// <summary>Stores the body of a request as a document.</summary>
    /// <param name="http">The request.</param>
    /// <param name="keep">Stores the document under the given name and with the type that the sender declared.</param>
    /// <param name="address">Returns the address from which the document with a given hash can be downloaded; null if nobody can download
    /// the document.</param>
    private static async ValueTask<IResult> KeepAsync(HttpContext http, Func<string, string, Task<StoreResult<AttachmentRef>>> keep, Func<string, string>? address)
    {
        if (http.Request.ContentType is not { } type
            || !ContentDispositionHeaderValue.TryParse(http.Request.Headers.ContentDisposition.ToString(), out var disposition)
            || HeaderUtilities.RemoveQuotes(disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName).Value is not { Length: > 0 and <= AttachmentStore.LongestName } name)
        {
            return Problem.Of(
                StatusCodes.Status400BadRequest,
                "document-not-described",
                $"Send the document with the headers Content-Type and Content-Disposition: attachment; filename=\"...\" (a name of at most {AttachmentStore.LongestName} characters).");
        }

        var kept = await keep(name, type);
        return kept switch
        {
            { Succeeded: true } when address is not null => Created(kept.Value).At(http, address(kept.Value.Sha256)),
            { Succeeded: true } => Created(kept.Value),
            { Outcome: KeepingOutcome.Refused } => Problem.Of(StatusCodes.Status415UnsupportedMediaType, "document-not-taken", kept.Reason),
            _ => StoreFault.Answer(kept.Outcome, "document"),
        };

        static IResult Created(AttachmentRef reference) => TypedResults.Json(reference, ApiJson.Default.AttachmentRef, statusCode: StatusCodes.Status201Created);
    }

    /// <summary>Serves a document, always as a download, because its content comes from outside the hub.</summary>
    public Task<IResult> GetAsync(HttpContext http, string id, string sha256, CancellationToken cancellationToken) => AskedAsync(http, id, cancellationToken, async (caller, state) =>
    {
        if (!PlanAccess.MayReadAttachment(caller, state, sha256))
        {
            return Problem.NotFound("document");
        }

        var read = await documents.ReadAsync(state.Id, sha256, cancellationToken);
        if (!read.Succeeded)
        {
            return StoreFault.Answer(read.Outcome, "document");
        }

        var name = state.Advice.SelectMany(a => a.Content.Attachments).Concat(FamilyEvidence.DocumentsOf(state)).Concat(state.Documents.Select(one => one.Document)).FirstOrDefault(a => a.Sha256 == sha256)?.FileName ?? "document";
        return TypedResults.Bytes(read.Value, AttachmentForm.StoredMediaType(read.Value), name);
    });

    private async Task<IResult> AskedAsync(HttpContext http, string id, CancellationToken cancellationToken, Func<Caller, AssessmentState, ValueTask<IResult>> answer)
    {
        if (!AssessmentId.TryParse(id, out var assessment, out _) || !rules.Serves(assessment.Council))
        {
            return Problem.NotFound();
        }

        var state = (await store.LoadAsync(assessment, cancellationToken)).State;
        if (CaseVisibilities.Of(http.Caller(), state) == CaseVisibility.None)
        {
            return Problem.NotFound();
        }

        http.Response.Headers.ETag = Submissions.EntityTag(state.Version);
        return await answer(http.Caller(), state);
    }
}
