using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using IntegrationHub.Functions.Agencies;
using Microsoft.IdentityModel.Tokens;

namespace IntegrationHub.Functions.Nhs.Push;

/// <summary>Reads the endpoints to which the hub pushes, from the agency directory and its key files.</summary>
public static class PushConfiguration
{
    private static readonly string[] Algorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>Reads the endpoints to which the hub pushes.</summary>
    /// <param name="directory">The directory of agencies, with their channels.</param>
    /// <param name="folder">The folder to which the paths of key files are relative.</param>
    /// <returns>The endpoints or, if an entry of the directory cannot be used, the name of the entry with a reason that the author of the
    /// directory can understand.</returns>
    public static (IReadOnlyList<PushEndpoint> Endpoints, string? Problem) Read(AgencyDirectory directory, string folder)
    {
        var endpoints = new List<PushEndpoint>();
        foreach (var entry in directory.Entries)
        {
            if (!Enum.IsDefined(entry.Reach))
            {
                return ([], $"{entry.Id}: reach must be one of {string.Join(", ", Enum.GetNames<Reach>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.");
            }

            // An entry that was meant for the body's own endpoint would otherwise be reached in another way, and nobody would be told.
            if (entry is { Reach: not Reach.FhirPush } and ({ FhirEndpoint: not null } or { FhirAccess: not null }))
            {
                return ([], $"{entry.Id}: fhirEndpoint and fhirAccess can be given only with the reach fhirPush.");
            }
        }

        foreach (var entry in directory.Entries.Where(entry => entry.Reach == Reach.FhirPush))
        {
            try
            {
                var (endpoint, problem) = Read(entry, folder);
                if (endpoint is null)
                {
                    return ([], $"{entry.Id}: {problem}");
                }

                endpoints.Add(endpoint);
            }
            catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
            {
                // The message of a cryptographic exception does not help the operator, and the message of an argument exception may quote
                // the file.
                return ([], $"{entry.Id}: {(unreadable is IOException or UnauthorizedAccessException ? unreadable.Message : "a key or certificate file is not in PEM format, or does not match the algorithm.")}");
            }
        }

        return (endpoints, null);
    }

    private static (PushEndpoint? Endpoint, string? Problem) Read(AgencyEntry entry, string folder)
    {
        if (entry.FhirEndpoint is not { IsAbsoluteUri: true } address)
        {
            return (null, "fhirPush needs fhirEndpoint, the base address of the body's FHIR server.");
        }

        if (!IsSafe(address) || (entry.FhirAccess?.TokenEndpoint is { } tokens && !IsSafe(tokens)))
        {
            return (null, "fhirEndpoint and tokenEndpoint must be https addresses without a password (http is allowed only on this machine).");
        }

        if (address is not { Query: "", Fragment: "" })
        {
            return (null, "fhirEndpoint must be a base address, to which paths can be added: leave out everything from ? or # on.");
        }

        var access = entry.FhirAccess ?? new FhirAccess();
        if (access is { TokenEndpoint: null } and ({ ClientId: not null } or { KeyFile: not null } or { KeyId: not null } or { Scope: not null }))
        {
            return (null, "clientId, keyFile, keyId and scope need tokenEndpoint.");
        }

        if (access is { CertificateFile: null, CertificateKeyFile: not null })
        {
            return (null, "certificateKeyFile needs certificateFile.");
        }

        SignedJwtCredentials? credentials = null;
        if (access.TokenEndpoint is { } tokenEndpoint)
        {
            if (access is not { ClientId.Length: > 0, KeyFile.Length: > 0 })
            {
                return (null, "tokenEndpoint needs clientId and keyFile.");
            }

            if (!Algorithms.Contains(access.Algorithm))
            {
                return (null, $"algorithm must be one of {string.Join(", ", Algorithms)}.");
            }

            credentials = new SignedJwtCredentials
            {
                TokenEndpoint = tokenEndpoint,
                ClientId = access.ClientId,
                Key = new SigningCredentials(Key(File.ReadAllText(Path.Combine(folder, access.KeyFile)), access.Algorithm, access.KeyId), access.Algorithm),
                Scope = access.Scope,
            };
        }

        X509Certificate2Collection? roots = null;
        if (access.TrustedRootsFile is { } file)
        {
            roots = [];
            roots.ImportFromPemFile(Path.Combine(folder, file));
            if (roots.Count == 0)
            {
                return (null, "trustedRootsFile contains no certificate.");
            }
        }

        return (
            new PushEndpoint
            {
                Agency = entry.Id,
                Base = address,
                Credentials = credentials,
                Certificate = access.CertificateFile is { } certificate ? Certificate(Path.Combine(folder, certificate), access.CertificateKeyFile is { } key ? Path.Combine(folder, key) : null) : null,
                TrustedRoots = roots,
            },
            null);
    }

    private static bool IsSafe(Uri address) => address.IsAbsoluteUri && address.UserInfo.Length == 0 && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static AsymmetricSecurityKey Key(string pem, string algorithm, string? id)
    {
        if (algorithm.StartsWith("ES", StringComparison.Ordinal))
        {
            var curve = ECDsa.Create();
            curve.ImportFromPem(pem);
            return new ECDsaSecurityKey(curve) { KeyId = id };
        }

        var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        return new RsaSecurityKey(rsa) { KeyId = id };
    }

    private static X509Certificate2 Certificate(string file, string? keyFile)
    {
        using var read = X509Certificate2.CreateFromPemFile(file, keyFile);

        // Windows accepts a client certificate only with a key in its own store, so the certificate is exported to PKCS 12 and imported
        // again.
        return X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null);
    }
}
