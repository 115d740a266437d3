namespace IntegrationHub.Functions.Nhs.Subscriptions;

/// <summary>
/// Headers that a subscriber can request for its notifications, by which its endpoint recognises the hub or a call. All other headers
/// (Host, Transfer-Encoding, Cookie, Content-...) would change the nature of the call.
/// </summary>
internal static class SubscriberHeaders
{
    /// <summary>Largest number of headers of one subscription.</summary>
    internal const int Max = 8;

    /// <summary>Greatest length of a header's line, in characters, which is long enough for an access token.</summary>
    internal const int Longest = 4096;

    /// <summary>The allowed names of headers.</summary>
    internal static readonly IReadOnlyList<string> Allowed =
        ["Authorization", "apikey", "X-API-Key", "Ocp-Apim-Subscription-Key", "X-Correlation-ID", "X-Request-ID", "NHSD-Correlation-ID", "NHSD-Request-ID"];

    /// <summary>
    /// The name and the value of the header in a line of the form <c>Name: value</c>, or null if the line has another form or the name is
    /// not allowed.
    /// </summary>
    internal static (string Name, string Value)? Read(string? line)
    {
        if (line is not { Length: <= Longest } || line.Any(c => c is < ' ' or > '~') || line.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon))
        {
            return null;
        }

        var name = line[..colon].Trim();
        return Allowed.Contains(name, StringComparer.OrdinalIgnoreCase) ? (name, line[(colon + 1)..].Trim()) : null;
    }
}
