using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Letters.Setup;
using IntegrationHub.Functions.Notices.Setup;
using IntegrationHub.Functions.SuppliedFiles;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Azure.Hosting;

/// <summary>Reads the same files that a hub on one machine reads from its data directory: the councils that the hub serves, how each
/// agency is reached, the contacts, and the councils' own templates of letters.</summary>
internal sealed class SettingsBlobs(BlobContainerClient container)
{
    /// <summary>Reads the list of councils that the hub serves.</summary>
    /// <exception cref="InvalidOperationException">The blob is missing or is not a list of councils: a hub without a council serves nobody.</exception>
    internal async Task<IReadOnlyList<CouncilProfile>> CouncilsAsync(CancellationToken cancellationToken) =>
        await ReadAsync("councils.json", SettingsJson.Default.IReadOnlyListCouncilProfile, cancellationToken) is { Count: > 0 } councils
            ? councils
            : throw new InvalidOperationException($"{container.Name}/councils.json must list at least one council.");

    /// <summary>Reads the list of agencies. Agencies not listed are reached through the portal.</summary>
    /// <exception cref="InvalidOperationException">The blob is not a list of agencies.</exception>
    internal async Task<AgencyDirectory> AgenciesAsync(CancellationToken cancellationToken) =>
        new(await ReadAsync("agencies.json", SettingsJson.Default.IReadOnlyListAgencyEntry, cancellationToken) ?? []);

    /// <summary>A folder on this host with copies of the contacts file and of the templates of letters, for code that reads them from a
    /// folder.</summary>
    internal async Task<string> FolderAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("hub-settings-").FullName;
        var contacts = container.GetBlobClient(NoticesSetup.DirectoryFile);
        if (await contacts.ExistsAsync(cancellationToken))
        {
            await contacts.DownloadToAsync(Path.Combine(folder, NoticesSetup.DirectoryFile), cancellationToken);
        }

        await CopyTemplatesAsync(folder, cancellationToken);
        return folder;
    }

    private async Task CopyTemplatesAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var template in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{LettersSetup.Folder}/", cancellationToken))
            {
                var path = Path.Combine(folder, template.Name);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await container.GetBlobClient(template.Name).DownloadToAsync(path, cancellationToken);
            }
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            // Without the container there are no councils either, and the refusal to start names the file that must list them.
        }
    }

    private async Task<T?> ReadAsync<T>(string name, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await container.GetBlobClient(name).DownloadContentAsync(cancellationToken);
            return SuppliedJson.Read(blob.Value.Content.ToMemory().Span, type);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return default;
        }
        catch (JsonException malformed)
        {
            throw new InvalidOperationException($"{container.Name}/{name} is not valid at {FileFaultWords.Of(malformed, type)}.", malformed);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<CouncilProfile>))]
[JsonSerializable(typeof(IReadOnlyList<AgencyEntry>))]
internal sealed partial class SettingsJson : JsonSerializerContext;
