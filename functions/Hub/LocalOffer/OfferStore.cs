using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.LocalOffer;

/// <summary>A council's Local Offer as it is kept.</summary>
/// <param name="Source">The file or folder that it was read from.</param>
/// <param name="Hash">SHA-256 of the files, hexadecimal.</param>
/// <param name="TakenOn">Day on which it was imported.</param>
/// <param name="Services">Its services.</param>
public sealed record KeptOffer(string Source, string Hash, DateOnly TakenOn, IReadOnlyList<OfferService> Services);

/// <summary>Keeps the Local Offer of each council beside the documents. It holds nothing about anybody who uses it.</summary>
public sealed class OfferStore(IDocumentStore documents)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>The document's name.</summary>
    public static string NameOf(LocalAuthorityCode council) => $"local-offer/{council}.json.gz";

    /// <summary>The offer with the ETag of its document; null for the offer where nothing has changed since that ETag.</summary>
    /// <returns>Done; Missing where none was imported; Transient; Tampered where it cannot be read.</returns>
    public async Task<Kept<(KeptOffer? Offer, string ETag)>> ReadAsync(LocalAuthorityCode council, string? since, CancellationToken cancellationToken)
    {
        var name = NameOf(council);
        var read = await documents.ReadAsync(name, cancellationToken);
        if (!read.Succeeded)
        {
            return new Kept<(KeptOffer?, string)>(read.Outcome, default, read.Reason);
        }

        try
        {
            return new Kept<(KeptOffer?, string)>(KeepingOutcome.Done, (read.Value.ETag == since ? null : Unpacked(read.Value.Bytes), read.Value.ETag), "");
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidDataException)
        {
            return new Kept<(KeptOffer?, string)>(KeepingOutcome.Tampered, default, $"{name} cannot be read: {damaged.Message}");
        }
    }

    /// <summary>Keeps an offer in place of the one with the ETag; null: the first.</summary>
    public Task<Kept<string>> WriteAsync(LocalAuthorityCode council, KeptOffer offer, string? etag, CancellationToken cancellationToken) =>
        documents.ReplaceAsync(NameOf(council), Packed(offer), "application/gzip", etag, cancellationToken);

    private static byte[] Packed(KeptOffer offer)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            JsonSerializer.Serialize(gzip, offer, Form);
        }

        return packed.ToArray();
    }

    private static KeptOffer Unpacked(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<KeptOffer>(gzip, Form) ?? throw new InvalidDataException("It is empty.");
    }
}
