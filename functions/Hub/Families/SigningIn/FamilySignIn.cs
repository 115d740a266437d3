using System.Security.Claims;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Functions.Families.SigningIn;

/// <summary>How an account's e-mail address compares with the address on record.</summary>
public enum AccountMatch
{
    /// <summary>Nobody has signed in.</summary>
    None,

    /// <summary>The account's address is the address on record.</summary>
    Same,

    /// <summary>The account's address differs from the address on record.</summary>
    Other,
}

/// <summary>
/// Lets a family sign in with an account instead of a code. For a few minutes, a browser that returns from the issuer holds a value derived
/// from the confirmed address, not the address itself. The page of the case uses the derived value once, and compares it with the address
/// on record.
/// </summary>
public sealed class FamilySignIn(FamilySignInOptions options, ReaderLinks links)
{
    internal static readonly PageSignIn Use = new("family-account", "/family");

    private const string Mail = "family.mail";
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    /// <summary>Whether anybody can sign in.</summary>
    internal bool IsEnabled => options.IsEnabled;

    /// <summary>The name by which people know the issuer.</summary>
    internal string Title => options.Title;

    /// <summary>The address of the sign-in page for a person with the link to a case.</summary>
    internal static string AddressFor(string page) => $"{Use.Address}?to={Uri.EscapeDataString(page)}";

    internal static SignInSetting Setting(FamilySignInOptions options, bool alsoWithoutTls, Func<HttpContext, SignInRefusal, IResult> refused) => new(
        Use, [new SignInIssuer(options, signed => new(Admit(signed, options))) { Title = options.Title, Adapt = oidc => Adapt(oidc, options) }], alsoWithoutTls, refused)
    { Lasts = Lasts };

    /// <summary>
    /// Whether the person who returned from the issuer has the address on record. The method answers only once for each sign-in, because
    /// the call ends the sign-in.
    /// </summary>
    internal async Task<AccountMatch> TakeAsync(HttpContext http, string? onRecord)
    {
        if (!options.IsEnabled || (await http.AuthenticateAsync(Use.Scheme)).Principal?.FindFirst(Mail)?.Value is not { } said)
        {
            return AccountMatch.None;
        }

        await http.SignOutAsync(Use.Scheme);
        return !string.IsNullOrWhiteSpace(onRecord) && said == NameOf(links, onRecord) ? AccountMatch.Same : AccountMatch.Other;
    }

    private static Admission Admit(TicketReceivedContext signed, FamilySignInOptions options)
    {
        var token = signed.Principal!;
        if (TokenClaims.SubjectOf(token, options.SubjectClaim) is null)
        {
            return Admission.Refused(SignInFault.Person);
        }

        if (options.Level.Length > 0 && !(TokenClaims.One(token, "vot", out var level) && level == options.Level))
        {
            return Admission.Refused(SignInFault.Level);
        }

        return TokenClaims.One(token, "email", out var mail) && !string.IsNullOrWhiteSpace(mail)
            && TokenClaims.One(token, "email_verified", out var confirmed) && string.Equals(confirmed, "true", StringComparison.OrdinalIgnoreCase)
            ? Admission.Of(new ClaimsPrincipal(new ClaimsIdentity([new Claim(Mail, NameOf(signed.HttpContext.RequestServices.GetRequiredService<ReaderLinks>(), mail))], Use.Scheme)))
            : Admission.Refused(SignInFault.Mail);
    }

    private static void Adapt(OpenIdConnectOptions oidc, FamilySignInOptions options)
    {
        oidc.Scope.Add("email");
        if (options.Level.Length > 0)
        {
            oidc.AdditionalAuthorizationParameters["vtr"] = $"[\"{options.Level}\"]";
        }

        // GOV.UK One Login gives the e-mail address only in its userinfo answer. If the token contains a different address, the account has
        // two addresses, and the sign-in is refused.
        oidc.GetClaimsFromUserInfoEndpoint = true;
        oidc.ClaimActions.Remove("email");
        oidc.ClaimActions.MapJsonKey("email", "email");
        oidc.ClaimActions.MapJsonKey("email_verified", "email_verified");
    }

    private static string NameOf(ReaderLinks links, string mail) => links.NameFor($"account\n{mail.Trim().ToUpperInvariant()}");
}
