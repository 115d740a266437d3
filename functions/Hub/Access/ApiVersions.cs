using IntegrationHub.Contracts.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Access;

/// <summary>
/// The version of the HTTP API. Each answer names the version, and a request for a version that the hub does not support is refused.
/// Addresses that were used before version 1 still give the same answers, marked as deprecated (RFC 9745).
/// </summary>
internal static class ApiVersions
{
    /// <summary>The time since which the old addresses are deprecated: 28 November 2026, 00:00 UTC, in the date format of RFC
    /// 9745.</summary>
    private const string DeprecatedSince = "@1795824000";

    private static readonly (PathString Before, PathString Now)[] Earlier =
        [("/assessments", ApiAddress.Cases), ("/pushed-assessments", ApiAddress.Pushed), ("/print-run", ApiAddress.PrintRun)];

    internal static void UseApiVersions(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        foreach (var (before, now) in Earlier)
        {
            if (http.Request.Path.StartsWithSegments(before, StringComparison.Ordinal, out var rest))
            {
                http.Request.Path = now.Add(rest);
                Answer(http, "Deprecation", DeprecatedSince);
                break;
            }
        }

        if (!http.Request.Path.StartsWithSegments(ApiAddress.Root, StringComparison.Ordinal))
        {
            return next(http);
        }

        Answer(http, ApiAddress.VersionHeader, ApiAddress.Version);
        var asked = http.Request.Headers[ApiAddress.VersionHeader];
        return asked.Count == 0 || asked == ApiAddress.Version
            ? next(http)
            : Problem.Of(StatusCodes.Status400BadRequest, "api-version", $"This hub supports version {ApiAddress.Version} of the API.").ExecuteAsync(http);
    });

    /// <summary>Sets a header when the answer starts, because the fault handler clears headers that were set earlier.</summary>
    private static void Answer(HttpContext http, string name, string value) => http.Response.OnStarting(() =>
    {
        http.Response.Headers[name] = value;
        return Task.CompletedTask;
    });
}
