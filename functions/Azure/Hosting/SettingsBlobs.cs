using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Blobs;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Notices.Setup;
using IntegrationHub.Functions.SuppliedFiles;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Azure.Hosting;

/// <summary>Reads the same two files that a hub on one machine reads from its data directory: the councils that the hub serves, and how
/// each agency is reached.</summary>
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

    /// <summary>A folder on this host with a copy of the contacts file, for code that reads the file from a folder.</summary>
    internal async Task<string> FolderAsync(CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("hub-settings-").FullName;
        var contacts = container.GetBlobClient(NoticesSetup.DirectoryFile);
        if (await contacts.ExistsAsync(cancellationToken))
        {
            await contacts.DownloadToAsync(Path.Combine(folder, NoticesSetup.DirectoryFile), cancellationToken);
        }

        return folder;
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
            throw new InvalidOperationException($"{container.Name}/{name} is not valid at {malformed.Path ?? "$"}, line {malformed.LineNumber + 1}.", malformed);
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
