using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Functions.Notices.Notify;

/// <summary>A key of GOV.UK Notify: <c>name-{service id}-{secret}</c>. It signs a token for each call, valid for 30 seconds.</summary>
/// <param name="Service">The service's id: the token's issuer.</param>
/// <param name="Secret">The secret, which signs.</param>
internal sealed record NotifyKey(string Service, string Secret)
{
    private const int IdLength = 36;

    private static readonly string Header = Base64Url.EncodeToString("""{"typ":"JWT","alg":"HS256"}"""u8);

    /// <summary>Reads a key; null where it is not one.</summary>
    internal static NotifyKey? Read(string? text) =>
        text is { Length: > (2 * IdLength) + 1 } && Guid.TryParse(text[^IdLength..], out _) && Guid.TryParse(text.AsSpan(text.Length - (2 * IdLength) - 1, IdLength), out _)
            ? new NotifyKey(text.Substring(text.Length - (2 * IdLength) - 1, IdLength), text[^IdLength..])
            : null;

    /// <summary>A token made at an instant, RFC 7519: issuer and time of issue, and nothing else.</summary>
    internal string Token(DateTimeOffset at)
    {
        var payload = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"iss":"{{Service}}","iat":{{at.ToUnixTimeSeconds()}}}""")));
        var signed = $"{Header}.{payload}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(Secret), Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Keys stay out of logs.</summary>
    public override string ToString() => $"a key of the Notify service {Service}";
}
