using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Startup;

namespace IntegrationHub.Azure.Hosting;

/// <summary>
/// The keys and certificates with which the hub calls NHS bodies. agencies.json names them as files. On Azure, each file is a secret in the
/// vault, named after the file with a hyphen in place of every character that is not allowed in a secret's name (<c>rx1.pem</c> becomes
/// <c>rx1-pem</c>).
/// </summary>
internal sealed class VaultFiles(VaultSecrets vault)
{
    /// <summary>Writes the keys and certificates named in the directory of agencies to a folder that only this process can read.</summary>
    /// <exception cref="RefusedStartException">A name of a key or certificate is a path, or the vault does not return
    /// its secret.</exception>
    internal async Task WriteAsync(AgencyDirectory agencies, string folder, CancellationToken cancellationToken)
    {
        var names = agencies.Entries
            .Select(entry => entry.FhirAccess)
            .OfType<FhirAccess>()
            .SelectMany(access => new[] { access.KeyFile, access.CertificateFile, access.CertificateKeyFile, access.TrustedRootsFile })
            .OfType<string>()
            .Distinct(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (Path.GetFileName(name) != name)
            {
                throw new RefusedStartException($"agencies.json: on Azure {name} must be the name of a secret, not a path.", null);
            }

            await File.WriteAllTextAsync(Path.Combine(folder, name), await vault.TextAsync(SecretOf(name), "agencies.json needs", cancellationToken), cancellationToken);
        }
    }

    private static string SecretOf(string name) => string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
}
