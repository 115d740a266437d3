using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>Answers requests with pages of the workspace.</summary>
internal static class WorkspacePages
{
    /// <summary>A page for an officer, with the antiforgery token of its forms.</summary>
    internal static IResult Show<T>(HttpContext http, Officer officer, int status, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : IComponent =>
        MonitorPages.Page<T>(http, status, [("Me", officer), ("Token", http.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(http)), .. parameters]);

    /// <summary>The page for anything that does not exist or that the officer is not allowed to see; the officer cannot tell which is
    /// the reason.</summary>
    internal static IResult Absent(HttpContext http, Officer officer) => Show<AbsentPage>(http, officer, StatusCodes.Status404NotFound);

    /// <summary>The values typed into a form, for the page that returns them to an officer whose sign-in has expired in the meantime.</summary>
    internal static IReadOnlyList<KeyValuePair<string, string>> Typed(IFormCollection form) =>
        [.. form.SelectMany(field => field.Value, (field, value) => KeyValuePair.Create(field.Key, value ?? "")).Where(field => field.Key != "__RequestVerificationToken")];

    /// <summary>The officer who sent the request. The access policies of the workspace's pages admit only officers.</summary>
    internal static Officer Officer(this HttpContext http) =>
        Officers.Officer.Of(http.User) ?? throw new InvalidOperationException("The endpoint must not admit people who are not officers.");
}
