using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Azure.Hosting;

/// <summary>
/// Encrypts the cookie keys with AES-256-GCM under a key of the vault. The encrypted data state which version of the secret decrypts them,
/// and this version is authenticated together with the data. The class is thread-safe.
/// </summary>
/// <param name="keys">The enabled versions of the vault key, newest first; at least one.</param>
internal sealed class KeyCipher(IReadOnlyList<VaultKey> keys)
{
    private const string Use = "cookie-keys";
    private const int KeyBytes = 32;

    private static readonly XName Element = "encryptedKey";
    private readonly FrozenDictionary<string, byte[]> derived = keys.ToFrozenDictionary(
        key => key.Version, key => HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Bytes, KeyBytes, info: Encoding.UTF8.GetBytes(Use)), StringComparer.Ordinal);

    /// <summary>Encrypts an element with the newest version of the vault key.</summary>
    internal XElement Encrypt(XElement plain)
    {
        var version = keys[0].Version;
        var text = Encoding.UTF8.GetBytes(plain.ToString(SaveOptions.DisableFormatting));
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var (cipher, tag) = (new byte[text.Length], new byte[AesGcm.TagByteSizes.MaxSize]);
        using var aes = new AesGcm(derived[version], tag.Length);
        aes.Encrypt(nonce, text, cipher, tag, Encoding.UTF8.GetBytes(version));
        CryptographicOperations.ZeroMemory(text);
        return new XElement(
            Element, new XAttribute("version", version), new XAttribute("nonce", Convert.ToBase64String(nonce)), new XAttribute("tag", Convert.ToBase64String(tag)), Convert.ToBase64String(cipher));
    }

    /// <summary>Decrypts an element that was encrypted with any enabled version of the vault key.</summary>
    /// <exception cref="CryptographicException">The version is no longer enabled, or the element has been changed since it was
    /// encrypted.</exception>
    internal XElement Decrypt(XElement encrypted)
    {
        var version = encrypted.Attribute("version")?.Value ?? "";
        if (!derived.TryGetValue(version, out var key))
        {
            throw new CryptographicException($"The version {version} of the secret {VaultKeys.Cookies} is not enabled in the key vault. Enable this version again.");
        }

        try
        {
            var cipher = Convert.FromBase64String(encrypted.Value);
            var tag = Convert.FromBase64String(encrypted.Attribute("tag")?.Value ?? "");
            var text = new byte[cipher.Length];
            using var aes = new AesGcm(key, AesGcm.TagByteSizes.MaxSize);
            aes.Decrypt(Convert.FromBase64String(encrypted.Attribute("nonce")?.Value ?? ""), cipher, tag, text, Encoding.UTF8.GetBytes(version));
            return XElement.Parse(Encoding.UTF8.GetString(text));
        }
        catch (Exception damaged) when (damaged is FormatException or ArgumentException)
        {
            throw new CryptographicException("A cookie key is damaged.", damaged);
        }
    }
}

/// <summary>Encrypts each cookie key when it is stored.</summary>
internal sealed class KeyEncryptor(KeyCipher cipher) : IXmlEncryptor
{
    /// <inheritdoc/>
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(cipher.Encrypt(plaintextElement), typeof(KeyDecryptor));
}

/// <summary>Decrypts the stored cookie keys. The name of this class is stored with each key, so the class must not be renamed or
/// moved.</summary>
internal sealed class KeyDecryptor(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc/>
    public XElement Decrypt(XElement encryptedElement) => services.GetRequiredService<KeyCipher>().Decrypt(encryptedElement);
}
