using System.Security.Claims;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Monitoring.Viewing;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Monitoring.Routes;

/// <summary>Who may look: a cookie after OpenID Connect, or, on one machine, after a development sign-in that every page speaks of.</summary>
internal static class MonitorSignIn
{
    internal const string Cookie = "monitor";
    internal const string Oidc = "monitor-oidc";
    internal const string Address = "/monitor/sign-in";

    internal static readonly AuthorizationPolicy Viewers = Policy(_ => true);
    internal static readonly AuthorizationPolicy Operators = Policy(viewer => viewer.IsOperator);
    internal static readonly AuthorizationPolicy ViewersOfAll = Policy(viewer => viewer.Council is null);
    internal static readonly AuthorizationPolicy OperatorsOfAll = Policy(viewer => viewer is { IsOperator: true, Council: null });

    internal static void Add(IServiceCollection services, MonitorOptions options)
    {
        var authentication = services.AddAuthentication().AddCookie(Cookie, cookie =>
        {
            cookie.Cookie.Name = "hub-monitor";
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = options.DevelopmentSignIn ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
            cookie.SlidingExpiration = true;
            cookie.LoginPath = Address;
            cookie.AccessDeniedPath = "/monitor/not-allowed";
            cookie.ReturnUrlParameter = "to";
        });
        if (options.Authority is { } authority)
        {
            authentication.AddOpenIdConnect(Oidc, oidc => Configure(oidc, authority, options));
        }
    }

    internal static void Map(IEndpointRouteBuilder routes, MonitorOptions options)
    {
        routes.MapGet(Address, (HttpContext http, string? to, IAntiforgery antiforgery) => options.Authority is not null
            ? Results.Challenge(new AuthenticationProperties { RedirectUri = Local(to) }, [Oidc])
            : options.DevelopmentSignIn ? MonitorPages.Page<Pages.SignInPage>(http, ("To", Local(to)), ("Token", antiforgery.GetAndStoreTokens(http)))
            : Results.NotFound()).AllowAnonymous().ExcludeFromDescription();

        routes.MapPost(Address, async (HttpContext http, IAntiforgery antiforgery) =>
        {
            if (!options.DevelopmentSignIn || options.Authority is not null)
            {
                return Results.NotFound();
            }

            if (!await antiforgery.IsRequestValidAsync(http))
            {
                return Results.BadRequest();
            }

            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var viewer = new Viewer($"development-{(form["role"] == "operator" ? "operator" : "viewer")}", form["role"] == "operator", null, true);
            await http.SignInAsync(Cookie, viewer.ToPrincipal(Cookie));
            return Results.LocalRedirect(Local(form["to"]));
        }).AllowAnonymous().ExcludeFromDescription();

        routes.MapPost("/monitor/sign-out", async (HttpContext http, IAntiforgery antiforgery) =>
        {
            if (!await antiforgery.IsRequestValidAsync(http))
            {
                return Results.BadRequest();
            }

            await http.SignOutAsync(Cookie);
            return Results.LocalRedirect("/monitor");
        }).RequireAuthorization(Viewers).ExcludeFromDescription();
    }

    private static void Configure(OpenIdConnectOptions oidc, string authority, MonitorOptions options)
    {
        oidc.Authority = authority;
        oidc.ClientId = options.ClientId;
        oidc.ClientSecret = options.ClientSecret;

        // Without a secret there is no code to redeem: nothing to store, and nothing to leak.
        oidc.ResponseType = options.ClientSecret is null ? "id_token" : "code";
        oidc.UsePkce = options.ClientSecret is not null;
        oidc.SignInScheme = Cookie;
        oidc.CallbackPath = "/monitor/signed-in";
        oidc.MapInboundClaims = false;
        oidc.Events.OnTokenValidated = context =>
        {
            // Only what the monitor needs goes into the cookie: the person's id, the role, the council. No name, no address.
            var token = context.Principal!;
            var roles = token.FindAll(options.RoleClaim).Select(c => c.Value).Where(r => r is "operator" or "operations-reader").ToList();
            var subject = token.FindFirst(options.SubjectClaim)?.Value;
            if (subject is null || roles.Count == 0)
            {
                context.Fail("The account has no role in the monitor.");
                return Task.CompletedTask;
            }

            var identity = new ClaimsIdentity(
                [new Claim(Viewer.SubjectClaim, subject), new Claim(Viewer.RoleClaim, roles.Contains("operator") ? "operator" : "operations-reader")], Cookie);
            if (token.FindFirst(options.CouncilClaim) is { } council)
            {
                identity.AddClaim(new Claim(Viewer.CouncilClaim, council.Value));
            }

            context.Principal = new ClaimsPrincipal(identity);
            return Task.CompletedTask;
        };
        oidc.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            context.Response.Redirect("/monitor/not-allowed");
            return Task.CompletedTask;
        };
    }

    private static AuthorizationPolicy Policy(Func<Viewer, bool> allows) =>
        new AuthorizationPolicyBuilder(Cookie).RequireAuthenticatedUser().RequireAssertion(c => Viewer.Of(c.User) is { } viewer && allows(viewer)).Build();

    /// <summary>Only places of the monitor itself: a sign-in must not lead elsewhere.</summary>
    private static string Local(string? to) => to is not null && to.StartsWith("/monitor", StringComparison.Ordinal) && !to.StartsWith(Address, StringComparison.Ordinal) ? to : "/monitor";
}
