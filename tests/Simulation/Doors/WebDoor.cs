using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Embedded.Sqlite;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Doors;

/// <summary>
/// Somebody at an agency with a browser: opens the link of the message, types in the code, writes the advice all at once or part by part,
/// checks it, sends it and keeps the receipt. What they type is their own; what they know of the hub is what a page shows.
/// </summary>
internal sealed partial class WebDoor(DoorHub hub, PostBox post, TimeProvider time)
{
    private static readonly Dictionary<string, string> Nothing = [];
    private static readonly string[] Parts = ["about", "needs", "outcomes", "provision", "more"];

    /// <summary>Hands something in.</summary>
    /// <returns>False where the page has no form for it, so that nothing was sent.</returns>
    internal async Task<bool> GiveAsync(CaseLedger ledger, Message message, AssessmentInput input)
    {
        if (message.Request is not { } request || !ledger.Links.TryGetValue(request, out var path))
        {
            return false;
        }

        var browser = new Browser(hub, ledger.Person.Id);
        if (await EnterAsync(browser, path, request) is not { } page)
        {
            // The link opens nothing any more, and says so: the council no longer asks.
            Refused(message, told: true);
            return true;
        }

        switch (input)
        {
            case AcknowledgeAdviceRequest:
                return await SayAsync(ledger, message, browser, path, page, "acknowledge", []);
            case AcceptAdviceRequest:
                return await SayAsync(ledger, message, browser, path, await browser.GetAsync($"{path}/say/when"), "say/when", Day("acts.when.expectedOn", message.Day.AddDays(21)));
            case DeclineAdviceRequest i:
                return await SayAsync(ledger, message, browser, path, await browser.GetAsync($"{path}/say/decline"), "say/decline", new Dictionary<string, string> { ["acts.decline.reason"] = i.Reason });
            case SubmitAdvice i:
                await AdviseAsync(ledger, message, browser, path, i.Content);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Comes back and looks at the receipt.</summary>
    internal async Task RepeatAsync(CaseLedger ledger, Message message)
    {
        var browser = new Browser(hub, ledger.Person.Id);
        if (message is { Request: { } request, ReceiptAt: not null } && ledger.Links.TryGetValue(request, out var path) && await EnterAsync(browser, path, request) is not null)
        {
            await browser.GetAsync($"{path}/sent");
        }
    }

    /// <summary>Opens the link with a code.</summary>
    /// <returns>The page of the request; null where the link opens nothing.</returns>
    private async Task<string?> EnterAsync(Browser browser, string path, string request)
    {
        var asks = await browser.GetAsync(path);
        if (browser.Status == 404)
        {
            return null;
        }

        await browser.PostAsync(path, asks, new Dictionary<string, string> { ["send"] = "code" });
        var code = post.TakeCode(browser.Case, request) ?? throw new InvalidOperationException("No code came to the address on record.");
        await browser.PostAsync(path, asks, new Dictionary<string, string> { ["code"] = code });
        return browser.Location == path ? await browser.GetAsync(path) : throw new InvalidOperationException("The code that was sent opens nothing.");
    }

    /// <summary>Sends one of the short forms; if its answer was lost, the same form again.</summary>
    private async Task<bool> SayAsync(CaseLedger ledger, Message message, Browser browser, string path, string page, string form, Dictionary<string, string> fields)
    {
        if (!page.Contains($"action=\"{path}/{form}\"", StringComparison.Ordinal))
        {
            // It was said before, as the page tells: perhaps by an attempt whose answer was lost.
            if (message.Under is not null)
            {
                Said(message);
            }

            return message.Under is not null;
        }

        var once = message.Under?.Split('/')[^1] ?? Hidden(page, "_once");
        ledger.GoesUnder(message, $"contribute/{message.Request}/{form.Split('/')[^1]}{(once is null || form == "acknowledge" ? "" : $"/{once}")}");
        await browser.PostAsync($"{path}/{form}", page, once is null || form == "acknowledge" ? fields : fields.Then("_once", once));
        if (browser.Status is 200 or 409 or 422)
        {
            BusDoor.Answered(message, false);
            message.RefusalTold = true;
        }
        else
        {
            Said(message);
        }

        return true;
    }

    private void Said(Message message)
    {
        message.ReceiptAt ??= time.GetUtcNow();
        BusDoor.Answered(message, true);
    }

    private async Task AdviseAsync(CaseLedger ledger, Message message, Browser browser, string path, AdviceContent advice)
    {
        var form = await browser.GetAsync($"{path}/advice");
        if (browser.Status == 409)
        {
            Refused(message, told: true);
            return;
        }

        foreach (var (part, typed) in Typed(ledger, message, advice))
        {
            await browser.PostAsync(part is null ? $"{path}/advice" : $"{path}/advice/{part}", form, typed);
            if (browser.Status != 302)
            {
                throw new StoreUnavailableException(StoreFault.InputOutput, "What was typed was not kept.");
            }
        }

        var check = await browser.GetAsync($"{path}/check");
        if (Hidden(check, "_saves") is not { } saves || browser.Status is 409)
        {
            await SentBeforeAsync(message, browser, path, check);
            return;
        }

        ledger.GoesUnder(message, $"contribute/{message.Request}/advice/{saves}");
        await browser.PostAsync($"{path}/check", check, Nothing);
        if (ledger.Person.Draw.Chance($"clicks twice {message.Id}", 0.1))
        {
            message.Repeated = true;
            await browser.PostAsync($"{path}/check", check, Nothing);
        }

        if (browser.Location == $"{path}/sent")
        {
            Receipt(message, await browser.GetAsync($"{path}/sent"));
        }
        else
        {
            await SentBeforeAsync(message, browser, path, browser.Page);
        }
    }

    /// <summary>Nothing can be sent: it says what was sent before, perhaps by an attempt whose answer was lost, or something is wrong with it.</summary>
    private async Task SentBeforeAsync(Message message, Browser browser, string path, string page)
    {
        if (page.Contains("is the same as what you sent before", StringComparison.Ordinal))
        {
            message.MaySayNothing = true;
            Receipt(message, await browser.GetAsync($"{path}/sent"));
            return;
        }

        BusDoor.Answered(message, false);
        message.RefusalTold = page.Contains("There is a problem", StringComparison.Ordinal);
        message.RefusedAtDoor = message.Under is null;
    }

    private void Receipt(Message message, string page)
    {
        if (Reference().Match(page) is { Success: true } reference)
        {
            message.ReceiptAt ??= time.GetUtcNow();
            message.ReceiptFor ??= WebUtility.HtmlDecode(reference.Groups[1].Value);
            BusDoor.Answered(message, true);
        }
    }

    private static void Refused(Message message, bool told)
    {
        (message.RefusedAtDoor, message.RefusalTold) = (message.Under is null, told);
        BusDoor.Answered(message, false);
    }

    /// <summary>What is typed, post by post: everything at once, or part by part.</summary>
    private static IEnumerable<(string? Part, Dictionary<string, string> Fields)> Typed(CaseLedger ledger, Message message, AdviceContent advice)
    {
        var all = AdviceTyping.Of(advice);
        return ledger.Person.Draw.Chance($"part by part {message.Id}", 0.5)
            ? Parts.Select(part => ((string?)part, all.Where(f => f.Part == part).ToDictionary(f => f.Name, f => f.Value).Then("_then", "next")))
            : [(null, all.ToDictionary(f => f.Name, f => f.Value).Then("_then", "check"))];
    }

    internal static Dictionary<string, string> Day(string path, DateOnly day) => new()
    {
        [$"{path}/day"] = day.Day.ToString(CultureInfo.InvariantCulture),
        [$"{path}/month"] = day.Month.ToString(CultureInfo.InvariantCulture),
        [$"{path}/year"] = day.Year.ToString(CultureInfo.InvariantCulture),
    };

    internal static string? Hidden(string page, string name) =>
        Regex.Match(page, $"name=\"{name}\" value=\"([^\"]*)\"") is { Success: true } found ? WebUtility.HtmlDecode(found.Groups[1].Value) : null;

    [GeneratedRegex("under the reference <strong>([^<]+)</strong>")]
    private static partial Regex Reference();
}
