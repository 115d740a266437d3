using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Families.Asking;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Families.Pages;
using IntegrationHub.Functions.Families.SigningIn;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.SignIn;
using IntegrationHub.Functions.Visiting.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Families.Routes;

/// <summary>Adds the pages on which families ask for an assessment and take part in their case, without an account.</summary>
public static class FamiliesSetup
{
    /// <summary>Adds the families' pages to a host that has notices, letters, documents and an access log.</summary>
    /// <param name="services">The services.</param>
    /// <param name="account">The issuer through which a family can sign in.</param>
    /// <param name="alsoWithoutTls">Whether this is a development hub, which is also used without TLS.</param>
    public static IServiceCollection AddFamilies(this IServiceCollection services, FamilySignInOptions account, bool alsoWithoutTls)
    {
        ArgumentNullException.ThrowIfNull(account);
        services
            .AddSingleton(account)
            .AddSingleton<FamilySignIn>()
            .AddSingleton<FamilyLinkResolver>()
            .AddSingleton<FamilyVisits>()
            .AddSingleton<FamilyPages>()
            .AddSingleton<FamilyOffers>()
            .AddSingleton<FamilyWriting>()
            .AddSingleton<FamilyRequestVisits>()
            .AddSingleton<FamilyRequestSubmission>()
            .AddSingleton<FamilyRequestPages>();
        return account.IsEnabled ? services.AddPageSignIn(Setting(account, alsoWithoutTls), ProblemPage.WriteTypedAsync) : services;
    }

    /// <summary>Maps the pages. Each page does its own authentication, by a link or an e-mail address together with a code.</summary>
    public static void MapFamilies(this IEndpointRouteBuilder routes)
    {
        var largest = routes.ServiceProvider.GetRequiredService<KeepingRules>().MaxAttachmentBytes + VisitingSetup.MaxAround;
        var own = routes.MapGroup("/family/{token}/case").AllowAnonymous().ExcludeFromDescription();
        own.MapGet("", (HttpContext http, FamilyPages pages, CancellationToken cancellationToken) => pages.OpenAsync(http, cancellationToken));
        own.MapPost("", (HttpContext http, FamilyVisits pages, CancellationToken cancellationToken) => pages.CodeAsync(http, cancellationToken)).Takes(VisitingSetup.MaxAround);
        own.MapGet("/letters/{notice}", (HttpContext http, string notice, FamilyPages pages, CancellationToken cancellationToken) => pages.LetterAsync(http, notice, cancellationToken));
        own.MapGet("/documents/{sha256}", (HttpContext http, string sha256, FamilyPages pages, CancellationToken cancellationToken) => pages.DocumentAsync(http, sha256, cancellationToken));
        own.MapGet("/say/{act}", (HttpContext http, string act, FamilyPages pages, CancellationToken cancellationToken) => pages.AskAsync(http, act, cancellationToken));
        own.MapPost("/say/{act}", (HttpContext http, string act, FamilyPages pages, CancellationToken cancellationToken) => pages.SendAsync(http, act, cancellationToken)).Takes(VisitingSetup.MaxTyped);
        own.MapPost("/end-supporter", (HttpContext http, FamilyPages pages, CancellationToken cancellationToken) => pages.EndSupporterAsync(http, cancellationToken)).Takes(VisitingSetup.MaxAround);
        own.MapGet("/local-offer", (HttpContext http, FamilyOffers pages, CancellationToken cancellationToken) => pages.ShowAsync(http, cancellationToken));
        own.MapPost("/local-offer", (HttpContext http, FamilyOffers pages, CancellationToken cancellationToken) => pages.ShowAsync(http, cancellationToken)).Takes(VisitingSetup.MaxAround);
        own.MapGet("/{part}", (HttpContext http, string part, FamilyWriting pages, CancellationToken cancellationToken) => pages.WriteAsync(http, part, cancellationToken));
        own.MapPost("/{part}", (HttpContext http, string part, FamilyWriting pages, CancellationToken cancellationToken) => pages.SaveAsync(http, part, cancellationToken)).Takes(VisitingSetup.MaxTyped);
        own.MapGet("/{part}/file", (HttpContext http, string part, FamilyWriting pages, CancellationToken cancellationToken) => pages.FilesAsync(http, part, cancellationToken));
        own.MapPost("/{part}/file", (HttpContext http, string part, FamilyWriting pages, CancellationToken cancellationToken) => pages.ChangeFilesAsync(http, part, cancellationToken)).Takes(largest);
        own.MapGet("/{part}/check", (HttpContext http, string part, FamilyWriting pages, CancellationToken cancellationToken) => pages.CheckAsync(http, part, cancellationToken));
        own.MapPost("/{part}/check", (HttpContext http, string part, FamilyWriting pages, CancellationToken cancellationToken) => pages.SendAsync(http, part, cancellationToken)).Takes(VisitingSetup.MaxAround);

        if (routes.ServiceProvider.GetRequiredService<FamilySignInOptions>() is { IsEnabled: true } account)
        {
            var setting = Setting(account, alsoWithoutTls: false);
            routes.MapGet(FamilySignIn.Use.Address, (HttpContext http, string? to) => SignInRoutes.ChallengeAsync(http, setting, setting.Issuers[0], FamilySignIn.Use.Local(to)))
                .AllowAnonymous().ExcludeFromDescription();
        }

        routes.MapGet("/ask", (HttpContext http, FamilyRequestPages pages) => pages.Councils(http)).AllowAnonymous().ExcludeFromDescription();
        var ask = routes.MapGroup("/ask/{council}").AllowAnonymous().ExcludeFromDescription();
        ask.MapGet("", (HttpContext http, FamilyRequestPages pages, CancellationToken cancellationToken) => pages.OpenAsync(http, cancellationToken));
        ask.MapPost("", (HttpContext http, FamilyRequestPages pages, CancellationToken cancellationToken) => pages.CodeAsync(http, cancellationToken)).Takes(VisitingSetup.MaxAround);
        ask.MapGet("/request", (HttpContext http, FamilyRequestPages pages, CancellationToken cancellationToken) => pages.WriteAsync(http, cancellationToken));
        ask.MapPost("/request", (HttpContext http, FamilyRequestPages pages, CancellationToken cancellationToken) => pages.SaveAsync(http, cancellationToken)).Takes(VisitingSetup.MaxTyped);
        ask.MapGet("/file", (HttpContext http, FamilyRequestPages pages, CancellationToken cancellationToken) => pages.FilesAsync(http, cancellationToken));
        ask.MapPost("/file", (HttpContext http, FamilyRequestPages pages, CancellationToken cancellationToken) => pages.ChangeFilesAsync(http, cancellationToken)).Takes(largest);
        ask.MapGet("/check", (HttpContext http, FamilyRequestPages pages, CancellationToken cancellationToken) => pages.CheckAsync(http, cancellationToken));
        ask.MapPost("/check", (HttpContext http, FamilyRequestPages pages, CancellationToken cancellationToken) => pages.SendAsync(http, cancellationToken)).Takes(VisitingSetup.MaxAround);
        ask.MapGet("/sent", (HttpContext http, FamilyRequestPages pages, CancellationToken cancellationToken) => pages.SentAsync(http, cancellationToken));
    }

    private static SignInSetting Setting(FamilySignInOptions account, bool alsoWithoutTls) =>
        FamilySignIn.Setting(account, alsoWithoutTls, (http, refusal) => MonitorPages.Page<NotSignedInPage>(http, refusal.Status, ("Refusal", refusal)));
}
