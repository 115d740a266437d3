using System.Security.Cryptography;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Functions.Families.Forms;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Families.Pages;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Monitoring.Family;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Visiting.Opening;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;
using Visit = IntegrationHub.Functions.Visiting.Routes.Visit<IntegrationHub.Functions.Families.Opening.OpenedCase>;

namespace IntegrationHub.Functions.Families.Routes;

/// <summary>The pages of a family's case: its progress, its letters, what was sent, and what the family can do in a single step.</summary>
public sealed class FamilyPages(
    FamilyVisits visits, PageDrafts drafts, LetterLinkResolver letters, ReaderLinks links, AttachmentStore documents, INoticeChannel notices, MonitorOptions options, NoticeOptions noticeOptions)
{
    private const string NotNow = "You have already asked for this, or it cannot be asked for at this stage of the case.";

    internal async Task<IResult> OpenAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var (visit, refused) = await visits.OpenAsync(http, cancellationToken);
        return visit is null ? refused!
            : visit.Standing != Standing.Passed ? visits.Code(visit)
            : await visits.AnswerAsync(http, "case", v => Task.FromResult(Show(v)), null, cancellationToken);
    }

    /// <summary>A letter as it was sent to this reader.</summary>
    internal Task<IResult> LetterAsync(HttpContext http, string notice, CancellationToken cancellationToken) => visits.AnswerAsync(http, $"letter {notice}", async visit =>
    {
        var opened = LettersOf(visit.Opened).FirstOrDefault(l => l.Notice.Id == notice);
        if (opened is null)
        {
            return visits.Absent(visit);
        }

        var read = await letters.ReadAsync(opened, LetterFormat.Html, cancellationToken);
        if (!read.Succeeded)
        {
            return read.Outcome == KeepingOutcome.Missing ? visits.Absent(visit) : StoreFault.Answer(read.Outcome, "letter");
        }

        http.Response.Headers.ContentSecurityPolicy = LetterHtml.ContentSecurityPolicy;
        return TypedResults.Bytes(read.Value, KeptLetter.ContentType(LetterFormat.Html));
    }, null, cancellationToken);

    /// <summary>A document that this reader sent in, which is always offered as a download.</summary>
    internal Task<IResult> DocumentAsync(HttpContext http, string sha256, CancellationToken cancellationToken) => visits.AnswerAsync(http, "own document", async visit =>
    {
        if (DocumentsOf(visit.Opened).FirstOrDefault(d => d.Sha256 == sha256) is not { } document)
        {
            return visits.Absent(visit);
        }

        var read = await documents.ReadAsync(visit.Opened.State.Id, sha256, cancellationToken);
        return read.Succeeded ? TypedResults.Bytes(read.Value, AttachmentForm.StoredMediaType(read.Value), document.FileName) : StoreFault.Answer(read.Outcome, "document");
    }, null, cancellationToken);

    internal Task<IResult> AskAsync(HttpContext http, string act, CancellationToken cancellationToken) => visits.AnswerAsync(http, act, async visit =>
    {
        if (FamilyAction.All.FirstOrDefault(a => a.Key == act) is not { } of)
        {
            return visits.Absent(visit);
        }

        if (FamilyAction.Of(visit.Opened).All(a => a != of))
        {
            return visits.Page<ClosedPage>(visit, StatusCodes.Status409Conflict, ("Because", NotNow));
        }

        var draft = await drafts.ReadAsync(Page(visit, of).DraftName, cancellationToken);
        return draft.Succeeded ? Show(visit, of, draft.Value.Values, []) : StoreFault.Answer(draft.Outcome, "draft");
    }, null, cancellationToken);

    internal Task<IResult> SendAsync(HttpContext http, string act, CancellationToken cancellationToken) => visits.AnswerAsync(http, act, async visit =>
    {
        var (typed, once) = (FormValues.Of(visit.Form!), visit.Form!["_once"].ToString());
        if (FamilyAction.All.FirstOrDefault(a => a.Key == act) is not { } of)
        {
            return visits.Absent(visit);
        }

        if (!visit.IsOurs || once.Length is 0 or > 24 || !once.All(char.IsAsciiLetterOrDigit))
        {
            return Show(visit, of, typed, [new FormProblem("", $"{Visit.NotOurs} Nothing was sent. Check it and send it again")]);
        }

        List<FormProblem> problems =
        [
            .. of.Fields.Where(f => f.IsRequired && typed[$"acts.{f.Name}"].Trim().Length == 0).Select(f => new FormProblem($"acts.{f.Name}", $"Enter: {f.Label}")),
            .. typed.All.Where(t => of.Fields.All(f => t.Key != $"acts.{f.Name}")).Select(_ => new FormProblem("", "The form has changed since you opened it. Check it and send it again")),
            .. typed.All.Where(t => !AdviceFaults.Fits(t.Value)).Select(t => new FormProblem(t.Key, "This is too long")),
        ];
        if (problems.Count == 0 && await visits.SendAsync(visit.Opened, of.Step(visit.Opened, typed, once), $"{act}/{once}", cancellationToken) is { } refusal)
        {
            problems.Add(new FormProblem("", refusal.Reason));
        }

        if (problems.Count == 0 && of.Fields.Count > 0)
        {
            // What was kept of a form that was sent after its code had expired is now in the case.
            await drafts.ChangeAsync(Page(visit, of).DraftName, d => d with { Typed = new Dictionary<string, string>() }, cancellationToken);
        }

        return problems.Count > 0 ? Show(visit, of, typed, problems) : Results.LocalRedirect(visit.Address($"?done={act}"));
    }, async visit => FamilyAction.All.FirstOrDefault(a => a.Key == act) is { Fields.Count: > 0 } of
        && (await drafts.ChangeAsync(Page(visit, of).DraftName, d => d.With(path => of.Fields.Any(f => path == $"acts.{f.Name}"), FormValues.Of(visit.Form!)), cancellationToken)).Succeeded, cancellationToken);

    private static OpenedCase Page(Visit visit, FamilyAction of) => visit.Opened with { Part = of.Key };

    /// <summary>Withdraws the family's consent for a supporter to take part.</summary>
    internal Task<IResult> EndSupporterAsync(HttpContext http, CancellationToken cancellationToken) => visits.AnswerAsync(http, "end supporter", async visit =>
    {
        if (!visit.IsOurs)
        {
            return Show(visit, $"{Visit.NotOurs} Nothing was changed: try again");
        }

        var person = visit.Form!["person"].ToString();
        return FamilyAction.SupportersOf(visit.Opened).All(p => p.Id != person) ? Results.LocalRedirect(visit.Address())
            : await visits.SendAsync(visit.Opened, new EndSupporter(person, visit.Opened.Person), $"end/{person}", cancellationToken) is { } refusal ? Show(visit, refusal.Reason)
            : Results.LocalRedirect(visit.Address("?done=end"));
    }, null, cancellationToken);

    private IEnumerable<OpenedLetter> LettersOf(OpenedCase opened) =>
        letters.OfReader(opened.State, opened.Reader).Select(n => new OpenedLetter(opened.State, n, n.SentOn!.Value.AddDays(noticeOptions.LetterLinkDays)));

    /// <summary>The documents that one member of the family sent.</summary>
    internal static IEnumerable<AttachmentRef> DocumentsOf(OpenedCase opened) => opened.State.FamilyEvidence.Where(e => e.Person == opened.Person).SelectMany(e => e.Documents)
        .Concat(opened.OwnViews.SelectMany(a => a.Content.Attachments));

    private IResult Show(Visit visit, string? problem = null)
    {
        var opened = visit.Opened;
        var lines = LettersOf(opened).Select(l => LetterView.Of(l, null, letters, links, opened.Rules, opened.Today)).ToList();
        var view = FamilyView.Of(opened.State, opened.Link, opened.Today, opened.Rules, options.FamilyContact, [], notices.Sends);
        var done = visit.Http.Request.Query["done"].ToString();
        return visits.Page<HomePage>(
            visit, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            ("Where", view), ("Letters", lines), ("LetterIds", LettersOf(opened).Select(l => l.Notice.Id).ToList()), ("Problem", problem),
            ("Done", done == "end" ? "The council has been told that this person no longer helps you." : FamilyParts.All.FirstOrDefault(p => p.Key == done)?.Done ?? FamilyAction.All.FirstOrDefault(a => a.Key == done)?.Done));
    }

    private IResult Show(Visit visit, FamilyAction act, FormValues typed, IReadOnlyList<FormProblem> problems) => visits.Page<SayPage>(
        visit, problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        ("Act", act), ("Form", PageForms.View(typed, problems)), ("Once", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))));
}
