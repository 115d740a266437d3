using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.EmbeddedBus.Access;

/// <summary>A shared access signature that has been checked: its key, its resource and its expiry.</summary>
/// <param name="Key">The key that signed the token.</param>
/// <param name="Resource">Path that the token applies to; empty for the entire bus.</param>
/// <param name="Expires">When the token expires.</param>
public sealed record SasToken(BusKey Key, string Resource, DateTimeOffset Expires)
{
    /// <summary>
    /// Reads <c>SharedAccessSignature sr=..&amp;sig=..&amp;se=..&amp;skn=..</c> and checks the signature: HMAC-SHA256 with the key over the
    /// resource, a line feed and the expiry. Source: Azure Service Bus access control with shared access signatures.
    /// </summary>
    /// <returns>The token, or null with a reason that does not repeat the token.</returns>
    public static SasToken? Check(string? text, IReadOnlyList<BusKey> keys, DateTimeOffset now, out string problem)
    {
        const string Start = "SharedAccessSignature ";
        if (text is null || !text.StartsWith(Start, StringComparison.Ordinal))
        {
            problem = "A token of the form SharedAccessSignature sr=..&sig=..&se=..&skn=.. is expected.";
            return null;
        }

        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text[Start.Length..].Split('&'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                parts[part[..equals]] = part[(equals + 1)..];
            }
        }

        if (!parts.TryGetValue("sr", out var resource) || !parts.TryGetValue("sig", out var signature) || !parts.TryGetValue("skn", out var name)
            || !parts.TryGetValue("se", out var expiry) || !long.TryParse(expiry, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
        {
            problem = "The token must contain sr, sig, se and skn.";
            return null;
        }

        var key = keys.FirstOrDefault(candidate => candidate.Name == WebUtility.UrlDecode(name));
        // An unknown key takes as much work as a wrong signature and gets the same answer, so that a caller cannot tell them apart.
        var expected = Convert.ToBase64String(HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(key?.Secret ?? ""), Encoding.UTF8.GetBytes(resource + "\n" + expiry)));
        var same = CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(WebUtility.UrlDecode(signature).Replace(' ', '+')));
        if (key is null || !same)
        {
            problem = "The token's signature is wrong, or the bus does not know its key.";
            return null;
        }

        var expires = DateTimeOffset.FromUnixTimeSeconds(seconds);
        if (expires <= now)
        {
            problem = "The token has expired.";
            return null;
        }

        problem = "";
        return new SasToken(key, Path(WebUtility.UrlDecode(resource)), expires);
    }

    /// <summary>Whether the token gives any of these rights at this path at this time.</summary>
    public bool Allows(string path, BusRights rights, DateTimeOffset now) =>
        now < Expires && BusKey.Covers(Resource, path) && Key.Allows(path, rights);

    // The host name is ignored: it shows how the client reached the bus, not what the client is allowed to do.
    private static string Path(string resource)
    {
        var scheme = resource.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : resource.IndexOf('/', scheme + 3);
        var path = start < 0 ? "" : resource[start..].Trim('/');
        return path.EndsWith("/$management", StringComparison.OrdinalIgnoreCase) ? path[..^"/$management".Length] : path;
    }
}
