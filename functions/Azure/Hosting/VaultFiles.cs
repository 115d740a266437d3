using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Startup;

namespace IntegrationHub.Azure.Hosting;

/// <summary>
/// The keys and certificates with which the hub calls NHS bodies. agencies.json names them as files; here each is a secret of the vault
/// under the file's name, with a hyphen for every character that a secret's name cannot have (<c>rx1.pem</c> is <c>rx1-pem</c>).
/// </summary>
internal sealed class VaultFiles(VaultSecrets vault)
{
    /// <summary>Writes those that the directory names into a folder that only this process can read.</summary>
    /// <exception cref="RefusedStartException">A name is a path, or the vault does not give such a secret.</exception>
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
