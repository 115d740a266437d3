using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Contributing.Opening;
using IntegrationHub.Functions.Contributing.Pages;
using IntegrationHub.Functions.Contributing.SigningIn;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.SignIn;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Contributing.Routes;

/// <summary>Signs people in to the list of an organisation's requests, and signs them out.</summary>
internal static class ContributorSignIn
{
    private static readonly string SignedOut = $"{ContributorSessions.Use.Start}/signed-out";

    internal static SignInSetting Setting(ContributorIssuers issuers, AgencyDirectory agencies, bool alsoWithoutTls) => new(
        ContributorSessions.Use,
        [.. issuers.All.OrderBy(one => one.Value.Title, StringComparer.OrdinalIgnoreCase).Select(one => Issuer(one.Key, one.Value, agencies))], alsoWithoutTls,
        (http, refusal) => Words(http, refusal.Status, refusal.Title, refusal.Text, "Sign in again", refusal.Again))
    { Lasts = ContributorSessions.Lasts };

    internal static void Map(IEndpointRouteBuilder routes)
    {
        var issuers = routes.ServiceProvider.GetRequiredService<ContributorIssuers>();
        var sessions = routes.ServiceProvider.GetRequiredService<ContributorSessions>();
        var use = ContributorSessions.Use;
        routes.MapPageSignIn(Setting(issuers, routes.ServiceProvider.GetRequiredService<AgencyDirectory>(), alsoWithoutTls: false), new SignInPages(ContributorSessions.Signed)
        {
            Choose = (http, to) => MonitorPages.Page<ChooseIssuerPage>(
                http, ("To", to), ("Address", use.Address), ("Issuers", issuers.All.OrderBy(one => one.Value.Title, StringComparer.OrdinalIgnoreCase).Select(one => (one.Key, one.Value.Title)).ToList())),
            Leaving = sessions.Forget,
            Left = SignedOut,
        });
        routes.MapGet(SignedOut, (HttpContext http) => Words(
            http, StatusCodes.Status200OK, "You are signed out", "Nobody can open your organisation’s requests in this browser until somebody signs in again. On a shared computer, also sign out of your work account.", "Sign in again", use.Address))
            .AllowAnonymous().ExcludeFromDescription();
        routes.MapGet(use.Start, ShowAsync).RequireAuthorization(ContributorSessions.Signed).ExcludeFromDescription();
    }

    /// <summary>Shows a short message in the layout of these pages.</summary>
    internal static IResult Words(HttpContext http, int status, string title, string text, string link, string address) =>
        MonitorPages.Page<FewWordsPage>(http, status, ("Title", title), ("Text", text), ("Link", link), ("Address", address));

    private static async Task<IResult> ShowAsync(HttpContext http, int? page, ContributorSessions sessions, ContributorList list, IAntiforgery forgery, CancellationToken cancellationToken)
    {
        if (await sessions.WhoAsync(http) is not { } who)
        {
            var refusal = SignInRefusal.Of(SignInFault.Organisation, "an organisation that was recently removed from the directory", ContributorSessions.Use.Address);
            return Words(http, refusal.Status, refusal.Title, refusal.Text, "Sign in again", refusal.Again);
        }

        return MonitorPages.Page<RequestListPage>(http, ("Requests", await list.PageAsync(who, page ?? 1, cancellationToken)), ("Who", who), ("Token", forgery.GetAndStoreTokens(http)));
    }

    private static SignInIssuer Issuer(string name, ContributorIssuer issuer, AgencyDirectory agencies)
    {
        var admission = new ContributorAdmission(name, issuer, agencies);
        return new SignInIssuer(issuer, admission.AdmitAsync) { Key = name, Title = issuer.Title, Adapt = admission.Adapt };
    }
}
