using System.Security.Cryptography;
using System.Text;

namespace IntegrationHub.Contracts.Fhir.Asking;

/// <summary>
/// Derives FHIR ids from the facts that they identify, so that sending a request again creates nothing new. The ids are UUIDs of version 8
/// (RFC 9562 5.8) derived with SHA-256, and reveal nothing about the fact.
/// </summary>
public static class FhirIds
{
    /// <summary>Derives the id for a resource type or role from a key.</summary>
    public static string Of(string what, string key)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{what}\n{key}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString("D");
    }
}
