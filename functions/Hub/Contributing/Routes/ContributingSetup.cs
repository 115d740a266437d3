using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Contributing.Opening;
using IntegrationHub.Functions.Contributing.Sending;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Visiting.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Contributing.Routes;

/// <summary>Adds the pages on which those who are asked for advice answer without an account, and the channel that sends them there.</summary>
public static class ContributingSetup
{
    /// <summary>Adds these pages to a host that has notices, letters, documents and an access log.</summary>
    public static IServiceCollection AddContributing(this IServiceCollection services) => services
        .AddSingleton<IAgencyChannel, WebChannel>()
        .AddSingleton<ContributorLinkResolver>()
        .AddSingleton<ContributorVisits>()
        .AddSingleton<ContributorEndpoints>()
        .AddSingleton<ContributorActs>()
        .AddSingleton<ContributorWriting>();

    /// <summary>Maps the pages. Each asks by itself who comes: the link opens them, and a code.</summary>
    public static void MapContributing(this IEndpointRouteBuilder routes)
    {
        var largest = routes.ServiceProvider.GetRequiredService<KeepingRules>().MaxAttachmentBytes + VisitingSetup.MostAround;
        var link = routes.MapGroup("/contribute/{id}/{code}").AllowAnonymous().ExcludeFromDescription();
        link.MapGet("", (HttpContext http, ContributorEndpoints pages, CancellationToken stop) => pages.OpenAsync(http, stop));
        link.MapPost("", (HttpContext http, ContributorVisits pages, CancellationToken stop) => pages.CodeAsync(http, stop)).Takes(VisitingSetup.MostAround);
        link.MapPost("/acknowledge", (HttpContext http, ContributorEndpoints pages, CancellationToken stop) => pages.AcknowledgeAsync(http, stop)).Takes(VisitingSetup.MostAround);
        link.MapGet("/letter", (HttpContext http, ContributorEndpoints pages, CancellationToken stop) => pages.LetterAsync(http, stop));
        link.MapGet("/documents/{sha256}", (HttpContext http, string sha256, ContributorEndpoints pages, CancellationToken stop) => pages.DocumentAsync(http, sha256, stop));
        link.MapGet("/say/{act}", (HttpContext http, string act, ContributorActs pages, CancellationToken stop) => pages.AskAsync(http, act, stop));
        link.MapPost("/say/{act}", (HttpContext http, string act, ContributorActs pages, CancellationToken stop) => pages.SendAsync(http, act, stop)).Takes(VisitingSetup.MostTyped);
        link.MapGet("/advice/{section?}", (HttpContext http, string? section, ContributorWriting pages, CancellationToken stop) => pages.WriteAsync(http, section, stop));
        link.MapPost("/advice/{section?}", (HttpContext http, string? section, ContributorWriting pages, CancellationToken stop) => pages.SaveAsync(http, section, stop)).Takes(VisitingSetup.MostTyped);
        link.MapGet("/file", (HttpContext http, ContributorWriting pages, CancellationToken stop) => pages.FilesAsync(http, stop));
        link.MapPost("/file", (HttpContext http, ContributorWriting pages, CancellationToken stop) => pages.ChangeFilesAsync(http, stop)).Takes(largest);
        link.MapGet("/check", (HttpContext http, ContributorWriting pages, CancellationToken stop) => pages.CheckAsync(http, stop));
        link.MapPost("/check", (HttpContext http, ContributorWriting pages, CancellationToken stop) => pages.SubmitAsync(http, stop)).Takes(VisitingSetup.MostAround);
        link.MapGet("/sent", (HttpContext http, ContributorWriting pages, CancellationToken stop) => pages.SentAsync(http, stop));
    }
}
