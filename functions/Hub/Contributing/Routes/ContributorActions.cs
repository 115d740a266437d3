using System.Security.Cryptography;
using IntegrationHub.Functions.Contributing.Forms;
using IntegrationHub.Functions.Contributing.Opening;
using IntegrationHub.Functions.Contributing.Pages;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Plans.Reading;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;
using Visit = IntegrationHub.Functions.Visiting.Routes.Visit<IntegrationHub.Functions.Contributing.Opening.OpenedRequest>;

namespace IntegrationHub.Functions.Contributing.Routes;

/// <summary>
/// The pages on which a contributor says when the advice will be sent, declines, asks the council a question or passes the request on.
/// </summary>
public sealed class ContributorActions(ContributorVisits visits, PageDrafts drafts, NoticeDirectory directory)
{
    private const string Once = "_once";

    internal Task<IResult> AskAsync(HttpContext http, string key, CancellationToken cancellationToken) =>
        visits.AnswerAsync(http, key, async visit =>
        {
            if (Find(visit, key) is not { } act)
            {
                return visits.Absent(visit);
            }

            var draft = await drafts.ReadAsync(visit.Opened.DraftName, cancellationToken);
            return draft.Succeeded ? Show(visit, act, draft.Value.Values, []) : StoreFault.Answer(draft.Outcome, "draft");
        }, null, cancellationToken);

    internal Task<IResult> SendAsync(HttpContext http, string key, CancellationToken cancellationToken) =>
        visits.AnswerAsync(http, key, async visit =>
        {
            if (Find(visit, key) is not { } act)
            {
                return visits.Absent(visit);
            }

            var (typed, once) = (FormValues.Of(visit.Form!), visit.Form![Once].ToString());
            if (!visit.IsOurs || once.Length is 0 or > 64 || !once.All(char.IsAsciiLetterOrDigit))
            {
                return Show(visit, act, typed, [new FormProblem("", "This page was open for too long, or was not filled in on this site. Nothing was sent. Check it and send it again")]);
            }

            var (input, problems) = Read(visit.Opened, act, typed);
            if (input is not null)
            {
                var refusal = await visits.SendAsync(visit, input, $"{key}/{once}", cancellationToken);
                problems = refusal is null ? [] : [new FormProblem(FormField.Below(act.Path, act.Fields[^1].Name), refusal.Reason)];
            }

            // Once the step is sent, its text is removed from the draft; if the step is refused, the text stays in the draft.
            var kept = await drafts.ChangeAsync(visit.Opened.DraftName, d => d.With(p => IsOf(act, p), problems.Count == 0 ? FormValues.None : typed), cancellationToken);
            return problems.Count > 0 ? Show(visit, act, typed, problems)
                : kept.Succeeded ? Results.LocalRedirect(visit.Address($"?done={key}"))
                : StoreFault.Answer(kept.Outcome, "draft");
        }, async visit => ContributorAction.All.FirstOrDefault(a => a.Key == key) is { } act
            && (await drafts.ChangeAsync(visit.Opened.DraftName, d => d.With(p => IsOf(act, p), FormValues.Of(visit.Form!)), cancellationToken)).Succeeded, cancellationToken);

    private static ContributorAction? Find(Visit visit, string key) => ContributorAction.Of(visit.Opened).FirstOrDefault(a => a.Key == key);

    private static bool IsOf(ContributorAction act, string path) => act.Fields.Any(f => path == $"{act.Path}.{f.Name}" || path.StartsWith($"{act.Path}.{f.Name}/", StringComparison.Ordinal));

    private IResult Show(Visit visit, ContributorAction act, FormValues values, IReadOnlyList<FormProblem> problems) => visits.Page<ActPage>(
        visit, problems.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        ("Act", act), ("Form", PageForms.View(values, problems)), ("Once", Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))));

    private (AssessmentInput? Input, IReadOnlyList<FormProblem> Problems) Read(OpenedRequest opened, ContributorAction act, FormValues typed)
    {
        var values = FormValues.None.With("requestId", opened.Request.Id);
        values = act.Key == "question" ? values.With("report", nameof(AdviserReport.Note)) : values;
        values = typed.All.Where(t => IsOf(act, t.Key)).Aggregate(values, (all, one) => all.With(one.Key[(act.Path.Length + 1)..], one.Value));
        var (input, problems) = FormReading.Read(StepForm.Of(act.Step), values);
        problems =
        [
            .. problems.Select(p => act.Fields.FirstOrDefault(f => f.Name == p.Path) is { } field ? PageForms.Called(p, field.Label) : p)
                .Select(p => p with { Path = p.Path.Length == 0 ? "" : FormField.Below(act.Path, p.Path) }),
        ];
        switch (input)
        {
            case AcceptAdviceRequest { ExpectedOn: null }:
                return (null, [new FormProblem($"{act.Path}.expectedOn", $"Enter: {act.Fields[0].Label}")]);
            case AcceptAdviceRequest { ExpectedOn: { } day } when day < opened.Today:
                return (null, [new FormProblem($"{act.Path}.expectedOn", "The day must not be in the past")]);
            case PassOnAdviceRequest { Mail: var mail } when PassOnAdviceRequest.IsEmailAddress(mail) && !IsOfTheSame(opened, mail):
                return (null, [new FormProblem($"{act.Path}.mail", "This address does not belong to your organisation. Ask the council to send the request there")]);
            default:
                return (input, problems);
        }
    }

    /// <summary>
    /// Whether an address is in the same domain as the organisation's address on record. If the council has no e-mail address for the
    /// organisation, nothing is passed on.
    /// </summary>
    private bool IsOfTheSame(OpenedRequest opened, string mail) =>
        directory.Find(NoticeDirectory.Key(opened.Request.Agency!.Id.Value, NoticeDirectory.Contributor))?.Mail is { } own
        && string.Equals(own[(own.LastIndexOf('@') + 1)..], mail[(mail.LastIndexOf('@') + 1)..], StringComparison.OrdinalIgnoreCase);
}
