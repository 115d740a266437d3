namespace IntegrationHub.Functions.Agencies;

/// <summary>
/// How the hub proves itself at a body's FHIR endpoint, and how it knows the endpoint. Secrets are not written here but lie in files of
/// their own; their paths count from the data directory.
/// </summary>
public sealed record FhirAccess
{
    /// <summary>Where tokens are given out, for OAuth 2 client credentials with a signed JWT (private_key_jwt).</summary>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>The client id there.</summary>
    public string? ClientId { get; init; }

    /// <summary>File with the private key that signs, PEM (RSA or elliptic curve).</summary>
    public string? KeyFile { get; init; }

    /// <summary>The key's id (kid), as the body knows it.</summary>
    public string? KeyId { get; init; }

    /// <summary>Signature algorithm; NHS England takes RS512.</summary>
    public string Algorithm { get; init; } = "RS512";

    /// <summary>Scope to ask for, when the endpoint has any.</summary>
    public string? Scope { get; init; }

    /// <summary>File with the hub's certificate for mutual TLS, PEM.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>File with the certificate's private key, PEM; null when it is in the same file.</summary>
    public string? CertificateKeyFile { get; init; }

    /// <summary>File with the authorities that sign the endpoint's own certificate, PEM, where they are not the public ones.</summary>
    public string? TrustedRootsFile { get; init; }
}
