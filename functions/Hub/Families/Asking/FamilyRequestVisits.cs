using System.Security.Cryptography;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.AccessLog;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Families.Pages;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Monitoring.Pages;
using IntegrationHub.Functions.Visiting.Opening;
using IntegrationHub.Functions.Visiting.Routes;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Families.Asking;

/// <summary>
/// The pages for somebody who asks for an assessment. Somebody who asks for an assessment has no link yet. A code confirms the e-mail
/// address, and the browser keeps the address encrypted, so that it is never part of a URL.
/// </summary>
public sealed class FamilyRequestVisits(
    RuleBook rules, ReaderLinks links, IDataProtectionProvider protection, PageAccessCodes code, IAntiforgery forgery, IAccessLog log, MonitorOptions options, TimeProvider time)
    : PageVisits<FamilyRequestPage>(code, forgery, log, options, time)
{
    private const string Cookie = "hub-ask";
    private const int LongestMail = 254;
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    private readonly IDataProtector protector = protection.CreateProtector("asking");
    private readonly IAntiforgery forgery = forgery;
    private readonly MonitorOptions options = options;
    private readonly TimeProvider time = time;

    /// <inheritdoc/>
    protected override string Gone => "This council does not accept requests on this website. Ask the council how to make a request. A letter or an e-mail is enough.";

    /// <inheritdoc/>
    protected override Task<FamilyRequestPage?> FindAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var served = LocalAuthorityCode.TryParse(http.Request.RouteValues["council"]?.ToString() ?? "", out var council, out _) && rules.Serves(council);
        return Task.FromResult(served && rules.For(council) is { Council.Icb: not null } own ? Of(own, MailOf(http)) : null);
    }

    /// <summary>The pages for somebody who typed this e-mail address, or null if the address is not valid.</summary>
    internal FamilyRequestPage? For(HttpContext http, FamilyRequestPage page, string mail)
    {
        mail = mail.Trim();
        if (mail.Length > LongestMail || !PassOnAdviceRequest.IsEmailAddress(mail))
        {
            return null;
        }

        http.Response.Cookies.Append(Cookie, protector.Protect(mail), new CookieOptions
        {
            HttpOnly = true,
            Path = page.Path,
            SameSite = SameSiteMode.Lax,
            Secure = !options.DevelopmentSignIn || http.Request.IsHttps,
            MaxAge = Lasts,
        });
        return Of(page.Rules, mail);
    }

    /// <inheritdoc/>
    internal override IResult Code(Visit<FamilyRequestPage> visit, int status = StatusCodes.Status200OK, string? problem = null, bool sent = false) => MonitorPages.Page<AskStartPage>(
        visit.Http, status, ("View", visit.Opened), ("Token", forgery.GetAndStoreTokens(visit.Http)), ("Problem", problem), ("Sent", sent || (visit.Opened.Mail.Length > 0 && visit.Form is not null)),
        ("Kept", visit.Http.Request.Query.ContainsKey("kept")), ("Typed", TypedOn(visit)));

    private FamilyRequestPage Of(Rules own, string mail) =>
        new(own, mail, links.NameFor($"ask\n{own.Council.Code}\n{mail.ToUpperInvariant()}"), LondonDate.Of(time.GetUtcNow()));

    private string MailOf(HttpContext http)
    {
        if (http.Request.Cookies[Cookie] is not { Length: < 2000 } kept)
        {
            return "";
        }

        try
        {
            return protector.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return "";
        }
    }
}
