using IntegrationHub.Functions.Monitoring.Viewing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace IntegrationHub.Functions.Monitoring.Pages;

/// <summary>Responds with the monitor's pages.</summary>
internal static class MonitorPages
{
    /// <summary>
    /// The content security policy: the only script is the hub's own, which refreshes the page, and nothing is fetched from elsewhere.
    /// </summary>
    private const string Policy = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    internal static IResult Page<T>(HttpContext http, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : IComponent
    {
        http.Response.Headers.ContentSecurityPolicy = Policy;
        var values = new Dictionary<string, object?>();
        foreach (var (name, value) in parameters)
        {
            values[name] = value;
        }

        return new RazorComponentResult<T>(values) { PreventStreamingRendering = true };
    }

    internal static IResult Page<T>(HttpContext http, int status, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : IComponent
    {
        var page = (RazorComponentResult<T>)Page<T>(http, parameters);
        page.StatusCode = status;
        return page;
    }

    /// <summary>The viewer of the page. The access policies of the monitor's endpoints admit only viewers.</summary>
    internal static Viewer Viewer(this HttpContext http) =>
        Viewing.Viewer.Of(http.User) ?? throw new InvalidOperationException("The endpoint must not admit people who are not viewers.");
}
