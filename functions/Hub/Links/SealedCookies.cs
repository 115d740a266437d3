using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Links;

/// <summary>Text that the hub encrypts and stores in a cookie that is sent only to some of the hub's addresses.</summary>
/// <param name="protector">Encrypts the text for one purpose.</param>
/// <param name="alsoWithoutTls">True for a development hub, which is also used without TLS.</param>
internal sealed class SealedCookies(IDataProtector protector, bool alsoWithoutTls)
{
    private const int Longest = 1000;

    /// <summary>The texts stored under <paramref name="name"/>, or null if this hub has stored no text under that name.</summary>
    internal string[]? Read(HttpContext http, string name)
    {
        if (http.Request.Cookies[name] is not { Length: < Longest } kept)
        {
            return null;
        }

        try
        {
            return protector.Unprotect(kept).Split('|') is [var purpose, .. var rest] && purpose == name ? rest : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Stores texts in a cookie in the browser. The texts must not contain <c>|</c>.</summary>
    /// <param name="http">The request.</param>
    /// <param name="name">Name of the cookie.</param>
    /// <param name="path">The browser sends the cookie only to addresses below this path.</param>
    /// <param name="lasts">How long the browser keeps the cookie, or null to keep it until the browser is closed.</param>
    /// <param name="words">The texts to store.</param>
    internal void Write(HttpContext http, string name, string path, TimeSpan? lasts, params ReadOnlySpan<string> words) =>
        http.Response.Cookies.Append(name, protector.Protect(string.Join('|', [name, .. words])), Options(http, path, lasts));

    /// <summary>Removes a cookie.</summary>
    internal void Remove(HttpContext http, string name, string path) => http.Response.Cookies.Delete(name, Options(http, path, null));

    private CookieOptions Options(HttpContext http, string path, TimeSpan? lasts) => new()
    {
        HttpOnly = true,
        Path = path,
        SameSite = SameSiteMode.Lax,
        Secure = !alsoWithoutTls || http.Request.IsHttps,
        MaxAge = lasts,
    };
}
