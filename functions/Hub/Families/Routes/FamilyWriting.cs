using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Functions.Families.Forms;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Families.Pages;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Visiting.Routes;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;
using Visit = IntegrationHub.Functions.Visiting.Routes.Visit<IntegrationHub.Functions.Families.Opening.OpenedCase>;

namespace IntegrationHub.Functions.Families.Routes;

/// <summary>
/// The pages on which a family writes over several visits: its views, its evidence, and its answer to the draft or to proposed changes.
/// Drafts are stored on the server. The family checks the text as it will be sent, and then sends it. What was typed is
/// saved in the draft before the page answers, even if sending fails.
/// </summary>
public sealed class FamilyWriting(FamilyVisits visits, PageDrafts drafts, DraftFiles files, AttachmentStore documents)
{
    private const string PlanChanged =
        "The plan has changed since you opened this form. What you wrote about a line is shown at that line or, if the line is not there any more, in your comment on the whole. Nothing was saved. Check the form and save it again";

    internal Task<IResult> WriteAsync(HttpContext http, string part, CancellationToken cancellationToken) => OnAsync(http, part, async (visit, of) =>
        await DraftAsync(visit, of, cancellationToken) is var draft && draft.Succeeded
            ? Show(visit, of, of.Begin(visit.Opened, draft.Value), [])
            : StoreFault.Answer(draft.Outcome, "draft"), cancellationToken);

    internal Task<IResult> SaveAsync(HttpContext http, string part, CancellationToken cancellationToken) => OnAsync(
        http, part,
        async (visit, of) =>
        {
            var typed = FormValues.Of(visit.Form!);
            if (visit.IsOurs && IsOfEarlierPlan(visit, of))
            {
                var now = await DraftAsync(visit, of, cancellationToken);
                return now.Succeeded ? ShowMoved(visit, of, of.Begin(visit.Opened, now.Value), of.Moved(visit.Opened, typed)) : StoreFault.Answer(now.Outcome, "draft");
            }

            if (!visit.IsOurs || typed.All.Keys.Any(path => !of.Owns(visit.Opened, path)))
            {
                var kept = await DraftAsync(visit, of, cancellationToken);
                return kept.Succeeded
                    ? Show(visit, of, of.Begin(visit.Opened, kept.Value).With(path => of.Owns(visit.Opened, path), of.Moved(visit.Opened, typed)), [new FormProblem("", visit.IsOurs
                        ? "The form has changed since you opened it. Nothing was saved. Check the form and save it again"
                        : $"{Visit.NotOurs} Nothing was saved. Check the form and save it again")])
                    : StoreFault.Answer(kept.Outcome, "draft");
            }

            IReadOnlyList<KeyValuePair<string, string>> others = [];
            var saved = await drafts.ChangeAsync(Page(visit, of).DraftName, d =>
            {
                var written = OtherWindow.Save(d, begun => of.Begin(visit.Opened, begun), path => of.Owns(visit.Opened, path), typed, visit.Form!, out var overwritten);
                others = overwritten;
                return written;
            }, cancellationToken);
            return !saved.Succeeded ? StoreFault.Answer(saved.Outcome, "draft")
                : others.Count > 0 ? Show(visit, of, saved.Value.With(path => of.Owns(visit.Opened, path), OtherWindow.Shown(typed, others)), OtherWindow.Problems(typed, others))
                : Results.LocalRedirect(visit.Address(visit.Form!["_then"].ToString() switch
                {
                    "check" => $"/{of.Key}/check",
                    "file" => $"/{of.Key}/file",
                    _ => $"/{of.Key}?saved",
                }));
        },
        cancellationToken,
        async (visit, of) => FormValues.Of(visit.Form!) is var typed && (await drafts.ChangeAsync(Page(visit, of).DraftName, d => OtherWindow.Keep(
            d, begun => of.Begin(visit.Opened, begun), path => of.Owns(visit.Opened, path),
            IsOfEarlierPlan(visit, of) ? of.Moved(visit.Opened, typed) : typed, visit.Form!), cancellationToken)).Succeeded);

    internal Task<IResult> FilesAsync(HttpContext http, string part, CancellationToken cancellationToken) =>
        OnAsync(http, part, (visit, of) => ShowFilesAsync(visit, of, null, StatusCodes.Status200OK, cancellationToken), cancellationToken);

    internal Task<IResult> ChangeFilesAsync(HttpContext http, string part, CancellationToken cancellationToken) => OnAsync(http, part, async (visit, of) =>
    {
        if (!visit.IsOurs || !of.TakesFiles)
        {
            return await ShowFilesAsync(visit, of, $"{Visit.NotOurs} Nothing was added: try again", StatusCodes.Status400BadRequest, cancellationToken);
        }

        var change = await files.ChangeAsync(
            Page(visit, of), visit.Opened.State.Id, DocumentSender.Of(visit.Opened.Actor)!.Value, visit.Form!, d => of.Begin(visit.Opened, d), cancellationToken);
        return change.Problem is { } problem ? await ShowFilesAsync(visit, of, problem, StatusCodes.Status422UnprocessableEntity, cancellationToken)
            : change.Fault == KeepingOutcome.Done ? Results.LocalRedirect(visit.Address($"/{of.Key}/file"))
            : StoreFault.Answer(change.Fault, change.FaultOf);
    }, cancellationToken);

    internal Task<IResult> CheckAsync(HttpContext http, string part, CancellationToken cancellationToken) => OnAsync(http, part, async (visit, of) =>
        await DraftAsync(visit, of, cancellationToken) is var draft && !draft.Succeeded ? StoreFault.Answer(draft.Outcome, "draft")
            // Whoever goes back in the browser after sending is not told that the form is empty.
            : IsSent(draft.Value) && of.Read(visit.Opened, of.Begin(visit.Opened, draft.Value)).Problems.Count > 0 ? Results.LocalRedirect(visit.Address($"?done={of.Key}"))
            : Check(visit, of, draft.Value, null), cancellationToken);

    private static bool IsSent(PageDraft draft) => draft is { Begun: false, Saves: > 0 };

    internal Task<IResult> SendAsync(HttpContext http, string part, CancellationToken cancellationToken) => OnAsync(http, part, async (visit, of) =>
    {
        var draft = await DraftAsync(visit, of, cancellationToken);
        if (!draft.Succeeded)
        {
            return StoreFault.Answer(draft.Outcome, "draft");
        }

        var saves = draft.Value.Saves.ToString(CultureInfo.InvariantCulture);
        if (!visit.IsOurs || visit.Form!["_saves"] != saves)
        {
            return visit.IsOurs && IsSent(draft.Value) ? Results.LocalRedirect(visit.Address($"?done={of.Key}"))
                : Check(visit, of, draft.Value, visit.IsOurs ? "What you wrote has changed since you opened this page. Check your text again, because this version is what will be sent" : $"{Visit.NotOurs} Nothing was sent");
        }

        var begun = of.Begin(visit.Opened, draft.Value);
        var words = of.Read(visit.Opened, begun);
        if (words.Problems.Count > 0)
        {
            return Show(visit, of, begun, words.Problems);
        }

        var step = await StepAsync(visit.Opened, of, begun, words, saves, cancellationToken);
        if (!step.Succeeded)
        {
            return step.Outcome == KeepingOutcome.Refused ? Show(visit, of, begun, [new FormProblem("", step.Reason)]) : StoreFault.Answer(step.Outcome, "document");
        }

        if (await visits.SendAsync(visit.Opened, step.Value, $"{of.Key}/{saves}", cancellationToken) is { } refusal)
        {
            return Show(visit, of, begun, [new FormProblem("", refusal.Reason)]);
        }

        // What was sent is now in the case; anything that was typed since then stays in the draft.
        await drafts.ChangeAsync(Page(visit, of).DraftName, d => d.Saves == draft.Value.Saves ? d with { Typed = new Dictionary<string, string>(), Begun = false, Files = [] } : d, cancellationToken);
        return Results.LocalRedirect(visit.Address($"?done={of.Key}"));
    }, cancellationToken);

    private async Task<StoreResult<AssessmentInput>> StepAsync(OpenedCase opened, FamilyPart of, PageDraft draft, FamilyWords words, string saves, CancellationToken cancellationToken)
    {
        if (of.InputOf(opened, draft) is { } step)
        {
            return StoreResult.Done(step);
        }

        if (of is ViewsPart && opened.ViewsRequest is { } asked)
        {
            var content = ViewsPart.ContentOf(opened, draft);
            return AdviceFaults.First(content) is { } fault ? StoreResult.Failed<AssessmentInput>(KeepingOutcome.Refused, fault.Reason)
                : StoreResult.Done<AssessmentInput>(new SubmitAdvice(asked.Id, content, opened.CurrentViews(asked) is null ? null : "Corrected by the family on its own page."));
        }

        IReadOnlyList<AttachmentRef> all = draft.Files;
        if (words.Lines.Count > 0)
        {
            var written = await WordsDocument.KeepAsync(documents, opened.State.Id, $"{of.Key}-in-words.txt", of.Title, words.Lines, cancellationToken);
            if (!written.Succeeded)
            {
                return written.As<AssessmentInput>();
            }

            all = [written.Value, .. all];
        }

        // The path of the case ends in the same word for everybody; only the path of the link differs from reader to reader.
        var id = $"web-{ReaderLinks.HashOf(opened.Home)[..12]}-{of.Key}-{saves}";
        return StoreResult.Done<AssessmentInput>(new RecordFamilyEvidence(id, of is ViewsPart ? FamilyEvidenceKind.Representations : FamilyEvidenceKind.Evidence, opened.Today, all, opened.Person));
    }

    private Task<IResult> OnAsync(
        HttpContext http, string part, Func<Visit, FamilyPart, Task<IResult>> answer, CancellationToken cancellationToken, Func<Visit, FamilyPart, Task<bool>>? keep = null)
    {
        if (FamilyParts.All.FirstOrDefault(p => p.Key == part) is not { } of)
        {
            return visits.AnswerAsync(http, "case", visit => Task.FromResult(visits.Absent(visit)), null, cancellationToken);
        }

        return visits.AnswerAsync(
            http, of.Key,
            visit => of.ClosedBecause(visit.Opened) is { } closed
                ? ShowClosedAsync(visit, of, closed, cancellationToken)
                : answer(visit, of),
            keep is null ? null : async visit => of.ClosedBecause(visit.Opened) is null && await keep(visit, of), cancellationToken);
    }

    // What was typed, and what was saved earlier and not sent, is shown although it can no longer be sent here.
    private async Task<IResult> ShowClosedAsync(Visit visit, FamilyPart of, string because, CancellationToken cancellationToken)
    {
        var typed = visit.Form is { } form ? FamilyVisits.TextOf(form) : "";
        var draft = await DraftAsync(visit, of, cancellationToken);
        var saved = draft.Succeeded ? draft.Value.Typed.Values.Select(text => text.Trim()).Where(text => text.Any(char.IsWhiteSpace) && !typed.Contains(text, StringComparison.Ordinal)) : [];
        return visits.Page<ClosedPage>(visit, StatusCodes.Status409Conflict, ("Because", because), ("Typed", string.Join("\n\n", saved.Append(typed).Where(text => text.Length > 0))));
    }

    // Text that was already saved for the plan as it is now is shown as well.
    private IResult ShowMoved(Visit visit, FamilyPart of, PageDraft begun, FormValues moved)
    {
        bool Owns(string path) => of.Owns(visit.Opened, path);
        var others = begun.Typed.Where(saved => Owns(saved.Key) && saved.Value.Trim().Length > 0 && saved.Value != moved[saved.Key]).ToList();
        return Show(visit, of, begun.With(Owns, OtherWindow.Shown(moved, others)), [new FormProblem("", PlanChanged), .. OtherWindow.Problems(moved, others).Skip(1)]);
    }

    private static OpenedCase Page(Visit visit, FamilyPart of) => visit.Opened with { Part = of.Key };

    // A page that earlier versions of the hub showed does not say for which plan it was.
    private static bool IsOfEarlierPlan(Visit visit, FamilyPart of) => visit.Form!["_of"].ToString() is { Length: > 0 } shown && shown != Page(visit, of).PartOfVersion;

    /// <summary>
    /// The draft. If an earlier draft plan was answered but the answer was not sent, and nothing has been written about the draft plan that
    /// replaced it, the answer is carried over.
    /// </summary>
    private async Task<StoreResult<PageDraft>> DraftAsync(Visit visit, FamilyPart of, CancellationToken cancellationToken)
    {
        var draft = await drafts.ReadAsync(Page(visit, of).DraftName, cancellationToken);
        for (var version = (visit.Opened.State.NewestPlan?.Version ?? 0) - 1; of is DraftPart && draft is { Succeeded: true, Value.Saves: 0 } && version > 0; version--)
        {
            var earlier = Page(visit, of) with { Earlier = version };
            var read = await drafts.ReadAsync(earlier.DraftName, cancellationToken);
            if (!read.Succeeded || read.Value.Saves > 0)
            {
                return read.Succeeded && read.Value.Typed.Count > 0
                    ? StoreResult.Done(of.Begin(visit.Opened, draft.Value).With(path => of.Owns(visit.Opened, path), of.Moved(visit.Opened, read.Value.Values)))
                    : read.Succeeded ? draft : read;
            }
        }

        return draft;
    }

    private IResult Check(Visit visit, FamilyPart of, PageDraft draft, string? problem)
    {
        var begun = of.Begin(visit.Opened, draft);
        var words = of.Read(visit.Opened, begun);
        return words.Problems.Count > 0
            ? Show(visit, of, begun, words.Problems)
            : visits.Page<CheckWordsPage>(
                visit, problem is null ? StatusCodes.Status200OK : StatusCodes.Status409Conflict, ("Part", of), ("Words", words), ("Files", begun.Files), ("Saves", draft.Saves), ("Problem", problem));
    }

    private IResult Show(Visit visit, FamilyPart of, PageDraft begun, IReadOnlyList<FormProblem> problems) => visits.Page<WritePage>(
        visit, problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, ("Part", of), ("Draft", begun),
        ("Form", PageForms.View(begun.Values, problems, null, "main")), ("Saved", visit.Http.Request.Query.ContainsKey("saved")));

    private async Task<IResult> ShowFilesAsync(Visit visit, FamilyPart of, string? problem, int status, CancellationToken cancellationToken)
    {
        var draft = await DraftAsync(visit, of, cancellationToken);
        return draft.Succeeded
            ? visits.Page<WordFilesPage>(
                visit, status, ("Part", of), ("Files", await files.ListAsync(visit.Opened.State.Id, of.Begin(visit.Opened, draft.Value).Files, cancellationToken)), ("Problem", problem), ("MaxBytes", files.MaxBytes))
            : StoreFault.Answer(draft.Outcome, "draft");
    }
}
