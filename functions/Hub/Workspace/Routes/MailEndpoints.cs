using System.Globalization;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Mail;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>
/// A council's incoming mail: the waiting messages, each message with its files, and dismissing a message. The address of a page contains
/// the name of a message, which reveals nothing about any person.
/// </summary>
internal static class MailEndpoints
{
    private const int ReadingsShown = 20;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(MailListPage.Path).ExcludeFromDescription();
        pages.MapGet("", ListAsync).RequireAuthorization(OfficerSignIn.For(Page.Intake));
        pages.MapGet("/{mail}", (HttpContext http, string mail, MailService service, CancellationToken cancellationToken) => ShowAsync(http, mail, service, "", cancellationToken))
            .RequireAuthorization(OfficerSignIn.For(Page.Intake));
        pages.MapGet("/{mail}/raw", RawAsync).RequireAuthorization(OfficerSignIn.For(Page.Intake));
        pages.MapGet("/{mail}/files/{part}", PartAsync).RequireAuthorization(OfficerSignIn.For(Page.Intake));
        pages.MapPost("/{mail}/dismiss", DismissAsync).RequireAuthorization(OfficerSignIn.For(Page.IntakeActs));
        MailCaseEndpoints.Map(pages);
    }

    /// <summary>The page of an incoming message, which also shows the problem if there is one.</summary>
    internal static async Task<IResult> ShowAsync(HttpContext http, string name, MailService service, string problem, CancellationToken cancellationToken, string typed = "")
    {
        var officer = http.Officer();
        if (await service.OpenAsync(officer, name, "the message", cancellationToken) is not { } mail)
        {
            return WorkspacePages.Absent(http, officer);
        }

        var (finding, cases) = mail.Decision is null ? await service.SuggestAsync(officer, mail, cancellationToken) : (null, []);
        return WorkspacePages.Show<MailPage>(
            http, officer, problem.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity, ("Mail", mail), ("Finding", finding), ("Cases", cases), ("Problem", problem), ("Typed", typed),
            ("Readings", officer.MayOpen(Page.AccessLog) ? await service.ReadingsAsync(mail, ReadingsShown, cancellationToken) : null));
    }

    private static async Task<IResult> ListAsync(HttpContext http, MailService service, CancellationToken cancellationToken)
    {
        var query = http.Request.Query;
        var number = int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, 10_000) : 1;
        return WorkspacePages.Show<MailListPage>(
            http, http.Officer(), StatusCodes.Status200OK, ("List", await service.ListAsync(http.Officer(), query["show"] == "done", number, cancellationToken)), ("Done", query["done"] == "dismissed"));
    }

    private static async Task<IResult> RawAsync(HttpContext http, string mail, MailService service, CancellationToken cancellationToken) =>
        await service.OpenAsync(http.Officer(), mail, "the message as received", cancellationToken) is { Item.RawSha256: { } hash } file
            ? await ServeAsync(http, file, "raw", hash, "message/rfc822", $"{file.Name}.eml", service, cancellationToken)
            : WorkspacePages.Absent(http, http.Officer());

    private static async Task<IResult> PartAsync(HttpContext http, string mail, string part, MailService service, CancellationToken cancellationToken) =>
        await service.OpenAsync(http.Officer(), mail, "a file of the message", cancellationToken) is { } file && file.Item.Parts.FirstOrDefault(one => one.Number == part) is { Sha256: { } hash } found
            ? await ServeAsync(http, file, "files", hash, null, found.Name, service, cancellationToken)
            : WorkspacePages.Absent(http, http.Officer());

    /// <summary>Serves a file that was written outside the council, always as a download.</summary>
    private static async Task<IResult> ServeAsync(HttpContext http, MailFile mail, string folder, string sha256, string? type, string name, MailService service, CancellationToken cancellationToken)
    {
        var read = await service.ReadFileAsync(mail, folder, sha256, cancellationToken);
        return read.Succeeded
            ? TypedResults.Bytes(read.Value, type ?? AttachmentForm.StoredMediaType(read.Value), name)
            : WorkspacePages.Show<MailFaultPage>(http, http.Officer(), StatusCodes.Status409Conflict, ("Mail", mail), ("Outcome", read.Outcome));
    }

    private static async Task<IResult> DismissAsync(HttpContext http, string mail, MailService service, TrayStore tray, TimeProvider time, IAntiforgery forgery, CancellationToken cancellationToken)
    {
        var reason = (await http.Request.ReadFormAsync(cancellationToken))["reason"].ToString().Trim();
        var problem = !await forgery.IsRequestValidAsync(http) ? "This page was open for too long, or was not filled in on this site. Nothing was done. Check the page and send it again"
            : reason.Length == 0 ? "Enter why you are dismissing the message"
            : reason.Length > MailFields.LongestReason ? $"Use at most {MailFields.LongestReason} characters"
            : "";
        if (problem.Length > 0)
        {
            return await ShowAsync(http, mail, service, problem, cancellationToken, reason);
        }

        var officer = http.Officer();
        if (await service.OpenAsync(officer, mail, "dismissal", cancellationToken) is not { } file)
        {
            return WorkspacePages.Absent(http, officer);
        }

        var decided = await tray.DecideAsync(file.Item, new TrayDecision(officer.Subject, time.GetUtcNow(), Reason: reason), cancellationToken);
        return decided.Case is null ? Results.LocalRedirect($"{MailListPage.Path}?done=dismissed") : Results.LocalRedirect(file.Address());
    }
}
