using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using IntegrationHub.Functions.Workspace.Panel;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>
/// The pages of the panel: the agenda, the record of who was present for each case, and the minutes. Decisions are recorded with the forms
/// of their own steps, to which the agenda links.
/// </summary>
internal static class PanelEndpoints
{
    private const string Address = "/workspace/panel";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var panel = routes.MapGroup(Address).ExcludeFromDescription();
        panel.MapGet("", async (HttpContext http, Agenda agenda, PanelMeetings meetings, BoardUsage usage, TimeProvider time, CancellationToken cancellationToken) =>
        {
            await usage.AskAsync(cancellationToken);
            var today = FormValues.None.WithDay("on", LondonDate.Of(time.GetUtcNow()));
            return await ShowAsync(http, http.Officer(), agenda, meetings, new PanelForm(today, [], []), StatusCodes.Status200OK, cancellationToken);
        }).RequireAuthorization(OfficerSignIn.For(Page.Panel));

        // This endpoint checks the sender itself, so that an officer whose sign-in has expired gets back what they typed.
        panel.MapPost("", RecordAsync).AllowAnonymous();
        panel.MapGet("/{on}", (HttpContext http, string on, PanelMeetings meetings, BoardUsage usage, CancellationToken cancellationToken) =>
            MinutesAsync(http, on, meetings, usage, minutes => WorkspacePages.Show<MinutesPage>(http, http.Officer(), StatusCodes.Status200OK, ("On", minutes.On), ("Minutes", MinutesDocument.Of(minutes)), ("Cases", minutes.Cases), ("IsComplete", minutes.IsComplete), ("Done", http.Request.Query["done"] == RecordPanel.Definition.Name)), cancellationToken))
            .RequireAuthorization(OfficerSignIn.For(Page.Panel));
        panel.MapGet("/{on}/minutes", (HttpContext http, string on, PanelMeetings meetings, BoardUsage usage, CancellationToken cancellationToken) =>
            MinutesAsync(http, on, meetings, usage, minutes =>
            {
                http.Response.Headers.ContentSecurityPolicy = LetterHtml.ContentSecurityPolicy;
                return TypedResults.Text(LetterHtml.Render(MinutesDocument.Of(minutes)), "text/html; charset=utf-8");
            }, cancellationToken)).RequireAuthorization(OfficerSignIn.For(Page.Panel));
        panel.MapGet("/{on}/minutes.docx", (HttpContext http, string on, PanelMeetings meetings, BoardUsage usage, CancellationToken cancellationToken) =>
            MinutesAsync(http, on, meetings, usage, minutes => TypedResults.Bytes(
                LetterDocx.Write(MinutesDocument.Of(minutes)), KeptLetter.ContentType(LetterFormat.Docx), $"minutes-{minutes.On:yyyy-MM-dd}.docx"), cancellationToken))
            .RequireAuthorization(OfficerSignIn.For(Page.Panel));
    }

    private static async Task<IResult> MinutesAsync(
        HttpContext http, string on, PanelMeetings meetings, BoardUsage usage, Func<PanelMinutes, IResult> show, CancellationToken cancellationToken)
    {
        if (!DateOnly.TryParseExact(on, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return WorkspacePages.Absent(http, http.Officer());
        }

        await usage.AskAsync(cancellationToken);
        return show(await meetings.OfAsync(http.Officer(), day, cancellationToken));
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, Officer officer, Agenda agenda, PanelMeetings meetings, PanelForm form, int status, CancellationToken cancellationToken)
    {
        var page = int.TryParse(http.Request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 1;
        return WorkspacePages.Show<AgendaPage>(
            http, officer, status, ("Agenda", await agenda.PageAsync(officer, http.Request.Query["of"] == "team", page, cancellationToken)), ("Days", meetings.Days(officer)),
            ("Typed", form), ("Once", Guid.NewGuid().ToString("N")), ("Done", http.Request.Query["done"].ToString()), ("ChooseAll", http.Request.Query["chosen"] == "all"));
    }

    /// <summary>Records who was present, in each case that was chosen. If something is wrong, the page is shown again with everything that
    /// was typed.</summary>
    private static async Task<IResult> RecordAsync(
        HttpContext http, Agenda agenda, PanelMeetings meetings, CaseReader reader, StepSending sending, IAntiforgery forgery, CancellationToken cancellationToken)
    {
        var form = await http.Request.ReadFormAsync(cancellationToken);
        if (await OfficerSignIn.OfficerAsync(http) is not { } officer)
        {
            return MonitorPages.Page<SignedOutPage>(http, StatusCodes.Status401Unauthorized, ("Action", $"{Address}{http.Request.QueryString}"), ("Fields", WorkspacePages.Typed(form)));
        }

        if (!officer.MayOpen(Page.Panel) || !officer.MaySend(RecordPanel.Definition))
        {
            return WorkspacePages.Show<ClosedPage>(http, officer, StatusCodes.Status403Forbidden);
        }

        var typed = PanelForm.Of(form);
        var input = typed.Read(out var problems);
        var once = form["_once"].ToString();
        if (!await forgery.IsRequestValidAsync(http) || !StepAsked.IsDrawn(once))
        {
            problems = [new FormProblem("", "This page was open for too long, or was not filled in on this site. Nothing was sent. Check the page and send it again")];
        }

        if (input is null || problems.Count > 0)
        {
            return await ShowAsync(http, officer, agenda, meetings, typed with { Problems = problems }, StatusCodes.Status422UnprocessableEntity, cancellationToken);
        }

        var files = await reader.OpenAsync(officer, typed.Cases, $"form: {RecordPanel.Definition.Name}", cancellationToken);
        List<AssessmentId> left = [.. typed.Cases.Except(files.Select(file => file.State.Id))];
        List<FormProblem> refused = [.. left.Select(id => new FormProblem("", $"Case {id}: you cannot open this case any more, and nothing was recorded there"))];
        foreach (var file in files)
        {
            var id = file.State.Id;
            var seen = long.TryParse(form[$"seen-{id}"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
            switch (await sending.SendAsync(officer, id, $"{once}/{id}", seen, null, input, cancellationToken))
            {
                case { Meanwhile: { Count: > 0 } meanwhile }:
                    left.Add(id);
                    refused.Add(new FormProblem("", $"Case {id} has changed in the meantime, and nothing was recorded there: {string.Join(" ", meanwhile.Select(entry => entry.Text))}"));
                    break;
                case { Refusal: { } refusal }:
                    left.Add(id);
                    refused.Add(new FormProblem("", $"Case {id}: {refusal.Reason}"));
                    break;
            }
        }

        // If a case already has a record of the meeting, a second record would replace the first, including any advice that was added to
        // it.
        if (refused.Count > 0 && typed.Cases.Count > left.Count)
        {
            refused.Add(new FormProblem("", $"The meeting was recorded in the other cases that you chose ({typed.Cases.Count - left.Count}), which are no longer chosen below"));
        }

        return refused.Count == 0
            ? Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"{Address}/{input.On:yyyy-MM-dd}?done={RecordPanel.Definition.Name}"))
            : await ShowAsync(http, officer, agenda, meetings, typed with { Cases = left, Problems = refused }, StatusCodes.Status409Conflict, cancellationToken);
    }
}
