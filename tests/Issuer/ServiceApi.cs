using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Issuer;

/// <summary>An API as DfE Sign-in has one: in which roles somebody may use the service for an organisation. It wants a JWT by HS256 over the API's own secret.</summary>
internal static class ServiceApi
{
    private const int Active = 1;

    internal static IResult Answer(HttpContext http, string client, string organisation, string user, IReadOnlyList<IssuerClient> clients, Person person, TokenFaults faults)
    {
        if (faults.ApiIsDown)
        {
            return Results.StatusCode(StatusCodes.Status502BadGateway);
        }

        if (clients.FirstOrDefault(one => one.Id == client)?.ApiSecret is not { } secret
            || http.Request.Headers.Authorization.ToString().Split(' ') is not ["Bearer", var token] || !IsOurs(token, client, secret))
        {
            return Results.Unauthorized();
        }

        return person.ServiceRoles is { } roles && person.Claims.Any(claim => claim == ("sub", user))
            ? Results.Json(new { userId = user, serviceId = client, organisationId = organisation, roles = roles.Select(Role) })
            : Results.NotFound();
    }

    /// <summary>A role whose code begins with a minus was taken from the person.</summary>
    private static object Role(string code) => new { id = $"id-{code}", name = code, code = code.TrimStart('-'), numericId = "1", status = new { id = code[0] == '-' ? 0 : Active } };

    private static bool IsOurs(string token, string client, string secret)
    {
        if (token.Split('.') is not [var head, var body, var signature])
        {
            return false;
        }

        var expected = Base64UrlEncoder.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.ASCII.GetBytes($"{head}.{body}")));
        using var said = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(body));
        return signature == expected && Base64UrlEncoder.Decode(head).Contains("HS256", StringComparison.Ordinal)
            && said.RootElement.GetProperty("iss").GetString() == client && said.RootElement.GetProperty("aud").GetString() == "signin.education.gov.uk"
            && said.RootElement.GetProperty("exp").GetInt64() - said.RootElement.GetProperty("iat").GetInt64() is > 0 and <= 600;
    }
}
