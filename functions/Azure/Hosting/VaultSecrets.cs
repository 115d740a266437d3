using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using IntegrationHub.Functions.Startup;

namespace IntegrationHub.Azure.Hosting;

/// <summary>One version of a key that is stored as a secret in the vault.</summary>
/// <param name="Version">Name of the version in the vault.</param>
/// <param name="Bytes">The key: at least <see cref="VaultSecrets.MinKeyBytes"/> random bytes.</param>
internal sealed record VaultKey(string Version, byte[] Bytes);

/// <summary>
/// Reads secrets of the key vault with the app's own identity. A secret that is missing or not accessible stops the start with a one-line
/// message: without the secret, families' links would not work, or would be signed with a key that is not stored.
/// </summary>
internal sealed class VaultSecrets(SecretClient vault)
{
    /// <summary>The shortest length of a key, in bytes.</summary>
    internal const int MinKeyBytes = 32;

    /// <summary>The greatest number of versions read for one key, newest first. If a key has more versions than this, the oldest must be
    /// disabled.</summary>
    internal const int MaxVersions = 20;

    /// <summary>Reads the text of a secret's newest version.</summary>
    /// <param name="name">The secret's name.</param>
    /// <param name="need">What the secret does, or what needs it, as the last words of the error message.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RefusedStartException">The secret is missing or not accessible, or the vault does not answer.</exception>
    internal Task<string> TextAsync(string name, string need, CancellationToken cancellationToken) => ReadAsync(name, need, async () =>
        (await vault.GetSecretAsync(name, cancellationToken: cancellationToken)).Value.Value);

    /// <summary>Reads every enabled version of a key, newest first. The newest version is used to encrypt or sign, and each version
    /// decrypts or verifies what was created with it.</summary>
    /// <param name="name">The name of a secret whose value is a key in base64.</param>
    /// <param name="need">What the secret does, as the last words of the error message.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="RefusedStartException">The secret is missing, not accessible or not a key, or the vault does not
    /// answer.</exception>
    internal Task<IReadOnlyList<VaultKey>> KeysAsync(string name, string need, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<VaultKey>>(name, need, async () =>
    {
        var versions = new List<SecretProperties>();
        await foreach (var version in vault.GetPropertiesOfSecretVersionsAsync(name, cancellationToken))
        {
            if (version.Enabled != false)
            {
                versions.Add(version);
            }
        }

        var keys = new List<VaultKey>();
        foreach (var version in versions.OrderByDescending(v => v.CreatedOn).ThenByDescending(v => v.Version, StringComparer.Ordinal).Take(MaxVersions))
        {
            var text = (await vault.GetSecretAsync(name, version.Version, cancellationToken: cancellationToken)).Value.Value;
            keys.Add(new VaultKey(version.Version, Bytes(text) ?? throw new RefusedStartException(
                string.Create(CultureInfo.InvariantCulture, $"Version {version.Version} of the secret {name} in the key vault {Host} is not a key: it must be {MinKeyBytes} random bytes or more in base64."), null)));
        }

        return keys.Count > 0 ? keys : throw Missing(name, need, null);
    });

    private string Host => vault.VaultUri.Host;

    private static byte[]? Bytes(string text)
    {
        var trimmed = Encoding.ASCII.GetBytes(text.Trim());
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(trimmed.Length)];
        return Base64.DecodeFromUtf8(trimmed, bytes, out _, out var written) == System.Buffers.OperationStatus.Done && written >= MinKeyBytes ? bytes[..written] : null;
    }

    private async Task<T> ReadAsync<T>(string name, string need, Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (RequestFailedException failed)
        {
            throw failed.Status switch
            {
                404 => Missing(name, need, failed),
                403 => new RefusedStartException($"The app's identity is not allowed to read the secret {name} of the key vault {Host}, which {need}. Give the identity the role Key Vault Secrets User there, and enable the secret.", failed),
                var status => new RefusedStartException(string.Create(CultureInfo.InvariantCulture, $"The key vault {Host} did not return the secret {name}, which {need} (status {status})."), failed),
            };
        }
        catch (AggregateException unreached) when (unreached.InnerExceptions.All(inner => inner is RequestFailedException))
        {
            throw new RefusedStartException($"The key vault {Host} cannot be reached for the secret {name}, which {need}.", unreached);
        }
        catch (AuthenticationFailedException unknown)
        {
            throw new RefusedStartException($"The app has no identity with which to read the secret {name} of the key vault {Host}, which {need}.", unknown);
        }
    }

    private RefusedStartException Missing(string name, string need, Exception? cause) => new(
        $"The key vault {Host} has no enabled secret {name}, which {need} (docs/runbooks/first-deployment.md).", cause);
}
