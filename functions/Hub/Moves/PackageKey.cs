using System.Security.Cryptography;
using IntegrationHub.Functions.Keeping;

namespace IntegrationHub.Functions.Moves;

/// <summary>
/// The key with which a hub signs the packages of plans that it transfers (ECDSA on P-256 with SHA-256). The other council receives the
/// public key beforehand, by a route on which nobody can replace it.
/// </summary>
public sealed class PackageKey : IDisposable
{
    private readonly ECDsa key;

    private PackageKey(ECDsa key) => this.key = key;

    /// <summary>The public key, in PEM format.</summary>
    public string PublicPem => key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Creates a new key.</summary>
    public static PackageKey New() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a public or private key.</summary>
    /// <returns>The key, or null if the text is not a valid key.</returns>
    public static PackageKey? Read(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return new PackageKey(key);
        }
        catch (Exception notOne) when (notOne is ArgumentException or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }

    /// <summary>Reads the key from this file. If the file does not exist, it is created with a new key and is readable by its owner
    /// only.</summary>
    /// <exception cref="InvalidDataException">The file contains no key.</exception>
    public static PackageKey Own(string path)
    {
        if (!File.Exists(path))
        {
            using var made = New();
            using var file = new StreamWriter(path, OwnerOnlyFile.Options(FileMode.CreateNew));
            file.Write(made.key.ExportPkcs8PrivateKeyPem());
        }

        return Read(File.ReadAllText(path)) ?? throw new InvalidDataException($"{path} contains no key.");
    }

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    internal byte[] Sign(byte[] bytes) => key.SignData(bytes, HashAlgorithmName.SHA256);

    internal bool Signed(byte[] bytes, byte[] signature) => key.VerifyData(bytes, signature, HashAlgorithmName.SHA256);
}
