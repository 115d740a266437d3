using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Monitoring.Viewing;
using IntegrationHub.Functions.SignIn;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Functions.Monitoring.Routes;

/// <summary>
/// Sign-in to the monitor with OpenID Connect or, on one machine, with a development sign-in that every page mentions. A cookie keeps the
/// user signed in.
/// </summary>
internal static class MonitorSignIn
{
    internal static readonly PageSignIn Use = new("monitor", "/monitor");
    internal static readonly AuthorizationPolicy Viewers = Policy(_ => true);
    internal static readonly AuthorizationPolicy Operators = Policy(viewer => viewer.IsOperator);
    internal static readonly AuthorizationPolicy ViewersOfAll = Policy(viewer => viewer.Council is null);
    internal static readonly AuthorizationPolicy OperatorsOfAll = Policy(viewer => viewer is { IsOperator: true, Council: null });

    internal static SignInSetting Setting(MonitorOptions options) => new(
        Use, options.Authority is null ? [] : [new SignInIssuer(options, signed => new(Viewer.OfToken(signed.Principal!, options, Use.Scheme)))], options.DevelopmentSignIn,
        (http, refusal) => MonitorPages.Page<NotAllowedPage>(http, refusal.Status, ("Refusal", refusal)));

    internal static void Map(IEndpointRouteBuilder routes, MonitorOptions options) => routes.MapPageSignIn(Setting(options), new SignInPages(Viewers)
    {
        Form = options.DevelopmentSignIn ? (http, to, token) => MonitorPages.Page<Pages.SignInPage>(http, ("To", to), ("Token", token)) : null,
        Enter = (_, form) => Developer(form["role"] == "operator").ToPrincipal(Use.Scheme),
    });

    private static Viewer Developer(bool isOperator) => new($"development-{(isOperator ? "operator" : "viewer")}", isOperator, null, true);

    private static AuthorizationPolicy Policy(Func<Viewer, bool> allows) => Use.Policy(Viewer.Of, allows);
}
