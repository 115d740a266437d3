using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Embedded.Sqlite;

namespace IntegrationHub.Simulation.Doors;

/// <summary>One browser, with its cookies, on the pages of one case.</summary>
internal sealed class Browser(DoorHub hub, AssessmentId assessment)
{
    private const string TokenField = "__RequestVerificationToken";
    private readonly Dictionary<string, string> cookies = new(StringComparer.Ordinal);

    internal AssessmentId Case => assessment;

    /// <summary>Status of the last answer.</summary>
    internal int Status { get; private set; }

    /// <summary>Where the last answer leads.</summary>
    internal string Location { get; private set; } = "";

    /// <summary>The last page.</summary>
    internal string Page { get; private set; } = "";

    /// <summary>Opens a page.</summary>
    internal Task<string> GetAsync(string path) => AskAsync(new RuleInput("GET", path));

    /// <summary>Sends a form of a page: what was typed, with what the page itself put into the form.</summary>
    internal Task<string> PostAsync(string path, string from, IReadOnlyDictionary<string, string> typed)
    {
        var fields = new Dictionary<string, string>(typed, StringComparer.Ordinal);
        foreach (var name in (string[])[TokenField, "_saves", "_once"])
        {
            if (WebDoor.Hidden(from, name) is { } value)
            {
                fields.TryAdd(name, value);
            }
        }

        return AskAsync(new RuleInput("POST", path) { Fields = fields });
    }

    private async Task<string> AskAsync(RuleInput asked)
    {
        var answer = await hub.SendAsync(assessment, asked with { Headers = [("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")))] });
        foreach (var cookie in answer.Cookies)
        {
            var at = cookie.IndexOf('=', StringComparison.Ordinal);
            cookies[cookie[..at]] = cookie[(at + 1)..];
        }

        (Status, Location, Page) = (answer.Status, answer.Location, answer.Body);
        return answer.Status < 500 ? answer.Body : throw new StoreUnavailableException(StoreFault.InputOutput, "The page could not be answered.");
    }
}
