using System.Globalization;
using System.Threading.RateLimiting;
using IntegrationHub.Functions.Background;
using IntegrationHub.Functions.SignIn;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Functions.Access;

/// <summary>
/// The hub's access control. Every endpoint needs a caller unless it says otherwise, so one that is forgotten is closed; only /health/* and
/// /openapi/*.json are open.
/// </summary>
public static class AccessSetup
{
    /// <summary>Adds authentication, the rule that everything is closed, and the limit on requests.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Whose tokens are accepted and how they are read.</param>
    /// <param name="development">The development issuer; null where <see cref="AccessOptions.Authority"/> is set.</param>
    /// <exception cref="InvalidOperationException">Both issuers are given, or none.</exception>
    public static IServiceCollection AddHubAccess(this IServiceCollection services, AccessOptions options, TokenIssuer? development)
    {
        if (options.Authority is null == development is null)
        {
            throw new InvalidOperationException("Exactly one issuer of tokens is needed: Access:Authority, or development tokens where there is none.");
        }

        services.AddSingleton(options);
        services.AddBackgroundWork();
        services.AddSingleton<Readiness>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer => Configure(bearer, options, development));

        // An endpoint that names no role is closed to everybody. Answers of routing itself (404, 405, 415) are given to anybody with a valid token.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .RequireAssertion(asked => asked.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
            .Build());
        services.AddRateLimiter(limiter => Configure(limiter, options));
        return services;
    }

    /// <summary>Puts the access control in front of what is mapped after it.</summary>
    public static IApplicationBuilder UseHubAccess(this IApplicationBuilder app)
    {
        var log = app.ApplicationServices.GetRequiredService<ILoggerFactory>().CreateLogger("IntegrationHub.Access");
        var options = app.ApplicationServices.GetRequiredService<AccessOptions>();
        app.UseProxy();
        app.Use(SecurityHeaders.AddAsync);
        if (options.Development)
        {
            app.Use(LocalCallers.OnlyAsync);
        }

        foreach (var signIn in app.ApplicationServices.GetServices<SignInSetting>().Where(signIn => signIn is { Issuers.Count: > 0, AlsoWithoutTls: false }))
        {
            app.Use((http, next) => OnlyOverTlsAsync(http, signIn.Use.Start, next));
        }

        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = http => AnswerFaultAsync(http, log), SuppressDiagnosticsCallback = _ => true });
        app.UseStatusCodePages(page => new ProblemResult(Problem.ForStatus(page.HttpContext.Response.StatusCode)).ExecuteAsync(page.HttpContext));
        app.UseApiVersions();
        app.UseRouting();
        app.UseAuthentication();
        if (options.RequestsPerMinute > 0)
        {
            // It is never disposed of, and its timer keeps all that the hub consists of in memory: a process with many hubs does without.
            app.UseRateLimiter();
        }

        app.UseAuthorization();
        return app;
    }

    /// <summary>Says who may call an endpoint. Others with a valid token get 403, before anything is looked up. Readings of a case are noted.</summary>
    public static TBuilder Allow<TBuilder>(this TBuilder endpoint, params CallerRole[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint
            .WithMetadata(new AllowedRoles(roles))
            .RequireAuthorization(policy => policy.RequireAuthenticatedUser().RequireAssertion(context =>
                context.Resource is HttpContext http && http.Features.Get<Caller>() is { } caller && roles.Contains(caller.Role)))
            .AddEndpointFilter(NotedReadings.NoteAsync);

    /// <summary>The caller of this request.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is open to everybody and has no caller.</exception>
    public static Caller Caller(this HttpContext http) =>
        http.Features.Get<Caller>() ?? throw new InvalidOperationException("This endpoint is open to everybody and has no caller.");

    private static void Configure(JwtBearerOptions bearer, AccessOptions options, TokenIssuer? development)
    {
        bearer.MapInboundClaims = false;
        bearer.TokenHandlers.Clear();
        bearer.TokenHandlers.Add(new RememberedTokens(TimeProvider.System) { MapInboundClaims = false });
        bearer.Audience = options.Audience;
        bearer.TokenValidationParameters.ValidAudience = options.Audience;
        bearer.TokenValidationParameters.NameClaimType = options.SubjectClaim;
        bearer.TokenValidationParameters.RoleClaimType = options.RoleClaim;
        bearer.TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);
        bearer.TokenValidationParameters.RequireExpirationTime = true;
        if (development is not null)
        {
            bearer.TokenValidationParameters.ValidIssuer = TokenIssuer.Issuer;
            bearer.TokenValidationParameters.IssuerSigningKey = development.Key;
            bearer.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256];
        }
        else
        {
            bearer.Authority = options.Authority;

            // The start-up check accepts an issuer without TLS only on this machine.
            bearer.RequireHttpsMetadata = options.RequireHttpsMetadata && !(Uri.TryCreate(options.Authority, UriKind.Absolute, out var issuer) && issuer.IsLoopback);

            bearer.TokenValidationParameters.ValidAlgorithms = TokenClaims.Algorithms;
        }

        bearer.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                if (CallerReading.Read(context.Principal!, options, out var problem) is { } caller)
                {
                    context.HttpContext.Features.Set(caller);
                }
                else
                {
                    context.Fail(problem);
                }

                return Task.CompletedTask;
            },
        };
    }

    private static void Configure(RateLimiterOptions limiter, AccessOptions options)
    {
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.OnRejected = (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1);
            rejected.HttpContext.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        limiter.GlobalLimiter = RateLimits.Make(options.RequestsPerMinute);
    }

    /// <summary>Session cookies are sent over TLS only, so a sign-in page cannot be served over plain http.</summary>
    private static Task OnlyOverTlsAsync(HttpContext http, string pages, RequestDelegate next) =>
        http.Request.IsHttps || !http.Request.Path.StartsWithSegments(pages, StringComparison.Ordinal)
            ? next(http)
            : Problem.Of(
                StatusCodes.Status400BadRequest,
                "https-only",
                "This page can only be opened over https. Behind a TLS proxy the hub must be told about it: Proxy:Known and Proxy:PublicAddress.").ExecuteAsync(http);

    /// <summary>The outermost handler: an unexpected exception is logged with its type and stack trace, never with the request's content.</summary>
    private static Task AnswerFaultAsync(HttpContext http, ILogger log)
    {
        var fault = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (fault is BadHttpRequestException refused)
        {
            return new ProblemResult(Problem.ForStatus(refused.StatusCode)).ExecuteAsync(http);
        }

        AccessLog.Fault(log, http.Request.Method, (http.GetEndpoint() as Microsoft.AspNetCore.Routing.RouteEndpoint)?.RoutePattern.RawText ?? "-", fault?.GetType().FullName ?? "-", fault?.StackTrace ?? "-");
        return new ProblemResult(Problem.ForStatus(StatusCodes.Status500InternalServerError)).ExecuteAsync(http);
    }
}

/// <summary>Who may call an endpoint; read by the documents and the access tests.</summary>
/// <param name="Roles">The roles.</param>
public sealed record AllowedRoles(IReadOnlyList<CallerRole> Roles);

internal static partial class AccessLog
{
    [LoggerMessage(1, LogLevel.Error, "{Method} {Route} failed: {Fault}\n{Trace}")]
    internal static partial void Fault(ILogger log, string method, string route, string fault, string trace);
}
