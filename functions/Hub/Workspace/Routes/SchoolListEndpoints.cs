using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>Schools for one child: an officer searches the register, ticks suitable schools, and shares the list with the family.</summary>
internal static class SchoolListEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        var page = routes.MapGroup("/workspace/cases/{id}/schools").ExcludeFromDescription();
        page.MapGet("", async (HttpContext http, string id, CaseReader reader, InstitutionRegister register, CancellationToken cancellationToken) =>
            await reader.OpenAsync(http.Officer(), id, "schools for the child", cancellationToken) is { } file
                ? await ShowAsync(http, http.Officer(), file, await register.CurrentAsync(cancellationToken), SchoolListForm.For(file), StatusCodes.Status200OK)
                : WorkspacePages.Absent(http, http.Officer())).RequireAuthorization(OfficerSignIn.For(Page.Schools));

        // This endpoint checks the sender itself, so that an officer whose sign-in has expired gets back what they typed.
        page.MapPost("", PostAsync).AllowAnonymous();
    }

    private static async Task<IResult> PostAsync(
        HttpContext http, string id, CaseReader reader, InstitutionRegister registers, StepSending sending, IAntiforgery forgery, CancellationToken cancellationToken)
    {
        var (posted, refusal) = await PostedForm.ReadAsync(http, cancellationToken);
        if (posted is null)
        {
            return refusal!;
        }

        var officer = posted.Officer;
        if (!officer.MayOpen(Page.Schools))
        {
            return WorkspacePages.Show<ClosedPage>(http, officer, StatusCodes.Status403Forbidden);
        }

        if (await reader.OpenAsync(officer, id, "schools for the child", cancellationToken) is not { } file)
        {
            return WorkspacePages.Absent(http, officer);
        }

        var register = await registers.CurrentAsync(cancellationToken);
        var typed = SchoolListForm.Of(posted.Fields);
        if (posted.Fields["_act"] != "share" || register is null)
        {
            return await ShowAsync(http, officer, file, register, typed, StatusCodes.Status200OK);
        }

        if (!officer.MaySend(ShareSchoolList.Definition))
        {
            return WorkspacePages.Show<ClosedPage>(http, officer, StatusCodes.Status403Forbidden);
        }

        var read = typed.Read(file, register, out var search);
        var step = typed.Step(register, search, out var wrong);
        var once = posted.Fields["_once"].ToString();
        if (!await forgery.IsRequestValidAsync(http) || !StepAsked.IsDrawn(once))
        {
            wrong = [new FormProblem("", "This page was open for too long, or was not filled in on this site. Nothing was shared. Check the list and share it again")];
        }

        if (step is null || wrong.Count > 0 || read.Problems.Count > 0)
        {
            return await ShowAsync(http, officer, file, register, typed, StatusCodes.Status422UnprocessableEntity, wrong);
        }

        var seen = long.TryParse(posted.Fields["_seen"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : 0;
        return await sending.SendAsync(officer, file.State.Id, once, seen, null, step, cancellationToken) switch
        {
            { Meanwhile: { Count: > 0 } meanwhile } => await ShowAsync(http, officer, file, register, typed, StatusCodes.Status409Conflict, [new FormProblem("", $"The case has changed in the meantime, and nothing was shared: {string.Join(" ", meanwhile.Select(entry => entry.Text))}")]),
            { Refusal: { } refused } => await ShowAsync(http, officer, file, register, typed, StatusCodes.Status409Conflict, [new FormProblem("", refused.Reason)]),
            _ => Results.LocalRedirect(file.Address($"?done={ShareSchoolList.Definition.Name}")),
        };
    }

    private static async Task<IResult> ShowAsync(HttpContext http, Officer officer, CaseFile file, LoadedRegister? register, SchoolListForm typed, int status, IReadOnlyList<FormProblem>? problems = null)
    {
        SchoolsForChild? search = null;
        var read = register is null ? typed : typed.Read(file, register, out search);
        var events = await http.RequestServices.GetRequiredService<IAssessmentStore>().EventsAsync(file.State.Id, cancellationToken: http.RequestAborted);
        var all = read with { Problems = [.. read.Problems, .. problems ?? []] };
        return WorkspacePages.Show<SchoolsPage>(
            http, officer, status == StatusCodes.Status200OK && all.Problems.Count > 0 ? StatusCodes.Status422UnprocessableEntity : status,
            ("File", file), ("Register", register), ("Typed", all), ("Search", search), ("Once", Guid.NewGuid().ToString("N")),
            ("Named", PlacementHistory.Named(events.Select(one => one.What), file.State)), ("Attended", PlacementHistory.Attended(file.State, place => NameOf(file, register, place))));
    }

    private static string? NameOf(CaseFile file, LoadedRegister? register, AgencyId place) =>
        register?.Find(place)?.Name ?? file.State.Institutions.Select(one => one.Institution).Append(file.State.Facts!.Setting).FirstOrDefault(one => one?.Id == place)?.Name;
}
