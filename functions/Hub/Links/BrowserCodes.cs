using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Links;

/// <summary>The result of a request for a code.</summary>
internal enum CodeSending
{
    /// <summary>The code was sent.</summary>
    Sent,

    /// <summary>The code could not be sent.</summary>
    NotSent,

    /// <summary>Too many codes were sent in the last quarter of an hour, so no code is sent now.</summary>
    TooMany,
}

/// <summary>
/// Before a link shows anything, a code is sent to the address on record. Each code is valid for a quarter of an hour in the browser that
/// requested it, so that a link or code that is passed on opens nothing in another browser.
/// </summary>
/// <param name="cookies">The cookies that bind a code to a browser.</param>
/// <param name="cookie">The cookie's name.</param>
/// <param name="time">The clock.</param>
internal sealed class BrowserCodes(SealedCookies cookies, string cookie, TimeProvider time)
{
    /// <summary>Largest number of codes sent for one link in a quarter of an hour.</summary>
    internal const int MaxSent = 4;

    /// <summary>Largest number of links whose codes are counted; if there are more, counting starts again.</summary>
    private const int MaxCounted = 10_000;

    /// <summary>How long a code is valid.</summary>
    internal static readonly TimeSpan Validity = TimeSpan.FromMinutes(15);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Since, int Count)> sent = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> ended = new(StringComparer.Ordinal);

    /// <summary>Sends a code and binds it to the browser that requested it.</summary>
    /// <param name="http">The request in which that browser asks for the code.</param>
    /// <param name="key">What the code opens; for a link, the path of the link.</param>
    /// <param name="path">The browser sends the cookie only to addresses below this path.</param>
    /// <param name="send">Sends the code derived from the browser's secret; returns whether it was sent.</param>
    internal async Task<CodeSending> SendAsync(HttpContext http, string key, string path, Func<string, Task<bool>> send)
    {
        var now = time.GetUtcNow();
        if (sent.Count >= MaxCounted)
        {
            sent.Clear();
        }

        if (sent.AddOrUpdate(key, (now, 1), (_, before) => now - before.Since > Validity ? (now, 1) : before with { Count = before.Count + 1 }).Count > MaxSent)
        {
            return CodeSending.TooMany;
        }

        var browser = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        if (!await send(browser))
        {
            return CodeSending.NotSent;
        }

        cookies.Write(http, cookie, path, Validity, key, now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), browser);
        return CodeSending.Sent;
    }

    /// <summary>Whether the code that was typed is the one that this browser requested, and is still valid.</summary>
    /// <param name="http">The request.</param>
    /// <param name="key">What the code opens; for a link, the path of the link.</param>
    /// <param name="said">The code as typed; spaces are ignored.</param>
    /// <param name="code">Calculates the code that belongs to a browser's secret.</param>
    internal bool IsCode(HttpContext http, string key, string said, Func<string, string> code) =>
        cookies.Read(http, cookie) is [var asked, var at, var browser] && asked == key
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds) <= Validity
        && !(ended.TryGetValue(key, out var end) && seconds < end)
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(string.Concat(said.Where(c => !char.IsWhiteSpace(c)))), Encoding.UTF8.GetBytes(code(browser)));

    /// <summary>Ends every code that was sent for this key before now. A browser can keep its cookie although the hub asked it to remove
    /// the cookie, so removing the cookie alone does not end a code.</summary>
    /// <param name="key">What the codes open.</param>
    internal void End(string key)
    {
        var now = time.GetUtcNow();
        if (ended.Count >= MaxCounted)
        {
            // An entry is needed only while codes sent before it can still be valid. Such entries are kept, however many there are.
            var oldest = (now - Validity).ToUnixTimeSeconds();
            foreach (var (one, at) in ended)
            {
                if (at < oldest)
                {
                    ended.TryRemove(one, out _);
                }
            }
        }

        ended[key] = now.ToUnixTimeSeconds();
    }

    /// <summary>Removes the cookie after the right code was entered.</summary>
    internal void Forget(HttpContext http, string path) => cookies.Remove(http, cookie, path);
}
