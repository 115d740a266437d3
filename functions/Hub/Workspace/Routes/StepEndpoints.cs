using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>
/// Shows the form of every step and receives the completed forms. If anything prevents the step (a fault, a refusal, somebody else's
/// change, an expired sign-in), the form is shown again with everything that was typed.
/// </summary>
internal static class StepEndpoints
{
    private const int FilesAtOnce = 2;
    private const long MaxTyped = 4L * 1024 * 1024;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/workspace/new", (HttpContext http, CancellationToken cancellationToken) => AskAsync(http, null, OpenAssessment.Definition.Name, cancellationToken))
            .RequireAuthorization(OfficerSignIn.For(Page.Steps)).ExcludeFromDescription();
        routes.MapGet(NewRequest.TakeOver, (HttpContext http, CancellationToken cancellationToken) => AskAsync(http, null, TakeOverAssessment.Definition.Name, cancellationToken))
            .RequireAuthorization(OfficerSignIn.For(Page.TakeOver)).ExcludeFromDescription();
        routes.MapGet("/workspace/cases/{id}/steps/{step}", (HttpContext http, string id, string step, CancellationToken cancellationToken) => AskAsync(http, id, step, cancellationToken))
            .RequireAuthorization(OfficerSignIn.For(Page.Steps)).ExcludeFromDescription();

        // These endpoints check the sender themselves, so that an officer whose sign-in has expired gets back what they typed instead of a
        // redirect that loses it.
        var rules = routes.ServiceProvider.GetRequiredService<KeepingRules>();
        var largest = new RequestSizeLimitAttribute((FilesAtOnce * rules.MaxAttachmentBytes) + MaxTyped);
        routes.MapPost("/workspace/new", (HttpContext http, CancellationToken cancellationToken) => SendAsync(http, null, OpenAssessment.Definition.Name, cancellationToken))
            .WithMetadata(largest).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost(NewRequest.TakeOver, (HttpContext http, CancellationToken cancellationToken) => SendAsync(http, null, TakeOverAssessment.Definition.Name, cancellationToken))
            .WithMetadata(largest).AllowAnonymous().ExcludeFromDescription();
        routes.MapPost("/workspace/cases/{id}/steps/{step}", (HttpContext http, string id, string step, CancellationToken cancellationToken) => SendAsync(http, id, step, cancellationToken))
            .WithMetadata(largest).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> AskAsync(HttpContext http, string? id, string step, CancellationToken cancellationToken)
    {
        var officer = http.Officer();
        var asked = await StepAsked.OpenAsync(http, officer, id, step, cancellationToken);
        return asked is null ? WorkspacePages.Absent(http, officer)
            : !officer.MaySend(asked.Form.Step) ? Closed(http, officer)
            : asked.Show(asked.First());
    }

    private static async Task<IResult> SendAsync(HttpContext http, string? id, string step, CancellationToken cancellationToken)
    {
        var (sent, refusal) = await PostedForm.ReadAsync(http, cancellationToken);
        if (sent is not { Officer: var officer, Fields: var form })
        {
            return refusal!;
        }

        return await StepAsked.OpenAsync(http, officer, id, step, cancellationToken) is not { } asked ? WorkspacePages.Absent(http, officer)
            : !officer.MayOpen(Page.Steps) || !officer.MaySend(asked.Form.Step) ? Closed(http, officer)
            : await SendAsync(asked, form, cancellationToken);
    }

    private static async Task<IResult> SendAsync(StepAsked asked, IFormCollection form, CancellationToken cancellationToken)
    {
        var (values, behalf, once) = (FormValues.Of(form), form["_behalf"].ToString(), form["_once"].ToString());
        if (!await asked.Forgery.IsRequestValidAsync(asked.Http))
        {
            return asked.Show(
                values, [new FormProblem("", "This form was open for too long, or was not filled in on this site. Nothing was sent. Choose the form’s files again, check the form and send it again")], behalf: behalf,
                seen: Math.Min(Seen(form), asked.File?.State.Version ?? 0));
        }

        if (!StepAsked.IsDrawn(once))
        {
            return asked.Show(values, [new FormProblem("", "This form was not filled in on this site. Check the form and send it again")], behalf: behalf, seen: Seen(form));
        }

        var assessment = asked.File?.State.Id ?? NewRequest.CaseOf(asked.Officer, asked.NewCase ?? once);
        (values, var refused) = await asked.Files.KeepAsync(form.Files, values, assessment, asked.Officer, cancellationToken);
        if (form["_add"].ToString() is { Length: > 0 } addTo)
        {
            return asked.Show(values, refused, addTo: addTo, behalf: behalf, seen: Seen(form));
        }

        if (form["_change"] == "yes")
        {
            return asked.Show(values, behalf: behalf, seen: Seen(form));
        }

        var (input, problems) = FormReading.Read(asked.Form, asked.File is null ? NewRequest.WithoutLetter(values) : values);
        var (speaker, wrong) = PartyOf(behalf);
        problems = [.. problems.Where(problem => refused.All(file => file.Path != problem.Path)), .. refused, .. wrong is null ? Array.Empty<FormProblem>() : [wrong]];
        if (input is null || problems.Count > 0)
        {
            return asked.Show(values, problems, behalf: behalf, seen: Seen(form));
        }

        (input, wrong) = asked.StepOf(input, values);
        if (wrong is not null)
        {
            return asked.Show(values, [wrong], behalf: behalf, seen: Seen(form));
        }

        // Anything that the step would send to somebody is shown to the officer first. A step that would be refused is still submitted,
        // so that its refusal is recorded as usual.
        if (form["_confirmed"] != "yes" && asked.File is { } file && StepPreview.Of(file, input, asked.Officer.ToActor(speaker), asked.Letters) is { } preview)
        {
            return asked.Check(values, form, preview);
        }

        var mail = asked.Mail is { } named ? await MailOfStep.OpenAsync(asked, named, cancellationToken) : null;
        if (mail is not null && await mail.BeginAsync(assessment, cancellationToken) is { } stopped)
        {
            return asked.Show(values, [new FormProblem("", stopped)], behalf: behalf, seen: Seen(form));
        }

        var sent = await asked.Sending.SendAsync(asked.Officer, assessment, once, Seen(form), speaker, input, cancellationToken);
        return sent switch
        {
            { Meanwhile.Count: > 0 } => asked.Show(values, meanwhile: sent.Meanwhile, behalf: behalf),
            { Refusal: { } refusal } => asked.Show(
                values, [new FormProblem(asked.FieldOf(refusal), refusal.Reason)], behalf: behalf, others: await asked.OthersAsync(refusal, assessment, input, cancellationToken)),
            _ when mail is not null => Results.LocalRedirect(await mail.PutAsync(assessment, cancellationToken)),
            _ when input is OpenAssessment opened && values.HasValueAt(NewRequest.Letter) => await PutLetterAsync(asked, assessment, once, values, opened, cancellationToken),
            _ => Results.LocalRedirect(await asked.DoneAsync(assessment, input, cancellationToken)),
        };
    }

    /// <summary>
    /// Adds the letter to the case that was opened. If adding the letter fails, the form for adding a document explains why and still
    /// contains the letter.
    /// </summary>
    private static async Task<IResult> PutLetterAsync(
        StepAsked asked, AssessmentId assessment, string once, FormValues values, OpenAssessment opened, CancellationToken cancellationToken)
    {
        var letter = NewRequest.LetterOf(values, opened);
        var (input, problems) = FormReading.Read(StepForm.Of(RecordDocument.Definition), letter);
        if (input is not null)
        {
            var sent = await asked.Sending.SendAsync(asked.Officer, assessment, $"{once}-letter", long.MaxValue, null, input, cancellationToken);
            if (sent.Refusal is null)
            {
                return Results.LocalRedirect($"/workspace/cases/{assessment}?done={asked.Form.Step.Name}");
            }

            problems = [new FormProblem("document", sent.Refusal.Reason)];
        }

        return await StepAsked.OpenAsync(asked.Http, asked.Officer, assessment.Value, RecordDocument.Definition.Name, cancellationToken) is { } left
            ? left.Show(letter, problems)
            : WorkspacePages.Absent(asked.Http, asked.Officer);
    }

    private static long Seen(IFormCollection form) => long.TryParse(form["_version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : 0;

    /// <summary>The party on whose behalf the step is submitted, as in the API's header On-Behalf-Of.</summary>
    private static (string? Whom, FormProblem? Wrong) PartyOf(string behalf) =>
        behalf.Length == 0 ? (null, null)
        : behalf == "family" ? ("family", null)
        : AgencyId.TryParse(behalf, out var agency, out var problem) ? (agency.Value, null)
        : (null, new FormProblem("behalf", $"Choose again on whose behalf you send this: {problem}"));

    private static IResult Closed(HttpContext http, Officer officer) => WorkspacePages.Show<ClosedPage>(http, officer, StatusCodes.Status403Forbidden);
}
