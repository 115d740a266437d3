namespace IntegrationHub.Functions.Agencies;

/// <summary>
/// How the hub authenticates to an agency's FHIR endpoint, and how it checks the endpoint's identity. Secrets are in separate files, whose
/// paths are relative to the data directory.
/// </summary>
public sealed record FhirAccess
{
    /// <summary>Token endpoint for OAuth 2 client credentials with a signed JWT (private_key_jwt).</summary>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>The hub's client id at the token endpoint.</summary>
    public string? ClientId { get; init; }

    /// <summary>PEM file with the private key for signing (RSA or elliptic curve).</summary>
    public string? KeyFile { get; init; }

    /// <summary>The key's id (kid), as registered with the agency.</summary>
    public string? KeyId { get; init; }

    /// <summary>Signature algorithm; NHS England requires RS512.</summary>
    public string Algorithm { get; init; } = "RS512";

    /// <summary>The OAuth scope to request, if the endpoint needs one.</summary>
    public string? Scope { get; init; }

    /// <summary>PEM file with the hub's certificate for mutual TLS.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file with the certificate's private key, or null if the key is in the certificate's file.</summary>
    public string? CertificateKeyFile { get; init; }

    /// <summary>PEM file with the certificates of the authorities that sign the endpoint's certificate, if these are not public
    /// authorities.</summary>
    public string? TrustedRootsFile { get; init; }
}
