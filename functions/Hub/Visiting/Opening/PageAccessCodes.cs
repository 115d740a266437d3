using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Monitoring;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Visiting.Opening;

/// <summary>The result of entering a code, or of requesting one.</summary>
public enum CodeOutcome
{
    /// <summary>The code was right.</summary>
    Passed,

    /// <summary>The code was wrong, has expired, or was requested in another browser.</summary>
    Wrong,

    /// <summary>Too many wrong codes were entered, so the links of the request no longer work.</summary>
    Revoked,

    /// <summary>A code was sent to the address on record.</summary>
    Sent,

    /// <summary>No code could be sent.</summary>
    NotSent,

    /// <summary>Too many codes were sent in the last quarter of an hour, so no code is sent now.</summary>
    TooMany,
}

/// <summary>How far a browser is authenticated for one link.</summary>
public enum Standing
{
    /// <summary>No code was entered in this browser.</summary>
    None,

    /// <summary>The page was last used within the last day, but not within the last hour. Text sent from this browser is saved, but nothing
    /// is shown.</summary>
    MaySave,

    /// <summary>A code was entered and the page was used within the last hour.</summary>
    Passed,
}

/// <summary>
/// The second factor for pages without an account: a code of six digits sent to the address on record. The code is valid for a quarter of
/// an hour in the browser that requested it, so that a link or code that is passed on does not work in another browser.
/// </summary>
public sealed class PageAccessCodes(
    IDataProtectionProvider protection, ReaderLinks links, INoticeChannel channel, MonitorOptions options, TakeInput take, TimeProvider time)
{
    private const string Asked = "hub-page-asked";
    private const string Given = "hub-page";
    private static readonly TimeSpan Lasts = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan SavesFor = TimeSpan.FromHours(24);

    private readonly SealedCookies cookies = new(protection.CreateProtector("contributors"), options.DevelopmentSignIn);
    private readonly BrowserCodes codes = new(new SealedCookies(protection.CreateProtector("contributors"), options.DevelopmentSignIn), Asked, time);
    private readonly WrongAnswers wrong = new();

    /// <summary>How far this browser is authenticated for this link. Each use keeps the link open for another hour.</summary>
    internal Standing StandingOf(HttpContext http, IAccessCodePage page)
    {
        if (cookies.Read(http, Given) is not [var key, var at] || key != page.Key || !long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
        {
            return Standing.None;
        }

        var idle = time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (idle <= Lasts)
        {
            cookies.Write(http, Given, page.Path, SavesFor, page.Key, Now());
            return Standing.Passed;
        }

        return idle <= SavesFor ? Standing.MaySave : Standing.None;
    }

    /// <summary>Sends a code to the address on record.</summary>
    internal async Task<CodeOutcome> SendAsync(HttpContext http, IAccessCodePage page, CancellationToken cancellationToken)
    {
        var council = page.Rules.Council.Code.Value;
        if (page.Address is not { } address || !channel.Sends || !channel.Takes(address, council))
        {
            return CodeOutcome.NotSent;
        }

        return await codes.SendAsync(http, page.Key, page.Path, async browser =>
        {
            var (subject, text) = page.Message(links.OneTime(page.Key, browser));
            var taken = await channel.SendAsync(new NoticeMessage($"{page.Reference}/code/{browser}", page.Role, address, subject, text) { Council = council }, cancellationToken);
            return taken.Fault == EffectFault.None;
        }) switch
        {
            CodeSending.Sent => CodeOutcome.Sent,
            CodeSending.TooMany => CodeOutcome.TooMany,
            _ => CodeOutcome.NotSent,
        };
    }

    /// <summary>Checks a code.</summary>
    internal async Task<CodeOutcome> AnswerAsync(HttpContext http, IAccessCodePage page, string said, CancellationToken cancellationToken)
    {
        if (codes.IsCode(http, page.Key, said, browser => links.OneTime(page.Key, browser)))
        {
            wrong.Forget(page.Key);
            codes.Forget(http, page.Path);
            Pass(http, page);
            return CodeOutcome.Passed;
        }

        if (!wrong.IsOneTooMany(page.Key))
        {
            return CodeOutcome.Wrong;
        }

        if (page.Case is { } assessment && page.Revoke(FormattableString.Invariant($"{WrongAnswers.Max} wrong codes were entered on the page.")) is { } revoke)
        {
            await take(
                new Delivery { Assessment = assessment, MessageId = $"answer-links/{HashOf(page.Key)[..32]}", By = Actor.TheHub, ReceivedAt = time.GetUtcNow(), Input = revoke },
                null, cancellationToken);
        }

        codes.End(page.Key);
        codes.Forget(http, page.Path);
        wrong.Forget(page.Key);
        return CodeOutcome.Revoked;
    }

    /// <summary>Opens the page for this browser as a correct code would, after another check was accepted in place of the code.</summary>
    internal Standing Pass(HttpContext http, IAccessCodePage page)
    {
        cookies.Write(http, Given, page.Path, SavesFor, page.Key, Now());
        return Standing.Passed;
    }

    // Only the whole key differs from link to link: the paths of all families' cases end in the same word.
    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private string Now() => time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
