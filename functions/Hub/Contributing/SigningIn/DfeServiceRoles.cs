using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IntegrationHub.Functions.Contributing.SigningIn;

/// <summary>
/// Gets the roles in which a person may use the service from the DfE Sign-in API. The tokens of DfE Sign-in state the person and the
/// organisation, but not whether the organisation's approver gave the person this service. Relying on the tokens would let in every account
/// of a school.
/// </summary>
internal static class DfeServiceRoles
{
    private const int Active = 1;
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(10);

    /// <summary>The person's roles; empty if the person is not allowed to use the service.</summary>
    /// <param name="http">The HTTP client for calls to the issuer.</param>
    /// <param name="issuer">The hub's settings for DfE Sign-in.</param>
    /// <param name="organisation">The id of the organisation at DfE Sign-in.</param>
    /// <param name="person">The id of the person at DfE Sign-in.</param>
    /// <param name="now">The present instant, UTC.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="HttpRequestException">DfE Sign-in does not answer, or does not answer in the expected form.</exception>
    internal static async Task<IReadOnlyList<string>> OfAsync(
        HttpClient http, ContributorIssuer issuer, string organisation, string person, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var address = $"{issuer.Api.TrimEnd('/')}/services/{Segment(issuer.ClientId!)}/organisations/{Segment(organisation)}/users/{Segment(person)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(issuer.ClientId!, issuer.ApiSecret!, now));
        using var within = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        within.CancelAfter(AnswerWithin);
        try
        {
            using var answer = await http.SendAsync(request, within.Token);
            if (answer.StatusCode == HttpStatusCode.NotFound)
            {
                return [];
            }

            answer.EnsureSuccessStatusCode();
            var said = await answer.Content.ReadFromJsonAsync<JsonElement>(within.Token);
            return said.ValueKind == JsonValueKind.Object && Is(said, "userId", person) && Is(said, "organisationId", organisation)
                && said.TryGetProperty("roles", out var roles) && roles.ValueKind == JsonValueKind.Array
                ? [.. roles.EnumerateArray().Where(IsActive).Select(role => role.GetProperty("code").GetString()!)]
                : [];
        }
        catch (Exception unread) when (unread is JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new HttpRequestException("DfE Sign-in does not say who may use the service.", unread);
        }
    }

    /// <summary>
    /// The API requires a JWT that is signed by HS256 with the service's API secret, even if the secret is short. Token libraries refuse
    /// short secrets.
    /// </summary>
    private static string Token(string client, string secret, DateTimeOffset now)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { iss = client, aud = "signin.education.gov.uk", iat = now.ToUnixTimeSeconds(), exp = now.AddMinutes(2).ToUnixTimeSeconds() });
        var words = $"{Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Base64Url.EncodeToString(body)}";
        return $"{words}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes(words)))}";
    }

    private static bool IsActive(JsonElement role) =>
        role.ValueKind == JsonValueKind.Object && role.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.String
        && role.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Object
        && status.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out var number) && number == Active;

    private static bool Is(JsonElement said, string member, string expected) =>
        said.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && string.Equals(value.GetString(), expected, StringComparison.OrdinalIgnoreCase);

    private static string Segment(string text) => Uri.EscapeDataString(text) is var escaped && escaped.Trim('.').Length > 0 ? escaped : "_";
}
