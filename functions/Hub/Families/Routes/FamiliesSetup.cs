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
    /// <summary>Adds these pages to a host that has notices, letters, documents and an access log.</summary>
    /// <param name="services">The services.</param>
    /// <param name="account">The issuer by which a family may sign in.</param>
    /// <param name="alsoWithoutTls">A development hub, which is also used without TLS.</param>
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
            .AddSingleton<AskVisits>()
            .AddSingleton<AskOpening>()
            .AddSingleton<AskPages>();
        return account.IsEnabled ? services.AddPageSignIn(Setting(account, alsoWithoutTls)) : services;
    }

    /// <summary>Maps the pages. Each page does its own authentication: by link or e-mail address, and a code.</summary>
    public static void MapFamilies(this IEndpointRouteBuilder routes)
    {
        var largest = routes.ServiceProvider.GetRequiredService<KeepingRules>().MaxAttachmentBytes + VisitingSetup.MaxAround;
        var own = routes.MapGroup("/family/{token}/case").AllowAnonymous().ExcludeFromDescription();
        own.MapGet("", (HttpContext http, FamilyPages pages, CancellationToken stop) => pages.OpenAsync(http, stop));
        own.MapPost("", (HttpContext http, FamilyVisits pages, CancellationToken stop) => pages.CodeAsync(http, stop)).Takes(VisitingSetup.MaxAround);
        own.MapGet("/letters/{notice}", (HttpContext http, string notice, FamilyPages pages, CancellationToken stop) => pages.LetterAsync(http, notice, stop));
        own.MapGet("/documents/{sha256}", (HttpContext http, string sha256, FamilyPages pages, CancellationToken stop) => pages.DocumentAsync(http, sha256, stop));
        own.MapGet("/say/{act}", (HttpContext http, string act, FamilyPages pages, CancellationToken stop) => pages.AskAsync(http, act, stop));
        own.MapPost("/say/{act}", (HttpContext http, string act, FamilyPages pages, CancellationToken stop) => pages.SendAsync(http, act, stop)).Takes(VisitingSetup.MaxTyped);
        own.MapPost("/end-supporter", (HttpContext http, FamilyPages pages, CancellationToken stop) => pages.EndSupporterAsync(http, stop)).Takes(VisitingSetup.MaxAround);
        own.MapGet("/local-offer", (HttpContext http, FamilyOffers pages, CancellationToken stop) => pages.ShowAsync(http, stop));
        own.MapPost("/local-offer", (HttpContext http, FamilyOffers pages, CancellationToken stop) => pages.ShowAsync(http, stop)).Takes(VisitingSetup.MaxAround);
        own.MapGet("/{part}", (HttpContext http, string part, FamilyWriting pages, CancellationToken stop) => pages.WriteAsync(http, part, stop));
        own.MapPost("/{part}", (HttpContext http, string part, FamilyWriting pages, CancellationToken stop) => pages.SaveAsync(http, part, stop)).Takes(VisitingSetup.MaxTyped);
        own.MapGet("/{part}/file", (HttpContext http, string part, FamilyWriting pages, CancellationToken stop) => pages.FilesAsync(http, part, stop));
        own.MapPost("/{part}/file", (HttpContext http, string part, FamilyWriting pages, CancellationToken stop) => pages.ChangeFilesAsync(http, part, stop)).Takes(largest);
        own.MapGet("/{part}/check", (HttpContext http, string part, FamilyWriting pages, CancellationToken stop) => pages.CheckAsync(http, part, stop));
        own.MapPost("/{part}/check", (HttpContext http, string part, FamilyWriting pages, CancellationToken stop) => pages.SendAsync(http, part, stop)).Takes(VisitingSetup.MaxAround);

        if (routes.ServiceProvider.GetRequiredService<FamilySignInOptions>() is { IsEnabled: true } account)
        {
            var setting = Setting(account, alsoWithoutTls: false);
            routes.MapGet(FamilySignIn.Use.Address, (HttpContext http, string? to) => SignInRoutes.ChallengeAsync(http, setting, setting.Issuers[0], FamilySignIn.Use.Local(to)))
                .AllowAnonymous().ExcludeFromDescription();
        }

        routes.MapGet("/ask", (HttpContext http, AskPages pages) => pages.Councils(http)).AllowAnonymous().ExcludeFromDescription();
        var ask = routes.MapGroup("/ask/{council}").AllowAnonymous().ExcludeFromDescription();
        ask.MapGet("", (HttpContext http, AskPages pages, CancellationToken stop) => pages.OpenAsync(http, stop));
        ask.MapPost("", (HttpContext http, AskPages pages, CancellationToken stop) => pages.CodeAsync(http, stop)).Takes(VisitingSetup.MaxAround);
        ask.MapGet("/request", (HttpContext http, AskPages pages, CancellationToken stop) => pages.WriteAsync(http, stop));
        ask.MapPost("/request", (HttpContext http, AskPages pages, CancellationToken stop) => pages.SaveAsync(http, stop)).Takes(VisitingSetup.MaxTyped);
        ask.MapGet("/file", (HttpContext http, AskPages pages, CancellationToken stop) => pages.FilesAsync(http, stop));
        ask.MapPost("/file", (HttpContext http, AskPages pages, CancellationToken stop) => pages.ChangeFilesAsync(http, stop)).Takes(largest);
        ask.MapGet("/check", (HttpContext http, AskPages pages, CancellationToken stop) => pages.CheckAsync(http, stop));
        ask.MapPost("/check", (HttpContext http, AskPages pages, CancellationToken stop) => pages.SendAsync(http, stop)).Takes(VisitingSetup.MaxAround);
        ask.MapGet("/sent", (HttpContext http, AskPages pages, CancellationToken stop) => pages.SentAsync(http, stop));
    }

    private static SignInSetting Setting(FamilySignInOptions account, bool alsoWithoutTls) =>
        FamilySignIn.Setting(account, alsoWithoutTls, (http, refusal) => MonitorPages.Page<NotSignedInPage>(http, refusal.Status, ("Refusal", refusal)));
}
