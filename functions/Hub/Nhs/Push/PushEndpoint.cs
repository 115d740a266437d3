using System.Security.Cryptography.X509Certificates;
using IntegrationHub.Contracts.Identifiers;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>A body's own FHIR endpoint, and how the hub authenticates to it.</summary>
public sealed record PushEndpoint
{
    /// <summary>The body to which the endpoint belongs.</summary>
    public required AgencyId Agency { get; init; }

    /// <summary>Base address, without a final slash.</summary>
    public required Uri Base { get; init; }

    /// <summary>OAuth 2 client credentials with a signed JWT, or null if only the certificate is used.</summary>
    public SignedJwtCredentials? Credentials { get; init; }

    /// <summary>The hub's certificate for mutual TLS, or null if only a token is used.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>
    /// The certificate authorities accepted for the endpoint's own certificate, or null for the public authorities. NHS networks have their
    /// own certificate authorities.
    /// </summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }
}

/// <summary>OAuth 2 client credentials with private_key_jwt. Sources: RFC 6749 4.4, RFC 7523, NHS England "signed JWT" guidance.</summary>
public sealed record SignedJwtCredentials
{
    /// <summary>The address from which the hub fetches tokens (the token endpoint).</summary>
    public required Uri TokenEndpoint { get; init; }

    /// <summary>The client id (for NHS England, the application's API key).</summary>
    public required string ClientId { get; init; }

    /// <summary>Private key and algorithm; NHS England accepts RS512 and requires the key's id.</summary>
    public required SigningCredentials Key { get; init; }

    /// <summary>Scope to request, if the endpoint needs a scope.</summary>
    public string? Scope { get; init; }
}

/// <summary>The endpoints to which the hub pushes, by body.</summary>
public sealed class PushEndpoints(IEnumerable<PushEndpoint> endpoints)
{
    private readonly Dictionary<AgencyId, PushEndpoint> endpoints = endpoints.ToDictionary(endpoint => endpoint.Agency);

    /// <summary>All the endpoints to which the hub pushes.</summary>
    public IReadOnlyCollection<PushEndpoint> All => endpoints.Values;

    /// <summary>The endpoint of a body, or null if the body has none.</summary>
    public PushEndpoint? Of(AgencyId agency) => endpoints.GetValueOrDefault(agency);

    /// <summary>Name of the HTTP client for a body, which has its own connections, certificate and circuit breaker.</summary>
    public static string ClientName(AgencyId agency) => $"fhir-push:{agency.Value}";
}
