using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Functions.Notices.Notify;

/// <summary>
/// A key of GOV.UK Notify: <c>name-{service id}-{secret}</c>. For each call, the key signs a token that is valid for 30 seconds.
/// </summary>
/// <param name="Service">The id of the service, which is the issuer of the token.</param>
/// <param name="Secret">The secret that signs the token.</param>
internal sealed record NotifyKey(string Service, string Secret)
{
    private const int IdLength = 36;

    private static readonly string Header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"HS256"}"""u8);

    /// <summary>Reads a key, or returns null if the text is not a key.</summary>
    internal static NotifyKey? Read(string? text) =>
        text is { Length: > (2 * IdLength) + 1 } && Guid.TryParse(text[^IdLength..], out _) && Guid.TryParse(text.AsSpan(text.Length - (2 * IdLength) - 1, IdLength), out _)
            ? new NotifyKey(text.Substring(text.Length - (2 * IdLength) - 1, IdLength), text[^IdLength..])
            : null;

    /// <summary>Makes a token (RFC 7519) with the issuer and the time of issue only.</summary>
    internal string Token(DateTimeOffset at)
    {
        var payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"iss":"{{Service}}","iat":{{at.ToUnixTimeSeconds()}}}""")));
        var signed = $"{Header}.{payload}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Leaves out the secret, so that keys stay out of logs.</summary>
    public override string ToString() => $"a key of the Notify service {Service}";
}
