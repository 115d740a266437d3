using System.Globalization;
using IntegrationHub.Functions.Families.Forms;
using IntegrationHub.Functions.Families.Pages;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Visiting.Opening;
using IntegrationHub.Functions.Visiting.Routes;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;
using Visit = IntegrationHub.Functions.Visiting.Routes.Visit<IntegrationHub.Functions.Families.Opening.FamilyRequestPage>;

namespace IntegrationHub.Functions.Families.Asking;

/// <summary>
/// The pages for asking for an assessment: the e-mail address, the short form, the files, the check, the sending and the receipt.
/// </summary>
public sealed class FamilyRequestPages(FamilyRequestVisits visits, PageDrafts drafts, DraftFiles files, FamilyRequestSubmission opening, FamilyTokens tokens, RuleBook rules)
{
    // The greatest number of requests from one e-mail address, which is more than anybody would ever make.
    private const int MaxSent = 20;

    internal IResult Councils(HttpContext http) => MonitorPages.Page<AskCouncilsPage>(http, ("Councils", rules.Councils.Where(c => c.Icb is not null).ToList()));

    internal async Task<IResult> OpenAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var (visit, refused) = await visits.OpenAsync(http, cancellationToken);
        return visit is null ? refused! : visit.Standing == Standing.Passed ? Results.LocalRedirect(visit.Address("/request")) : visits.Code(visit);
    }

    internal async Task<IResult> CodeAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var (visit, refused) = await visits.OpenAsync(http, cancellationToken);
        if (visit is null || !visit.IsOurs || visit.Form!["send"] != "code")
        {
            return visit is null ? refused! : await visits.CodeAsync(visit, cancellationToken);
        }

        return visits.For(http, visit.Opened, visit.Form["mail"].ToString()) is { } page
            ? await visits.CodeAsync(visit with { Opened = page }, cancellationToken)
            : visits.Code(visit with { Opened = visit.Opened with { Mail = "" } }, StatusCodes.Status422UnprocessableEntity, "Enter your e-mail address, like name@example.org");
    }

    internal Task<IResult> WriteAsync(HttpContext http, CancellationToken cancellationToken) => OnAsync(http, (visit, draft) => Task.FromResult(Show(visit, draft, [])), cancellationToken);

    internal Task<IResult> SaveAsync(HttpContext http, CancellationToken cancellationToken) => visits.AnswerAsync(http, "request", async visit =>
    {
        var typed = FormValues.Of(visit.Form!);
        if (!visit.IsOurs || typed.All.Keys.Any(path => !FamilyRequestForm.Owns(path)))
        {
            var kept = await drafts.ReadAsync(visit.Opened.DraftName, cancellationToken);
            return kept.Succeeded ? Show(visit, kept.Value.With(FamilyRequestForm.Owns, typed), [new FormProblem("", $"{Visit.NotOurs} Nothing was saved. Check the form and save it again")]) : StoreFault.Answer(kept.Outcome, "draft");
        }

        IReadOnlyList<KeyValuePair<string, string>> others = [];
        var saved = await drafts.ChangeAsync(visit.Opened.DraftName, d =>
        {
            var written = OtherWindow.Save(d, same => same, FamilyRequestForm.Owns, typed, visit.Form!, out var overwritten);
            others = overwritten;
            return written;
        }, cancellationToken);
        return !saved.Succeeded ? StoreFault.Answer(saved.Outcome, "draft")
            : others.Count > 0 ? Show(visit, saved.Value.With(FamilyRequestForm.Owns, OtherWindow.Shown(typed, others)), OtherWindow.Problems(typed, others))
            : Results.LocalRedirect(visit.Address(visit.Form!["_then"].ToString() switch { "check" => "/check", "file" => "/file", _ => "/request?saved" }));
    }, async visit => (await KeepAsync(visit, cancellationToken)).Succeeded, cancellationToken);

    internal Task<IResult> FilesAsync(HttpContext http, CancellationToken cancellationToken) =>
        OnAsync(http, (visit, draft) => ShowFilesAsync(visit, draft, null, StatusCodes.Status200OK, cancellationToken), cancellationToken);

    internal Task<IResult> ChangeFilesAsync(HttpContext http, CancellationToken cancellationToken) => OnAsync(http, async (visit, draft) =>
    {
        if (!visit.IsOurs)
        {
            return await ShowFilesAsync(visit, draft, $"{Visit.NotOurs} Nothing was added: try again", StatusCodes.Status400BadRequest, cancellationToken);
        }

        var change = await files.ChangeAsync(
            visit.Opened, visit.Opened.CaseOf(draft.Sent.Count), DocumentSender.Of(new Actor { Role = ActorRole.Family, Id = visit.Opened.Reader })!.Value, visit.Form!, d => d, cancellationToken);
        return change.Problem is { } problem ? await ShowFilesAsync(visit, draft, problem, StatusCodes.Status422UnprocessableEntity, cancellationToken)
            : change.Fault == KeepingOutcome.Done ? Results.LocalRedirect(visit.Address("/file"))
            : StoreFault.Answer(change.Fault, change.FaultOf);
    }, cancellationToken);

    internal Task<IResult> CheckAsync(HttpContext http, CancellationToken cancellationToken) => OnAsync(http, (visit, draft) => Task.FromResult(
        // Whoever goes back in the browser after sending sees the receipt and not an empty form.
        draft is { Typed.Count: 0, Files.Count: 0, Sent.Count: > 0 } ? Results.LocalRedirect(visit.Address("/sent")) : Check(visit, draft, null)), cancellationToken);

    internal Task<IResult> SendAsync(HttpContext http, CancellationToken cancellationToken) => OnAsync(http, async (visit, draft) =>
    {
        if (!visit.IsOurs || visit.Form!["_saves"] != draft.Saves.ToString(CultureInfo.InvariantCulture))
        {
            return visit.IsOurs && draft is { Typed.Count: 0, Sent.Count: > 0 } ? Results.LocalRedirect(visit.Address("/sent"))
                : Check(visit, draft, visit.IsOurs ? "What you wrote has changed since you opened this page. Check your text again, because this version is what will be sent" : $"{Visit.NotOurs} Nothing was sent");
        }

        var (step, problems) = FamilyRequestForm.Read(visit.Opened, draft);
        if (step is null)
        {
            return Show(visit, draft, problems);
        }

        if (draft.Sent.Count >= MaxSent)
        {
            return Show(visit, draft, [new FormProblem("", "No more requests can be made from this e-mail address. Contact the council")]);
        }

        var assessment = visit.Opened.CaseOf(draft.Sent.Count);
        if (await opening.OpenAsync(visit.Opened, assessment, step, draft, cancellationToken) is { } refusal)
        {
            return Show(visit, draft, [new FormProblem(FamilyRequestForm.PlaceOf(refusal.Code), refusal.Reason)]);
        }

        var emptied = await drafts.ChangeAsync(
            visit.Opened.DraftName,
            // Anything that was typed since the request was checked stays in the draft.
            d => d.Sent.Count != draft.Sent.Count ? d : (d.Saves == draft.Saves ? d with { Typed = new Dictionary<string, string>(), Files = [] } : d) with { Sent = [.. d.Sent, new SentReceipt(assessment.Value, visit.Opened.Today)] }, cancellationToken);
        return emptied.Succeeded ? Results.LocalRedirect(visit.Address("/sent")) : StoreFault.Answer(emptied.Outcome, "draft");
    }, cancellationToken);

    internal Task<IResult> SentAsync(HttpContext http, CancellationToken cancellationToken) => OnAsync(http, (visit, draft) => Task.FromResult(
        draft.Sent is not [.., var last] ? Results.LocalRedirect(visit.Address("/request"))
            : visits.Page<AskSentPage>(visit, StatusCodes.Status200OK, ("Sent", last), ("Case", $"/family/{tokens.Sign(visit.Opened.CaseOf(draft.Sent.Count - 1), FamilyRequestSubmission.Link)}/case"))), cancellationToken);

    private Task<IResult> OnAsync(HttpContext http, Func<Visit, PageDraft, Task<IResult>> answer, CancellationToken cancellationToken) => visits.AnswerAsync(http, "request", async visit =>
    {
        var draft = await drafts.ReadAsync(visit.Opened.DraftName, cancellationToken);
        return draft.Succeeded ? await answer(visit, draft.Value) : StoreFault.Answer(draft.Outcome, "draft");
    }, null, cancellationToken);

    private Task<StoreResult<PageDraft>> KeepAsync(Visit visit, CancellationToken cancellationToken) =>
        drafts.ChangeAsync(visit.Opened.DraftName, d => OtherWindow.Keep(d, same => same, FamilyRequestForm.Owns, FormValues.Of(visit.Form!), visit.Form!), cancellationToken);

    private IResult Check(Visit visit, PageDraft draft, string? problem)
    {
        var (step, problems) = FamilyRequestForm.Read(visit.Opened, draft);
        return step is null
            ? Show(visit, draft, problems)
            : visits.Page<AskCheckPage>(visit, problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, ("Draft", draft), ("Lines", FamilyRequestForm.Lines(draft)), ("Problem", problem));
    }

    private IResult Show(Visit visit, PageDraft draft, IReadOnlyList<FormProblem> problems) => visits.Page<AskFormPage>(
        visit, problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, ("Draft", draft), ("Form", PageForms.View(draft.Values, problems, null, "main")),
        ("Saved", visit.Http.Request.Query.ContainsKey("saved")));

    private async Task<IResult> ShowFilesAsync(Visit visit, PageDraft draft, string? problem, int status, CancellationToken cancellationToken) => visits.Page<AskFilesPage>(
        visit, status, ("Files", await files.ListAsync(visit.Opened.CaseOf(draft.Sent.Count), draft.Files, cancellationToken)), ("Problem", problem), ("MaxBytes", files.MaxBytes));
}
