using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Mail;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>
/// Shows a message next to a case, and puts the message into that case. If the message names another child, the officer must first explain
/// why the message belongs to the case.
/// </summary>
internal static class MailCaseEndpoints
{
    private const string TooOld = "This page was open for too long, or was not filled in on this site. Nothing was done. Check the page and send it again";

    internal static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/{mail}/case", ChooseAsync).RequireAuthorization(OfficerSignIn.For(Page.IntakeActs));
        pages.MapGet("/{mail}/case/{id}", (HttpContext http, string mail, string id, MailService service, CancellationToken cancellationToken) => ShowAsync(http, mail, id, service, null, null, cancellationToken))
            .RequireAuthorization(OfficerSignIn.For(Page.IntakeActs));
        pages.MapPost("/{mail}/case/{id}", PutAsync).RequireAuthorization(OfficerSignIn.For(Page.IntakeActs));
        pages.MapPost("/{mail}/request", RequestAsync).RequireAuthorization(OfficerSignIn.For(Page.IntakeActs));
    }

    /// <summary>Finds a case by its reference, which reveals nothing about the child.</summary>
    private static async Task<IResult> ChooseAsync(HttpContext http, string mail, MailService service, CancellationToken cancellationToken) =>
        AssessmentId.TryParse(http.Request.Query["id"], out var id, out var problem)
            ? Results.LocalRedirect($"{MailListPage.Path}/{Uri.EscapeDataString(mail)}/case/{id}")
            : await MailEndpoints.ShowAsync(http, mail, service, $"Reference of the case: {problem}", cancellationToken);

    private static async Task<IResult> ShowAsync(HttpContext http, string name, string id, MailService service, string? problem, MailFields? typed, CancellationToken cancellationToken)
    {
        var officer = http.Officer();
        return await service.OpenAsync(officer, name, "compared with a case", cancellationToken) is { } mail && await service.SuggestedCaseAsync(officer, mail, id, cancellationToken) is { } beside
            ? WorkspacePages.Show<MailCasePage>(
                http, officer, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, ("Mail", mail), ("Beside", beside), ("Problem", problem), ("Typed", typed),
                ("Left", http.Request.Query["left"].ToString() is { Length: > 0 } left ? StepCatalogue.Step(left) : null))
            : WorkspacePages.Absent(http, officer);
    }

    private static async Task<IResult> PutAsync(HttpContext http, string mail, string id, MailService service, MailFiling putting, IAntiforgery forgery, CancellationToken cancellationToken)
    {
        var officer = http.Officer();
        var form = await http.Request.ReadFormAsync(cancellationToken);
        var fields = MailFields.Of(form);
        if (!await forgery.IsRequestValidAsync(http))
        {
            return await ShowAsync(http, mail, id, service, TooOld, fields, cancellationToken);
        }

        if (fields is null || fields.Use is MailUse.NotChosen or MailUse.Request || fields.Name.ToString() != mail || !officer.MaySend(fields.Use.Step()))
        {
            return await ShowAsync(http, mail, id, service, "Choose how the message is recorded in the case", fields, cancellationToken);
        }

        if (await service.OpenAsync(officer, mail, "putting the message into a case", cancellationToken) is not { } file || await service.SuggestedCaseAsync(officer, file, id, cancellationToken) is not { } beside)
        {
            return WorkspacePages.Absent(http, officer);
        }

        var problem = fields.Reason.Length > MailFields.LongestReason ? $"Use at most {MailFields.LongestReason} characters"
            : beside.IsContradicted && fields.Reason.Length == 0 ? "The message contains another child’s number. Say why the message belongs to this case"
            : null;
        if (problem is not null)
        {
            return await ShowAsync(http, mail, id, service, problem, fields, cancellationToken);
        }

        var assessment = beside.File.State.Id;
        if (fields.Use == MailUse.Advice)
        {
            return await FormAsync(http, assessment.Value, SubmitAdvice.Definition, values => WithFiles(values, file, assessment, fields), cancellationToken);
        }

        problem = await putting.BeginAsync(officer, file.Item, assessment, fields, cancellationToken) ?? await putting.PutAsync(officer, file.Item, assessment, fields, cancellationToken);
        return problem is null
            ? Results.LocalRedirect(beside.File.Address($"?done={fields.Use.Step().Name}"))
            : await ShowAsync(http, mail, id, service, problem, fields, cancellationToken);
    }

    /// <summary>The form for a new request, filled in with the day on which the message was received.</summary>
    private static async Task<IResult> RequestAsync(HttpContext http, string mail, MailService service, IAntiforgery forgery, CancellationToken cancellationToken)
    {
        var officer = http.Officer();
        if (!await forgery.IsRequestValidAsync(http) || MailFields.Of(await http.Request.ReadFormAsync(cancellationToken)) is not { Use: MailUse.Request } fields || fields.Name.ToString() != mail)
        {
            return await MailEndpoints.ShowAsync(http, mail, service, TooOld, cancellationToken);
        }

        return await service.OpenAsync(officer, mail, "form: open-assessment", cancellationToken) is { Decision: null }
            ? await FormAsync(http, null, OpenAssessment.Definition, values => values.WithDay("receivedOn", fields.Name.ReceivedOn), cancellationToken)
            : await MailEndpoints.ShowAsync(http, mail, service, "Somebody has already dealt with this message", cancellationToken);
    }

    private static async Task<IResult> FormAsync(HttpContext http, string? id, StepDefinition step, Func<FormValues, FormValues> fill, CancellationToken cancellationToken) =>
        http.Officer().MaySend(step) && await StepAsked.OpenAsync(http, http.Officer(), id, step.Name, cancellationToken) is { } asked
            ? asked.Show(fill(asked.First()))
            : WorkspacePages.Absent(http, http.Officer());

    private static FormValues WithFiles(FormValues values, MailFile mail, AssessmentId assessment, MailFields fields) =>
        MailFiling.FilesOf(mail.Item, assessment, fields).Select((one, n) => (one, Path: FormField.At("content.attachments", n))).Aggregate(values, (all, file) => UploadedFiles.With(all, file.Path, file.one));
}
