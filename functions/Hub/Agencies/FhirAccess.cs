namespace IntegrationHub.Functions.Agencies;

/// <summary>
/// How the hub authenticates to an agency's FHIR endpoint, and how it checks the endpoint's identity. Secrets are not written here but kept
/// in files of their own; their paths are relative to the data directory.
/// </summary>
public sealed record FhirAccess
{
    /// <summary>Token endpoint for OAuth 2 client credentials with a signed JWT (private_key_jwt).</summary>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>The client id there.</summary>
    public string? ClientId { get; init; }

    /// <summary>File with the private key that signs, PEM (RSA or elliptic curve).</summary>
    public string? KeyFile { get; init; }

    /// <summary>The key's id (kid), as registered with the agency.</summary>
    public string? KeyId { get; init; }

    /// <summary>Signature algorithm; NHS England takes RS512.</summary>
    public string Algorithm { get; init; } = "RS512";

    /// <summary>Scope to ask for, where the endpoint needs one.</summary>
    public string? Scope { get; init; }

    /// <summary>File with the hub's certificate for mutual TLS, PEM.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>File with the certificate's private key, PEM; null when it is in the same file.</summary>
    public string? CertificateKeyFile { get; init; }

    /// <summary>File with the authorities that sign the endpoint's own certificate, PEM, where they are not the public ones.</summary>
    public string? TrustedRootsFile { get; init; }
}
