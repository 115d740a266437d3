using System.Globalization;
using IntegrationHub.Functions.Contributing.Forms;
using IntegrationHub.Functions.Contributing.Pages;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Visiting.Routes;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;
using Visit = IntegrationHub.Functions.Visiting.Routes.Visit<IntegrationHub.Functions.Contributing.Opening.OpenedRequest>;

namespace IntegrationHub.Functions.Contributing.Routes;

/// <summary>
/// The pages for writing advice, either all on one page or one part at a time. Each time a page is posted, the server saves the draft.
/// Other pages add files, check the advice, and send it. What was typed is saved in the draft before the page answers, even if sending
/// fails.
/// </summary>
public sealed class ContributorWriting(ContributorVisits visits, PageDrafts drafts, DraftFiles files)
{
    internal Task<IResult> WriteAsync(HttpContext http, string? section, CancellationToken cancellationToken) =>
        visits.AnswerAsync(http, "write advice", async visit =>
        {
            var draft = await drafts.ReadAsync(visit.Opened.DraftName, cancellationToken);
            return draft.Succeeded ? Show(visit, section, draft.Value, []) : StoreFault.Answer(draft.Outcome, "draft");
        }, null, cancellationToken);

    internal Task<IResult> SaveAsync(HttpContext http, string? section, CancellationToken cancellationToken) =>
        visits.AnswerAsync(http, "write advice", async visit =>
        {
            var form = new AdviceForm(visit.Opened);
            var part = form.Sections.FirstOrDefault(s => s.Key == section);
            if ((part is null) != (section is null) || !visit.Opened.MayWrite)
            {
                return Closed(visit);
            }

            var typed = FormValues.Of(visit.Form!);
            if (!visit.IsOurs)
            {
                return await ShowUnsavedAsync(visit, section, form, typed, "This page was open for too long, or was not filled in on this site. Nothing was saved. Check the form and save it again", cancellationToken);
            }

            if (typed.All.Keys.FirstOrDefault(path => !form.IsOf(part, path)) is not null)
            {
                return await ShowUnsavedAsync(visit, section, form, typed, $"Each list in the form has at most {form.MaxRows} rows. Add a file for the rest. Nothing was saved", cancellationToken);
            }

            var sent = visit.Form!;
            IReadOnlyList<KeyValuePair<string, string>> others = [];
            var saved = await drafts.ChangeAsync(visit.Opened.DraftName, draft =>
            {
                var written = OtherWindow.Save(draft, form.Begin, path => form.IsOf(part, path), typed, sent, out var overwritten);
                others = overwritten;
                return written;
            }, cancellationToken);
            return !saved.Succeeded ? StoreFault.Answer(saved.Outcome, "draft")
                : others.Count > 0 ? ShowBoth(visit, section, form, saved.Value, typed, others)
                : sent["_add"].ToString() is { Length: > 0 } addTo ? Show(visit, section, saved.Value, [], addTo, saved: true)
                : sent["_then"] == "check" ? Results.LocalRedirect(visit.Address("/check"))
                : sent["_then"] == "file" ? Results.LocalRedirect(visit.Address("/file"))
                : sent["_then"] == "next" && Next(form, part) is { } next ? Results.LocalRedirect(visit.Address($"/advice/{next}"))
                : Results.LocalRedirect(visit.Address(part is null ? "/advice?saved" : "?done=saved"));
        }, async visit =>
        {
            var form = new AdviceForm(visit.Opened);
            return visit.Opened.MayWrite && (await KeepAsync(visit, form, form.Sections.FirstOrDefault(s => s.Key == section), cancellationToken)).Succeeded;
        }, cancellationToken);

    internal Task<IResult> CheckAsync(HttpContext http, CancellationToken cancellationToken) =>
        visits.AnswerAsync(http, "check advice", async visit =>
        {
            var draft = await drafts.ReadAsync(visit.Opened.DraftName, cancellationToken);
            return draft.Succeeded ? Check(visit, draft.Value, null) : StoreFault.Answer(draft.Outcome, "draft");
        }, null, cancellationToken);

    internal Task<IResult> SubmitAsync(HttpContext http, CancellationToken cancellationToken) =>
        visits.AnswerAsync(http, "submit advice", async visit =>
        {
            var draft = await drafts.ReadAsync(visit.Opened.DraftName, cancellationToken);
            if (!draft.Succeeded)
            {
                return StoreFault.Answer(draft.Outcome, "draft");
            }

            var saves = draft.Value.Saves.ToString(CultureInfo.InvariantCulture);
            if (!visit.IsOurs || visit.Form!["_saves"] != saves)
            {
                return visit.Opened.Request.Status == Orchestrations.Advice.RequestStatus.Received && !draft.Value.Begun ? Results.LocalRedirect(visit.Address("/sent"))
                    : Check(visit, draft.Value, visit.IsOurs ? "The draft has changed since you opened it. Check it again, because this version is what will be sent" : "This page was open for too long, or was not filled in on this site. Nothing was sent");
            }

            var form = new AdviceForm(visit.Opened);
            var (step, problems) = form.Read(form.Begin(draft.Value));
            if (step is null)
            {
                return Show(visit, null, draft.Value, problems);
            }

            if (visit.Opened.Standing?.HasContent(step.Content) == true)
            {
                return Check(visit, draft.Value, "This is the same as what you sent before, so there is nothing to correct");
            }

            step = visit.Opened.Standing is null ? step : step with { Correction = "Corrected by its author on the contributor's page." };
            if (await visits.SendAsync(visit, step, $"advice/{saves}", cancellationToken) is { } refusal)
            {
                return Show(visit, null, draft.Value, [new FormProblem("", refusal.Reason)]);
            }

            // What was sent is now in the case; anything that was typed since then stays in the draft.
            await drafts.ChangeAsync(visit.Opened.DraftName, d => d.Saves == draft.Value.Saves ? d.With(AdviceForm.Owns, FormValues.None) with { Begun = false, Files = [] } : d, cancellationToken);
            return Results.LocalRedirect(visit.Address("/sent"));
        }, null, cancellationToken);

    internal Task<IResult> SentAsync(HttpContext http, CancellationToken cancellationToken) =>
        visits.AnswerAsync(http, "receipt", visit => Task.FromResult(
            visit.Opened.Standing is { } standing ? visits.Page<SentPage>(visit, StatusCodes.Status200OK, ("Advice", standing)) : Results.LocalRedirect(visit.Address())), null, cancellationToken);

    internal Task<IResult> FilesAsync(HttpContext http, CancellationToken cancellationToken) =>
        visits.AnswerAsync(http, "files", visit => ShowFilesAsync(visit, null, StatusCodes.Status200OK, cancellationToken), null, cancellationToken);

    /// <summary>Adds or removes a file.</summary>
    internal Task<IResult> ChangeFilesAsync(HttpContext http, CancellationToken cancellationToken) =>
        visits.AnswerAsync(http, "files", async visit =>
        {
            if (!visit.Opened.MayWrite)
            {
                return Closed(visit);
            }

            if (!visit.IsOurs)
            {
                return await ShowFilesAsync(visit, $"{Visit.NotOurs} Nothing was added: try again", StatusCodes.Status400BadRequest, cancellationToken);
            }

            var change = await files.ChangeAsync(
                visit.Opened, visit.Opened.State.Id, DocumentSender.Of(visit.Opened.Actor)!.Value, visit.Form!, new AdviceForm(visit.Opened).Begin, cancellationToken);
            return change.Problem is { } problem ? await ShowFilesAsync(visit, problem, StatusCodes.Status422UnprocessableEntity, cancellationToken)
                : change.Fault == KeepingOutcome.Done ? Results.LocalRedirect(visit.Address("/file"))
                : StoreFault.Answer(change.Fault, change.FaultOf);
        }, null, cancellationToken);

    private Task<StoreResult<PageDraft>> KeepAsync(Visit visit, AdviceForm form, AdviceSection? part, CancellationToken cancellationToken) => drafts.ChangeAsync(
        visit.Opened.DraftName, draft => OtherWindow.Keep(draft, form.Begin, path => form.IsOf(part, path), FormValues.Of(visit.Form!), visit.Form!), cancellationToken);

    // Colleagues share one draft. The page shows what the reader typed and, next to each field, what somebody else wrote there in the
    // meantime.
    private IResult ShowBoth(Visit visit, string? section, AdviceForm form, PageDraft draft, FormValues typed, IReadOnlyList<KeyValuePair<string, string>> others)
    {
        var part = form.Sections.FirstOrDefault(s => s.Key == section);
        return Show(visit, section, draft.With(path => form.IsOf(part, path), OtherWindow.Shown(typed, others)), OtherWindow.Problems(typed, others));
    }

    private static string? Next(AdviceForm form, AdviceSection? part) => form.Sections.SkipWhile(s => s != part).Skip(1).FirstOrDefault()?.Key;

    private IResult Closed(Visit visit) => visits.Page<ClosedPage>(visit, StatusCodes.Status409Conflict, ("Typed", visit.Form is { } form ? ContributorVisits.TextOf(form) : ""));

    private IResult Check(Visit visit, PageDraft draft, string? problem)
    {
        if (!visit.Opened.MayWrite)
        {
            return Closed(visit);
        }

        var form = new AdviceForm(visit.Opened);
        var (step, problems) = form.Read(form.Begin(draft));
        return step is null
            ? Show(visit, null, draft, problems)
            : visits.Page<CheckPage>(visit, problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, ("Content", step.Content), ("Saves", draft.Saves), ("Problem", problem));
    }

    private IResult Show(Visit visit, string? section, PageDraft draft, IReadOnlyList<FormProblem> problems, string? addTo = null, bool saved = false)
    {
        var form = new AdviceForm(visit.Opened);
        if (!visit.Opened.MayWrite || (section is not null && form.Sections.All(s => s.Key != section)))
        {
            return Closed(visit);
        }

        var begun = form.Begin(draft);
        return visits.Page<AdvicePage>(
            visit, problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            ("Sections", section is null ? form.Sections : [.. form.Sections.Where(s => s.Key == section)]), ("Section", section), ("Draft", begun),
            ("Form", PageForms.View(begun.Values, problems, addTo, "content-author")), ("Saved", saved || visit.Http.Request.Query.ContainsKey("saved")));
    }

    private async Task<IResult> ShowUnsavedAsync(Visit visit, string? section, AdviceForm form, FormValues typed, string problem, CancellationToken cancellationToken)
    {
        var part = form.Sections.FirstOrDefault(s => s.Key == section);
        var draft = await drafts.ReadAsync(visit.Opened.DraftName, cancellationToken);
        return draft.Succeeded
            ? Show(visit, section, form.Begin(draft.Value).With(path => form.IsOf(part, path), typed), [new FormProblem("", problem)])
            : StoreFault.Answer(draft.Outcome, "draft");
    }

    private async Task<IResult> ShowFilesAsync(Visit visit, string? problem, int status, CancellationToken cancellationToken)
    {
        var draft = await drafts.ReadAsync(visit.Opened.DraftName, cancellationToken);
        if (!draft.Succeeded)
        {
            return StoreFault.Answer(draft.Outcome, "draft");
        }

        if (!visit.Opened.MayWrite)
        {
            return Closed(visit);
        }

        var kept = await files.ListAsync(visit.Opened.State.Id, new AdviceForm(visit.Opened).Begin(draft.Value).Files, cancellationToken);
        return visits.Page<FilesPage>(visit, status, ("Files", kept), ("Problem", problem), ("MaxBytes", files.MaxBytes));
    }
}
