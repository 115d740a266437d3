using System.Security.Cryptography;
using System.Xml.Linq;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace IntegrationHub.Azure.Hosting;

/// <summary>
/// The cookie keys that all hosts of the app share, encrypted with a key of the vault (<see cref="KeyCipher"/>). Each key is a blob in the
/// shared container and is written only once, so that two hosts that start together use the same keys. If the hub has no key vault, the
/// container also holds the link key.
/// </summary>
internal sealed class KeyBlobs(BlobContainerClient container) : IXmlRepository
{
    private const string CookieKeys = "cookie-keys/";
    private const string FamilyLinkKey = "family-link-key";
    private const int FamilyLinkKeyBytes = 32;

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. container.GetBlobs(BlobTraits.None, BlobStates.None, CookieKeys, CancellationToken.None)
            .Select(blob => XElement.Parse(container.GetBlobClient(blob.Name).DownloadContent().Value.Content.ToString()))];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName) =>
        container.GetBlobClient($"{CookieKeys}{friendlyName}.xml").Upload(BinaryData.FromString(element.ToString(SaveOptions.DisableFormatting)), Once);

    /// <summary>The key that signs families' links, created by the first host that needs it.</summary>
    internal async Task<byte[]> FamilyLinkKeyAsync(CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient(FamilyLinkKey);
        try
        {
            await blob.UploadAsync(new BinaryData(RandomNumberGenerator.GetBytes(FamilyLinkKeyBytes)), Once, cancellationToken);
        }
        catch (RequestFailedException taken) when (taken.Status is 409 or 412)
        {
            // Another host has created the key, or this host did so at an earlier start.
        }

        return (await blob.DownloadContentAsync(cancellationToken)).Value.Content.ToArray();
    }

    private static BlobUploadOptions Once => new() { Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All } };
}
