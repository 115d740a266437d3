using IntegrationHub.Functions.Monitoring.Family;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Azure.Hosting;

/// <summary>
/// The two keys of the vault: one signs the links that people are sent, one encrypts the keys of cookies, which the hosts share in a
/// container. A new version of either takes over at the next start; earlier versions still read what they made until they are disabled.
/// </summary>
internal static class VaultKeys
{
    /// <summary>Secret whose versions sign the links of families, of readers of letters and of those who are asked for advice.</summary>
    internal const string Links = "family-link-key";

    /// <summary>Secret whose versions encrypt the keys of cookies.</summary>
    internal const string Cookies = "cookie-key";

    /// <summary>Reads both and adds the services that use them.</summary>
    /// <exception cref="IntegrationHub.Functions.Startup.RefusedStartException">One is missing, forbidden or not a key.</exception>
    internal static async Task AddAsync(IServiceCollection services, VaultSecrets vault, CancellationToken cancellationToken)
    {
        var links = await vault.KeysAsync(Links, "signs the links that people are sent", cancellationToken);
        var cookies = await vault.KeysAsync(Cookies, "encrypts the keys of cookies", cancellationToken);
        services.AddSingleton(new FamilyTokens([.. links.Select(key => key.Bytes)]));
        services.AddSingleton(new KeyCipher(cookies));
        services.AddOptions<KeyManagementOptions>().Configure<KeyCipher>((management, cipher) => management.XmlEncryptor = new KeyEncryptor(cipher));
    }
}
