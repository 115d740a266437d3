using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.RoundTrip;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>
/// The endpoints for editing the plan in Word: the page, the download, the check of what the file would change, and applying the changes.
/// </summary>
internal static class WordEndpoints
{
    private const string Field = "document";
    internal const string WordFileType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
    private const long MaxTyped = 1024 * 1024;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var word = routes.MapGroup("/workspace/cases/{id}/plan/word").ExcludeFromDescription();
        word.MapGet("", (HttpContext http, string id, CaseReader reader, PlanEditorViews views, CancellationToken cancellationToken) =>
            OpenAsync(http, http.Officer(), id, reader, views, "plan, to edit in Word", service => Ask(http, http.Officer(), service, ""), cancellationToken))
            .RequireAuthorization(OfficerSignIn.For(Page.PlanInWord));
        word.MapGet("/file", (HttpContext http, string id, CaseReader reader, PlanEditorViews views, CancellationToken cancellationToken) =>
            OpenAsync(http, http.Officer(), id, reader, views, "plan as a Word file", service => service.IsOpen
                ? TypedResults.Bytes(WordExchange.Write(service), WordFileType, $"plan-{service.File.State.Id}-version-{service.Plan.Version}.docx")
                : Ask(http, http.Officer(), service, ""), cancellationToken))
            .RequireAuthorization(OfficerSignIn.For(Page.PlanInWord));

        // This endpoint checks the sender itself (PostedForm).
        word.MapPost("", TakeAsync).AllowAnonymous()
            .WithMetadata(new RequestSizeLimitAttribute(routes.ServiceProvider.GetRequiredService<KeepingRules>().MaxAttachmentBytes + MaxTyped));
    }

    private static async Task<IResult> OpenAsync(
        HttpContext http, Officer officer, string id, CaseReader reader, PlanEditorViews views, string what, Func<PlanEditorView, IResult> show, CancellationToken cancellationToken) =>
        !officer.MayOpen(Page.PlanInWord) || !officer.MaySend(EditPlan.Definition) ? WorkspacePages.Show<ClosedPage>(http, officer, StatusCodes.Status403Forbidden)
            : await reader.OpenAsync(officer, id, what, cancellationToken) is not { } file ? WorkspacePages.Absent(http, officer)
            : show(await views.OfAsync(officer, file, cancellationToken));

    private static IResult Ask(HttpContext http, Officer officer, PlanEditorView service, string fault) => WorkspacePages.Show<WordPage>(
        http, officer, fault.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, ("Desk", service), ("Fault", fault), ("Done", http.Request.Query["done"].ToString()));

    private static async Task<IResult> TakeAsync(
        HttpContext http, string id, CaseReader reader, PlanEditorViews views, WordExchange word, AttachmentStore documents, IAntiforgery forgery, CancellationToken cancellationToken)
    {
        var (sent, refusal) = await PostedForm.ReadAsync(http, cancellationToken);
        if (sent is not { Officer: var officer, Fields: var form })
        {
            return refusal!;
        }

        PlanEditorView? opened = null;
        var answer = await OpenAsync(http, officer, id, reader, views, "changes to the plan from Word", service => Ask(http, officer, opened = service, "This page was open for too long. Nothing was sent. Choose the file again"), cancellationToken);
        var isOurs = await forgery.IsRequestValidAsync(http);
        if (opened is not { } service || (!isOurs && form["_take"] != "yes"))
        {
            return answer;
        }

        if (!service.IsOpen)
        {
            return Ask(http, officer, service, "The plan cannot be changed at its present stage");
        }

        var (kept, fault) = form["_take"] == "yes" ? (KeptIn(form), "") : await KeepAsync(form, service, officer, documents, cancellationToken);
        if (kept is null)
        {
            return Ask(http, officer, service, fault.Length > 0 ? fault : "Choose the Word file that you have edited");
        }

        var sheet = await word.ReadAsync(officer, service, kept, cancellationToken);
        return sheet.Changes is not { } changes ? Ask(http, officer, service, $"The file was refused. {sheet.Fault}")
            : !isOurs ? Check(http, officer, service, kept, changes, "This page was open for too long, or was not filled in on this site. Nothing was changed. Check the changes and send them again", form)
            : form["_take"] == "yes" ? await new WordTaking(http, officer, service, kept, changes, form).TakeAsync(cancellationToken)
            : Check(http, officer, service, kept, changes, "");
    }

    /// <summary>Shows what the Word file would change.</summary>
    /// <param name="http">The request.</param>
    /// <param name="officer">The officer who sent the request.</param>
    /// <param name="service">The plan that is edited.</param>
    /// <param name="kept">The stored Word file.</param>
    /// <param name="changes">What the file would change.</param>
    /// <param name="problem">The reason why nothing was changed; empty if no change was requested yet.</param>
    /// <param name="form">The form with the ticked changes, or null if nothing was ticked yet.</param>
    /// <param name="meanwhile">What others have done in the case since the page was shown.</param>
    internal static IResult Check(
        HttpContext http, Officer officer, PlanEditorView service, AttachmentRef kept, WordFileChanges changes, string problem, IFormCollection? form = null, IReadOnlyList<TimelineEntry>? meanwhile = null) =>
        WorkspacePages.Show<WordCheckPage>(
            http, officer, problem.Length == 0 ? StatusCodes.Status200OK : meanwhile is null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status409Conflict,
            ("Desk", service), ("Kept", kept), ("Changes", changes), ("Problem", problem), ("Ticked", form?["take"].OfType<string>().ToList()), ("Cause", form?["cause"].ToString() ?? ""),
            ("Why", form?["why"].ToString() ?? ""), ("Meanwhile", meanwhile ?? []), ("Once", Guid.NewGuid().ToString("N")));

    private static async Task<(AttachmentRef? Kept, string Fault)> KeepAsync(IFormCollection form, PlanEditorView service, Officer officer, AttachmentStore documents, CancellationToken cancellationToken)
    {
        if (form.Files.GetFile(UploadedFiles.Mark + Field) is not { FileName.Length: > 0 } file)
        {
            return (null, "");
        }

        await using var content = file.OpenReadStream();

        // The type that a browser declares depends on what is installed on the machine, so the bytes themselves must be those of a Word file.
        var kept = await documents.KeepAsync(service.File.State.Id, DocumentSender.Of(officer.ToActor(null))!.Value, Path.GetFileName(file.FileName), WordFileType, content, cancellationToken);
        return kept.Succeeded ? (kept.Value, "")
            : (null, kept.Outcome == KeepingOutcome.Transient ? "The file could not be stored. Try again later by choosing the file again" : $"The file was not accepted. {kept.Reason} Choose the Word file (.docx) that you have edited");
    }

    private static AttachmentRef? KeptIn(IFormCollection form) =>
        long.TryParse(form["document.size"], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? new AttachmentRef(form["document.token"].ToString(), form["document.fileName"].ToString(), WordFileType, size, form["document.sha256"].ToString())
            : null;
}
