using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace IntegrationHub.Functions.SignIn;

/// <summary>Adds cookie authentication and OpenID Connect (code with PKCE, or only the identity token) for one group of pages.</summary>
internal static class SignInSetup
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Adds the authentication schemes.</summary>
    /// <param name="services">The services of the hub.</param>
    /// <param name="setting">How people sign in to the pages.</param>
    /// <param name="answerForm">Answers a form that was sent after the sign-in had ended, so that what was typed is not lost; it is given the
    /// address at which the person can sign in, and returns false if there is nothing to show and it wrote nothing.</param>
    internal static IServiceCollection AddPageSignIn(this IServiceCollection services, SignInSetting setting, Func<HttpContext, string, Task<bool>> answerForm)
    {
        services.AddSingleton(setting);

        // The framework's log lines repeat what an issuer says about a person ("the account anna@... is not known"), so they are turned
        // off; the hub's own log lines do not repeat such texts.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Authentication.OpenIdConnect", LogLevel.None));
        var authentication = services.AddAuthentication().AddCookie(setting.Use.Scheme, cookie => Configure(cookie, setting, answerForm));
        foreach (var issuer in setting.Issuers)
        {
            authentication.AddOpenIdConnect(setting.Use.SchemeOf(issuer.Key), oidc => Configure(oidc, setting, issuer));
        }

        return services;
    }

    private static void Configure(CookieAuthenticationOptions cookie, SignInSetting setting, Func<HttpContext, string, Task<bool>> answerForm)
    {
        cookie.Cookie.Name = $"hub-{setting.Use.Scheme}";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = setting.AlsoWithoutTls ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        cookie.ExpireTimeSpan = setting.Lasts;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = setting.Use.Address;
        cookie.AccessDeniedPath = setting.Use.NotAllowed;
        cookie.ReturnUrlParameter = "to";
        cookie.Events.OnRedirectToLogin = async context =>
        {
            if (!await answerForm(context.HttpContext, setting.Use.Address))
            {
                context.Response.Redirect(context.RedirectUri);
            }
        };
    }

    private static void Configure(OpenIdConnectOptions oidc, SignInSetting setting, SignInIssuer issuer)
    {
        var options = issuer.Options;
        (oidc.Authority, oidc.ClientId, oidc.ClientSecret) = (options.Authority, options.ClientId, options.ClientSecret);

        // Only an issuer on this machine may be used without TLS; any other address that is not https was refused at start-up.
        oidc.RequireHttpsMetadata = !(Uri.TryCreate(options.Authority, UriKind.Absolute, out var address) && address.IsLoopback);

        // If there is neither a secret nor a key, there is no code to redeem, so nothing is stored that could leak.
        oidc.ResponseType = options.RedeemsCode ? OpenIdConnectResponseType.Code : OpenIdConnectResponseType.IdToken;
        oidc.ResponseMode = options.RedeemsCode ? OpenIdConnectResponseMode.Query : OpenIdConnectResponseMode.FormPost;
        oidc.UsePkce = options.RedeemsCode;
        oidc.SignInScheme = setting.Use.Scheme;
        oidc.CallbackPath = setting.Use.CallbackOf(issuer.Key);
        oidc.MapInboundClaims = false;
        oidc.SaveTokens = false;
        oidc.Scope.Clear();
        oidc.Scope.Add("openid");
        if (options.RedeemsCode)
        {
            // The browser comes back from the issuer by following a link, so these cookies need not be sent with forms from other sites.
            (oidc.CorrelationCookie.SameSite, oidc.NonceCookie.SameSite) = (SameSiteMode.Lax, SameSiteMode.Lax);
        }
        else
        {
            oidc.Scope.Add("profile");
        }

        if (setting.AlsoWithoutTls)
        {
            (oidc.CorrelationCookie.SecurePolicy, oidc.NonceCookie.SecurePolicy) = (CookieSecurePolicy.SameAsRequest, CookieSecurePolicy.SameAsRequest);
        }

        oidc.TokenValidationParameters.ValidAlgorithms = TokenClaims.Algorithms;
        oidc.TokenValidationParameters.ClockSkew = ClockSkew;
        oidc.TokenValidationParameters.RequireExpirationTime = true;
        if (options.ClientKey is { } key)
        {
            ClientAssertion.Use(oidc, options.ClientId!, key);
        }

        // The framework accepts a token without a signature if it comes straight from the issuer.
        oidc.Events.OnTokenValidated = context =>
        {
            if (context.SecurityToken.RawSignature is null or "")
            {
                context.Fail("The token must be signed.");
            }

            return Task.CompletedTask;
        };
        issuer.Adapt?.Invoke(oidc);
        oidc.Events.OnTicketReceived = context => AdmitAsync(context, setting, issuer);
        oidc.Events.OnRemoteFailure = async context =>
        {
            context.HandleResponse();
            await RefuseAsync(context.HttpContext, setting, SignInFault.Answer, null, context.Failure);
        };

        // The issuer's error code for a person who cancelled, or is not allowed to use the service (RFC 6749, 4.1.2.1).
        oidc.Events.OnAccessDenied = async context =>
        {
            context.HandleResponse();
            await RefuseAsync(context.HttpContext, setting, SignInFault.Stopped, null, null);
        };
    }

    /// <summary>The last step of a sign-in, when all claims from the token and from the issuer's userinfo endpoint are available.</summary>
    private static async Task AdmitAsync(TicketReceivedContext context, SignInSetting setting, SignInIssuer issuer)
    {
        var admission = context.Principal is null ? Admission.Refused(SignInFault.Person) : await issuer.Admit(context);
        if (admission.Person is { } person)
        {
            context.Principal = person;
            return;
        }

        context.HandleResponse();
        await RefuseAsync(context.HttpContext, setting, admission.Fault, admission.About, null);
    }

    /// <summary>Shows the refusal to the person and logs it without any content of the token.</summary>
    internal static Task RefuseAsync(HttpContext http, SignInSetting setting, SignInFault fault, string? about, Exception? why)
    {
        var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("IntegrationHub.SignIn");
        SignInLog.Refused(log, setting.Use.Scheme, fault, Kind(why?.InnerException ?? why));
        return setting.Refused(http, SignInRefusal.Of(fault, about, setting.Use.Address)).ExecuteAsync(http);
    }

    /// <summary>The type of an exception, and the error number under which Microsoft documents it.</summary>
    private static string Kind(Exception? why) =>
        why is null ? "-" : string.Join(' ', why.GetType().Name, why.Message.StartsWith("IDX", StringComparison.Ordinal) ? why.Message.Split(':')[0] : "").Trim();
}

internal static partial class SignInLog
{
    [LoggerMessage(1, LogLevel.Warning, "A sign-in to {Use} was refused: {Fault} ({Kind})")]
    internal static partial void Refused(ILogger log, string use, SignInFault fault, string kind);
}
