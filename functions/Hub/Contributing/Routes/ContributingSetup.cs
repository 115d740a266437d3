using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Contributing.Opening;
using IntegrationHub.Functions.Contributing.Sending;
using IntegrationHub.Functions.Contributing.SigningIn;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.SignIn;
using IntegrationHub.Functions.Visiting.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Contributing.Routes;

/// <summary>
/// Adds the pages on which contributors answer without an account or with their organisation's sign-in, and the channel that sends
/// contributors links to these pages.
/// </summary>
public static class ContributingSetup
{
    /// <summary>Adds these pages to a host that has notices, letters, documents and an access log.</summary>
    /// <param name="services">The services.</param>
    /// <param name="issuers">The issuers through which contributors sign in.</param>
    /// <param name="agencies">The directory of agencies.</param>
    /// <param name="alsoWithoutTls">Whether this is a development hub, which is also used without TLS.</param>
    public static IServiceCollection AddContributing(this IServiceCollection services, ContributorIssuers issuers, AgencyDirectory agencies, bool alsoWithoutTls)
    {
        ArgumentNullException.ThrowIfNull(issuers);
        services
            .AddSingleton<IAgencyChannel, WebChannel>()
            .AddSingleton<IChannelTest, WebChannelTest>()
            .AddSingleton(issuers)
            .AddSingleton<ContributorSessions>()
            .AddSingleton<ContributorLinkResolver>()
            .AddSingleton<ContributorVisits>()
            .AddSingleton<ContributorList>()
            .AddSingleton<ContributorEndpoints>()
            .AddSingleton<ContributorActions>()
            .AddSingleton<ContributorWriting>();
        return issuers.AnyEnabled ? services.AddPageSignIn(ContributorSignIn.Setting(issuers, agencies, alsoWithoutTls), ProblemPage.WriteTypedAsync) : services;
    }

    /// <summary>Maps the pages. Each page checks access itself: somebody opens it with a link and a code, or by signing in.</summary>
    public static void MapContributing(this IEndpointRouteBuilder routes)
    {
        var largest = routes.ServiceProvider.GetRequiredService<KeepingRules>().MaxAttachmentBytes + VisitingSetup.MaxAround;
        var link = routes.MapGroup("/contribute/{id}/{code}").AllowAnonymous().ExcludeFromDescription();
        link.MapPost("", (HttpContext http, ContributorVisits pages, CancellationToken cancellationToken) => pages.CodeAsync(http, cancellationToken)).Takes(VisitingSetup.MaxAround);
        MapPages(link, largest);
        if (routes.ServiceProvider.GetRequiredService<ContributorIssuers>().AnyEnabled)
        {
            ContributorSignIn.Map(routes);
            MapPages(routes.MapGroup($"{ContributorSessions.Use.Start}/{{id}}/{{{ContributorVisits.Request}}}").AllowAnonymous().ExcludeFromDescription(), largest);
        }
    }

    private static void MapPages(RouteGroupBuilder request, long largest)
    {
        request.MapGet("", (HttpContext http, ContributorEndpoints pages, CancellationToken cancellationToken) => pages.OpenAsync(http, cancellationToken));
        request.MapPost("/acknowledge", (HttpContext http, ContributorEndpoints pages, CancellationToken cancellationToken) => pages.AcknowledgeAsync(http, cancellationToken)).Takes(VisitingSetup.MaxAround);
        request.MapGet("/letter", (HttpContext http, ContributorEndpoints pages, CancellationToken cancellationToken) => pages.LetterAsync(http, cancellationToken));
        request.MapGet("/documents/{sha256}", (HttpContext http, string sha256, ContributorEndpoints pages, CancellationToken cancellationToken) => pages.DocumentAsync(http, sha256, cancellationToken));
        request.MapGet("/say/{act}", (HttpContext http, string act, ContributorActions pages, CancellationToken cancellationToken) => pages.AskAsync(http, act, cancellationToken));
        request.MapPost("/say/{act}", (HttpContext http, string act, ContributorActions pages, CancellationToken cancellationToken) => pages.SendAsync(http, act, cancellationToken)).Takes(VisitingSetup.MaxTyped);
        request.MapGet("/advice/{section?}", (HttpContext http, string? section, ContributorWriting pages, CancellationToken cancellationToken) => pages.WriteAsync(http, section, cancellationToken));
        request.MapPost("/advice/{section?}", (HttpContext http, string? section, ContributorWriting pages, CancellationToken cancellationToken) => pages.SaveAsync(http, section, cancellationToken)).Takes(VisitingSetup.MaxTyped);
        request.MapGet("/file", (HttpContext http, ContributorWriting pages, CancellationToken cancellationToken) => pages.FilesAsync(http, cancellationToken));
        request.MapPost("/file", (HttpContext http, ContributorWriting pages, CancellationToken cancellationToken) => pages.ChangeFilesAsync(http, cancellationToken)).Takes(largest);
        request.MapGet("/check", (HttpContext http, ContributorWriting pages, CancellationToken cancellationToken) => pages.CheckAsync(http, cancellationToken));
        request.MapPost("/check", (HttpContext http, ContributorWriting pages, CancellationToken cancellationToken) => pages.SubmitAsync(http, cancellationToken)).Takes(VisitingSetup.MaxAround);
        request.MapGet("/sent", (HttpContext http, ContributorWriting pages, CancellationToken cancellationToken) => pages.SentAsync(http, cancellationToken));
    }
}
