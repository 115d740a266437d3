using IntegrationHub.Functions.Monitoring.Family;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Azure.Hosting;

/// <summary>
/// The two keys of the vault: one signs the links that are sent to people, the other encrypts the cookie keys that the hosts share in a
/// container. A new version of a key is used from the next start; links that were signed and cookie keys that were encrypted with an
/// earlier version can still be used until that version is disabled.
/// </summary>
internal static class VaultKeys
{
    /// <summary>Secret whose versions sign the links sent to families, to recipients of letters and to people asked for advice.</summary>
    internal const string Links = "family-link-key";

    /// <summary>Secret whose versions encrypt the cookie keys.</summary>
    internal const string Cookies = "cookie-key";

    /// <summary>Reads both keys and adds the services that use them.</summary>
    /// <exception cref="IntegrationHub.Functions.Startup.RefusedStartException">A secret is missing, not accessible or not a
    /// key.</exception>
    internal static async Task AddAsync(IServiceCollection services, VaultSecrets vault, CancellationToken cancellationToken)
    {
        var links = await vault.KeysAsync(Links, "signs the links that are sent to people", cancellationToken);
        var cookies = await vault.KeysAsync(Cookies, "encrypts the cookie keys", cancellationToken);
        services.AddSingleton(new FamilyTokens([.. links.Select(key => key.Bytes)]));
        services.AddSingleton(new KeyCipher(cookies));
        services.AddOptions<KeyManagementOptions>().Configure<KeyCipher>((management, cipher) => management.XmlEncryptor = new KeyEncryptor(cipher));
    }
}
