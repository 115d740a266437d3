using System.Security.Claims;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.SignIn;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>Signs officers in to the workspace, and out of it.</summary>
internal static class SignInEndpoints
{
    internal static SignInSetting Setting(WorkspaceOptions options) => new(
        OfficerSignIn.Use, options.Authority is null ? [] : [new SignInIssuer(options, signed => new(Officer.OfToken(signed.Principal!, options)))], options.DevelopmentSignIn,
        (http, refusal) => MonitorPages.Page<ClosedPage>(http, refusal.Status, ("Refusal", refusal)));

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var options = routes.ServiceProvider.GetRequiredService<WorkspaceOptions>();
        var rules = routes.ServiceProvider.GetRequiredService<RuleBook>();
        routes.MapPageSignIn(Setting(options), new SignInPages(OfficerSignIn.Anyone)
        {
            Form = options.DevelopmentSignIn
                ? (http, to, token) => MonitorPages.Page<OfficerSignInPage>(http, ("To", to), ("Token", token), ("Councils", rules.Councils.ToList()))
                : null,
            Enter = (_, form) => Enter(form, rules),
        });
        routes.MapGet(OfficerSignIn.Use.NotAllowed, ClosedAsync).AllowAnonymous().ExcludeFromDescription();
    }

    private static ClaimsPrincipal? Enter(IFormCollection form, RuleBook rules) =>
        OfficerRoles.Find(form["role"]) is { } role && LocalAuthorityCode.TryParse(form["council"], out var council, out _) && rules.Serves(council)
            ? new Officer($"development-{OfficerRoles.Name(role)}", [role], council, Development: true).ToPrincipal(OfficerSignIn.Use.Scheme)
            : null;

    private static async Task<IResult> ClosedAsync(HttpContext http, WorkspaceOptions options) => options.IsEnabled && await OfficerSignIn.OfficerAsync(http) is { } officer
        ? WorkspacePages.Show<ClosedPage>(http, officer, StatusCodes.Status403Forbidden)
        : MonitorPages.Page<ClosedPage>(http, StatusCodes.Status403Forbidden);
}
