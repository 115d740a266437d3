using IntegrationHub.Functions.Contributing.Forms;
using IntegrationHub.Functions.Contributing.Pages;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Visiting.Opening;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using Microsoft.AspNetCore.Http;
using Visit = IntegrationHub.Functions.Visiting.Routes.Visit<IntegrationHub.Functions.Contributing.Opening.OpenedRequest>;

namespace IntegrationHub.Functions.Contributing.Routes;

/// <summary>The page of a request for advice, the page that asks for the code, and the downloads that go with the request.</summary>
public sealed class ContributorEndpoints(ContributorVisits visits, PageDrafts drafts, LetterStore letters, AttachmentStore documents)
{
    internal async Task<IResult> OpenAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var (visit, refused) = await visits.OpenAsync(http, cancellationToken);
        return visit is null ? refused!
            : visit.Standing != Standing.Passed ? visits.Code(visit)
            : await visits.AnswerAsync(http, $"request {visit.Opened.Request.Id}", v => ShowAsync(v, cancellationToken), null, cancellationToken);
    }

    internal Task<IResult> AcknowledgeAsync(HttpContext http, CancellationToken cancellationToken) =>
        visits.AnswerAsync(http, "acknowledge", async visit =>
        {
            if (visit.IsOurs && visit.Opened.Request.CanChangeTo(RequestStatus.Acknowledged))
            {
                var refusal = await visits.SendAsync(visit, new AcknowledgeAdviceRequest(visit.Opened.Request.Id), "acknowledge", cancellationToken);
                return refusal is null ? Results.LocalRedirect(visit.Address("?done=acknowledge")) : await ShowAsync(visit, cancellationToken, refusal.Reason);
            }

            return await ShowAsync(visit, cancellationToken, visit.IsOurs ? null : "This page was open for too long, or was not filled in on this site. Try again");
        }, null, cancellationToken);

    /// <summary>The letter that was stored when the request was sent.</summary>
    internal Task<IResult> LetterAsync(HttpContext http, CancellationToken cancellationToken) =>
        visits.AnswerAsync(http, "letter", async visit =>
        {
            var kept = await letters.ListAsync(visit.Opened.State.Id, cancellationToken);
            if (!kept.Succeeded)
            {
                return StoreFault.Answer(kept.Outcome, "letter");
            }

            var subject = new LetterSubject(LetterKind.AdviceRequest, visit.Opened.Request.Id).Id;
            if (kept.Value.LastOrDefault(k => k.Letter == subject && k.Format == LetterFormat.Html) is not { } form)
            {
                return visits.Absent(visit);
            }

            var read = await letters.ReadAsync(visit.Opened.State.Id, form, cancellationToken);
            if (!read.Succeeded)
            {
                return StoreFault.Answer(read.Outcome, "letter");
            }

            http.Response.Headers.ContentSecurityPolicy = LetterHtml.ContentSecurityPolicy;
            return TypedResults.Bytes(read.Value, KeptLetter.ContentType(LetterFormat.Html));
        }, null, cancellationToken);

    /// <summary>What the family said and sent in, which goes with every request and is always offered as a download.</summary>
    internal Task<IResult> DocumentAsync(HttpContext http, string sha256, CancellationToken cancellationToken) =>
        visits.AnswerAsync(http, "family's document", async visit =>
        {
            if (FamilyEvidence.DocumentsOf(visit.Opened.State).FirstOrDefault(d => d.Sha256 == sha256) is not { } document || !visit.Opened.MayWrite)
            {
                return visits.Absent(visit);
            }

            var read = await documents.ReadAsync(visit.Opened.State.Id, sha256, cancellationToken);
            return read.Succeeded ? TypedResults.Bytes(read.Value, AttachmentForm.StoredMediaType(read.Value), document.FileName) : StoreFault.Answer(read.Outcome, "document");
        }, null, cancellationToken);

    private async Task<IResult> ShowAsync(Visit visit, CancellationToken cancellationToken, string? problem = null)
    {
        var draft = await drafts.ReadAsync(visit.Opened.DraftName, cancellationToken);
        return draft.Succeeded
            ? visits.Page<RequestPage>(
                visit, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
                ("Draft", draft.Value), ("Done", ContributorAction.DoneOf(visit.Http.Request.Query["done"].ToString())), ("Problem", problem))
            : StoreFault.Answer(draft.Outcome, "draft");
    }
}
