using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Access;

/// <summary>
/// Headers that limit what browsers and caches are allowed to do with an answer. If a page sets its own value for a header, that value is
/// used.
/// </summary>
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

            // Nearly every answer is about a child, so no cache between the hub and the browser is allowed to store an answer.
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
