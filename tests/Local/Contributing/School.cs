using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Html.Dom;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Local.Tests.Workspace;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Local.Tests.Contributing;

/// <summary>A school that the council asks for advice by e-mail, and what its SENCo does in a browser.</summary>
internal sealed partial class School : IDisposable
{
    internal const string Id = "urn:100001";
    internal const string Mail = "senco@millbrook.example";
    internal static readonly Dictionary<string, string> Contacts = new() { [Id] = Mail };

    private readonly LetterHub hub;
    private readonly Desk browser;

    internal School(LetterHub hub) => (this.hub, browser) = (hub, Desk.Of(hub.Browser()));

    internal Desk Browser => browser;

    /// <summary>A hub that reaches the school by e-mail.</summary>
    internal static Task<LetterHub> HubAsync(string? data = null, DateTimeOffset? now = null) => LetterHub.StartAsync(web: Contacts, data: data, now: now);

    /// <summary>The path of the link in the newest message to an address.</summary>
    internal static string PathTo(LetterHub hub, AssessmentId id, string mail = Mail) =>
        LetterHub.LinksIn(hub.Post.Sent.Last(m => m.Address?.Mail == mail && m.Text.Contains(id.Value, StringComparison.Ordinal) && m.Text.Contains("/contribute/", StringComparison.Ordinal)).Text).Single()[LetterHub.Base.Length..];

    /// <summary>The request that was made to the school.</summary>
    internal static async Task<AdviceRequest> RequestAsync(LetterHub hub, AssessmentId id) => (await hub.StateAsync(id)).Requests.First(r => r.Agency?.Id.Value == Id);

    /// <summary>The code that was sent last to an address.</summary>
    internal static string CodeTo(LetterHub hub, string mail = Mail) => Code().Match(hub.Post.Sent.Last(m => m.Address?.Mail == mail && Code().IsMatch(m.Text)).Text).Groups["code"].Value;

    /// <summary>Asks for a code, types it in and answers the page of the request.</summary>
    internal async Task<IHtmlDocument> EnterAsync(string path, string mail = Mail)
    {
        var page = await browser.OpenAsync(path);
        using (var sent = await browser.SendAsync(page, "form"))
        {
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
            page = await Desk.ReadAsync(sent);
        }

        using var entered = await browser.SendAsync(page, "form:nth-of-type(2)", ("code", CodeTo(hub, mail)));
        Assert.Equal((HttpStatusCode.Redirect, path), (entered.StatusCode, entered.Headers.Location?.ToString()));
        return await browser.OpenAsync(path);
    }

    /// <summary>What a short piece of advice says, by its fields.</summary>
    internal static (string Name, string Value)[] Short(string need = "Reading is slow.") =>
    [
        ("content.author", "Kit Example"), ("content.authorRole", "SENCo"), ("content.needs[0].text", need), ("content.needs[0].area", "Education"),
        ("content.outcomes[0].text", "Reads a page aloud by July."), ("content.provision[0].text", "A reading programme."), ("content.provision[0].kind", "Education"),
        ("content.provision[0].who", "A trained teaching assistant"), ("content.provision[0].howOften", "daily"), ("content.provision[0].howLong", "20 minutes"),
    ];

    /// <summary>Sends a form and answers the page to which it leads.</summary>
    internal async Task<IHtmlDocument> SendAsync(IHtmlDocument page, string form, params (string Name, string Value)[] typed)
    {
        using var answer = await browser.SendAsync(page, form, typed);
        if (answer.StatusCode == HttpStatusCode.Redirect)
        {
            using var next = await browser.GetAsync(answer.Headers.Location!.ToString());
            return await Desk.ReadAsync(next);
        }

        var read = await Desk.ReadAsync(answer);
        return answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.UnprocessableEntity or HttpStatusCode.Conflict or HttpStatusCode.Unauthorized or HttpStatusCode.BadRequest
            ? read : throw new InvalidOperationException($"{(int)answer.StatusCode}: {read.Body!.TextContent}");
    }

    /// <summary>Writes a short piece of advice and sends it; answers the receipt.</summary>
    internal async Task<IHtmlDocument> AnswerAsync(string path, string need = "Reading is slow.")
    {
        var check = await SendAsync(await browser.OpenAsync($"{path}/advice"), "main form", [.. Short(need), ("_then", "check")]);
        return await SendAsync(check, "main form");
    }

    public void Dispose() => browser.Dispose();

    [GeneratedRegex("Your code is (?<code>[0-9]{6})")]
    private static partial Regex Code();
}
