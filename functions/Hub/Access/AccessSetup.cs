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
/// The hub's access control. Every endpoint needs a caller unless it is declared open, so a forgotten endpoint is closed. Only /health/*
/// and /openapi/*.json are open.
/// </summary>
public static class AccessSetup
{
    /// <summary>Adds authentication, the rule that every endpoint is closed unless a role is named, and the limit on the
    /// number of requests.</summary>
    /// <param name="services">The services.</param>
    /// <param name="options">Which issuer's tokens are accepted, and how they are read.</param>
    /// <param name="development">The development issuer, or null if <see cref="AccessOptions.Authority"/> is set.</param>
    /// <exception cref="InvalidOperationException">Both a real issuer and the development issuer are given, or neither is.</exception>
    public static IServiceCollection AddHubAccess(this IServiceCollection services, AccessOptions options, TokenIssuer? development)
    {
        if (options.Authority is null == development is null)
        {
            throw new InvalidOperationException("Exactly one issuer of tokens is needed: either set Access:Authority, or use development tokens.");
        }

        services.AddSingleton(options);
        services.AddBackgroundWork();
        services.AddSingleton<Readiness>();
        services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer(bearer => Configure(bearer, options, development));

        // An endpoint that names no role is closed to everybody. The answers that routing itself gives (404, 405, 415) go to anybody with a
        // valid token.
        services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser()
            .RequireAssertion(asked => asked.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
            .Build());
        services.AddRateLimiter(limiter => Configure(limiter, options));
        return services;
    }

    /// <summary>Puts the access control in front of every endpoint that is mapped afterwards.</summary>
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
            // The rate limiter is never disposed of, and its timer keeps the whole hub in memory, so a process with many hubs leaves it
            // out.
            app.UseRateLimiter();
        }

        app.UseAuthorization();
        ReadableForms.Use(app);
        return app;
    }

    /// <summary>
    /// Sets the roles that are allowed to call an endpoint. Callers with a valid token and another role get 403, before anything is looked
    /// up. Each time a case is read, the access log records it.
    /// </summary>
    public static TBuilder Allow<TBuilder>(this TBuilder endpoint, params CallerRole[] roles)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint
            .WithMetadata(new AllowedRoles(roles))
            .RequireAuthorization(policy => policy.RequireAuthenticatedUser().RequireAssertion(context =>
                context.Resource is HttpContext http && http.Features.Get<Caller>() is { } caller && roles.Contains(caller.Role)))
            .AddEndpointFilter(CaseAccessRecording.RecordAsync);

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
                "This page can only be opened over https. If the hub is behind a TLS proxy, set Proxy:Known and Proxy:PublicAddress.").ExecuteAsync(http);

    /// <summary>The outermost handler: an unexpected exception is logged with its type and stack trace, never with the request's content.</summary>
    private static Task AnswerFaultAsync(HttpContext http, ILogger log)
    {
        var fault = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        if (fault is BadHttpRequestException refused)
        {
            return new ProblemResult(Problem.ForStatus(refused.StatusCode)).ExecuteAsync(http);
        }

        AccessLog.Fault(log, http.Request.Method, http.GetEndpoint()?.Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IRouteDiagnosticsMetadata>()?.Route ?? "-", fault?.GetType().FullName ?? "-", fault?.StackTrace ?? "-");
        return new ProblemResult(Problem.ForStatus(StatusCodes.Status500InternalServerError)).ExecuteAsync(http);
    }
}

/// <summary>The roles that are allowed to call an endpoint, for the OpenAPI documents and the access tests.</summary>
/// <param name="Roles">The roles that are allowed to call the endpoint.</param>
public sealed record AllowedRoles(IReadOnlyList<CallerRole> Roles);

internal static partial class AccessLog
{
    [LoggerMessage(1, LogLevel.Error, "{Method} {Route} failed: {Fault}\n{Trace}")]
    internal static partial void Fault(ILogger log, string method, string route, string fault, string trace);
}
