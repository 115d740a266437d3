using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Keeping;

namespace IntegrationHub.Functions.Monitoring.Family;

/// <summary>
/// Signs the links of families with HMAC-SHA-256. The signed content is the id of the assessment and the id of the link. The case records
/// when a link expires and whether it was revoked, so a revocation needs neither a separate list nor a time in the token.
/// </summary>
public sealed class FamilyTokens
{
    /// <summary>Name of the key's file.</summary>
    public const string KeyFile = "family-link-key";

    private const int KeyBytes = 32;
    private readonly IReadOnlyList<byte[]> keys;

    /// <summary>Creates a signer of links with these keys.</summary>
    /// <param name="keys">The keys, each of at least 32 random bytes. The first key signs; signatures made with any of the keys are
    /// accepted.</param>
    public FamilyTokens(params IReadOnlyList<byte[]> keys)
    {
        ArgumentOutOfRangeException.ThrowIfZero(keys.Count);
        foreach (var key in keys)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, KeyBytes);
        }

        this.keys = keys;
    }

    /// <summary>Opens the signer whose key is in a directory. If there is no key, a key that only its owner can read is created.</summary>
    /// <exception cref="IOException">The key cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">The file contains no key.</exception>
    public static FamilyTokens Open(string directory)
    {
        var path = Path.Combine(Directory.CreateDirectory(directory).FullName, KeyFile);
        if (!File.Exists(path))
        {
            var aside = $"{path}.{Environment.ProcessId}";
            using (var stream = new FileStream(aside, OwnerOnlyFile.Options(FileMode.Create)))
            {
                stream.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            }

            try
            {
                File.Move(aside, path, overwrite: false);
            }
            catch (IOException) when (File.Exists(path))
            {
                File.Delete(aside);
            }
        }

        var kept = File.ReadAllBytes(path);
        return kept.Length >= KeyBytes
            ? new FamilyTokens(kept)
            : throw new InvalidDataException($"{KeyFile} is damaged, because it contains no key. Restore the file from the backup, because with another key every family's link stops working.");
    }

    /// <summary>
    /// Keys for another use, derived from these keys in the same order, so that a link of one kind cannot be used to forge a link of the
    /// other kind.
    /// </summary>
    /// <param name="use">What the keys are used for, in one word.</param>
    public IReadOnlyList<byte[]> KeysFor(string use) => [.. keys.Select(key => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, KeyBytes, info: Encoding.UTF8.GetBytes(use)))];

    /// <summary>Signs a link and returns its token.</summary>
    public string Sign(AssessmentId assessment, string linkId)
    {
        var body = Encoding.UTF8.GetBytes($"{assessment.Value}/{linkId}");
        return $"{Base64Url.EncodeToString(body)}.{Base64Url.EncodeToString(HMACSHA256.HashData(keys[0], body))}";
    }

    /// <summary>The link that a token names, or null if the hub did not sign the token.</summary>
    public (AssessmentId Assessment, string LinkId)? Read(string token)
    {
        var dot = token.IndexOf('.', StringComparison.Ordinal);
        if (token.Length > 400 || dot <= 0 || !Base64Url.IsValid(token.AsSpan(0, dot)) || !Base64Url.IsValid(token.AsSpan(dot + 1)))
        {
            return null;
        }

        var body = Base64Url.DecodeFromChars(token.AsSpan(0, dot));
        var signature = Base64Url.DecodeFromChars(token.AsSpan(dot + 1));
        if (!keys.Any(key => CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(key, body), signature)))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(body);
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && AssessmentId.TryParse(text[..slash], out var assessment, out _) ? (assessment, text[(slash + 1)..]) : null;
    }
}
