using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Access;

/// <summary>Headers that keep browsers and caches from doing more with an answer than was meant. A page that sets its own keeps it.</summary>
internal static class SecurityHeaders
{
    internal static Task AddAsync(HttpContext http, RequestDelegate next)
    {
        http.Response.OnStarting(static state =>
        {
            var http = (HttpContext)state;
            var headers = http.Response.Headers;
            headers.TryAdd("X-Content-Type-Options", "nosniff");
            headers.TryAdd("Referrer-Policy", "no-referrer");
            headers.TryAdd("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
            headers.TryAdd("X-Frame-Options", "DENY");

            // Nearly every answer speaks of a child; none may stay in a cache on the way.
            headers.TryAdd("Cache-Control", "no-store");
            if (http.Request.IsHttps)
            {
                headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
            }

            return Task.CompletedTask;
        }, http);
        return next(http);
    }
}
