using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Plans.Keeping;

namespace IntegrationHub.Functions.LocalOffer;

/// <summary>A council's Local Offer as stored.</summary>
/// <param name="Source">The file or folder from which the offer was imported.</param>
/// <param name="Hash">SHA-256 of the files, hexadecimal.</param>
/// <param name="TakenOn">Day on which the offer was imported.</param>
/// <param name="Services">The services of the offer.</param>
public sealed record KeptOffer(string Source, string Hash, DateOnly TakenOn, IReadOnlyList<OfferService> Services);

/// <summary>Stores each council's Local Offer in the document store. An offer contains no data about people who use the services.</summary>
public sealed class OfferStore(IDocumentStore documents)
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    /// <summary>Name of the offer's document.</summary>
    public static string NameOf(LocalAuthorityCode council) => $"local-offer/{council}.json.gz";

    /// <summary>The offer and the ETag of its document. The offer is null if the document still has the given ETag.</summary>
    /// <returns>The outcome is Done, Missing (if no offer was imported), Transient or Tampered (if the document cannot be read).</returns>
    public async Task<StoreResult<(KeptOffer? Offer, string ETag)>> ReadAsync(LocalAuthorityCode council, string? since, CancellationToken cancellationToken)
    {
        var name = NameOf(council);
        var read = await documents.ReadAsync(name, cancellationToken);
        if (!read.Succeeded)
        {
            return new StoreResult<(KeptOffer?, string)>(read.Outcome, default, read.Reason);
        }

        try
        {
            return new StoreResult<(KeptOffer?, string)>(KeepingOutcome.Done, (read.Value.ETag == since ? null : Unpacked(read.Value.Bytes), read.Value.ETag), "");
        }
        catch (Exception damaged) when (damaged is JsonException or InvalidDataException)
        {
            return new StoreResult<(KeptOffer?, string)>(KeepingOutcome.Tampered, default, $"{name} cannot be read: {damaged.Message}");
        }
    }

    /// <summary>Stores an offer. The new offer replaces the offer with the given ETag, or is the council's first offer if the ETag is
    /// null.</summary>
    public Task<StoreResult<string>> WriteAsync(LocalAuthorityCode council, KeptOffer offer, string? etag, CancellationToken cancellationToken) =>
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
        return JsonSerializer.Deserialize<KeptOffer>(gzip, Form) ?? throw new InvalidDataException("The document is empty.");
    }
}
