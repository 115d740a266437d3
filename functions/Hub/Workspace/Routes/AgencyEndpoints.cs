using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Monitoring.Board;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Functions.Workspace.Pages;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>The pages that list the agencies and that test whether the hub can send to an agency.</summary>
internal static class AgencyEndpoints
{
    internal const string Address = "/workspace/agencies";

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Address, async (HttpContext http, AgencyList agencies, BoardUsage usage, CancellationToken cancellationToken) =>
        {
            await usage.AskAsync(cancellationToken);
            return WorkspacePages.Show<AgenciesPage>(http, http.Officer(), StatusCodes.Status200OK, ("Agencies", agencies.For(http.Officer().Council)));
        }).RequireAuthorization(OfficerSignIn.For(Page.Agencies)).ExcludeFromDescription();
        routes.MapGet($"{Address}/test", (HttpContext http, string? agency, AgencyList agencies) => Show(http, agencies, agency, StatusCodes.Status200OK, null))
            .RequireAuthorization(OfficerSignIn.For(Page.AgencyTest)).ExcludeFromDescription();
        routes.MapPost($"{Address}/test", TryAsync).RequireAuthorization(OfficerSignIn.For(Page.AgencyTest)).ExcludeFromDescription();
    }

    private static async Task<IResult> TryAsync(HttpContext http, AgencyList agencies, IAntiforgery forgery, ILoggerFactory logs, CancellationToken cancellationToken)
    {
        if (!await forgery.IsRequestValidAsync(http))
        {
            return Results.BadRequest();
        }

        var chosen = (await http.Request.ReadFormAsync(cancellationToken))["agency"].ToString();
        if (agencies.Find(chosen) is not { Test: { } test } line)
        {
            return Show(http, agencies, chosen, StatusCodes.Status422UnprocessableEntity, new ChannelTestResult(false, "Choose an agency that can be tested."));
        }

        var result = await test.TryAsync(line.Entry, http.Officer().Council, cancellationToken);
        AgencyTestLog.Tried(logs.CreateLogger("IntegrationHub.Agencies"), line.Id.Value, line.Entry.Reach, http.Officer().Subject, result.Worked);
        return Show(http, agencies, chosen, StatusCodes.Status200OK, result);
    }

    private static IResult Show(HttpContext http, AgencyList agencies, string? chosen, int status, ChannelTestResult? result) => WorkspacePages.Show<AgencyTestPage>(
        http, http.Officer(), status, ("Agencies", agencies.For(http.Officer().Council).Where(line => line is { IsListed: true, Test: not null }).ToList()), ("Chosen", chosen), ("Result", result));
}

internal static partial class AgencyTestLog
{
    [LoggerMessage(1, LogLevel.Information, "{Officer} tested sending to {Agency} ({Reach}); successful: {Worked}")]
    internal static partial void Tried(ILogger log, string agency, Reach reach, string officer, bool worked);
}
