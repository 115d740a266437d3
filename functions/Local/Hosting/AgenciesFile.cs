using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.SuppliedFiles;

namespace IntegrationHub.Local.Hosting;

/// <summary>How each agency is reached, from <c>agencies.json</c>: a list of <see cref="AgencyEntry"/>. An agency that is not
/// listed is reached through the portal.</summary>
public static class AgenciesFile
{
    /// <summary>Name of the file in the data directory.</summary>
    public const string Name = "agencies.json";

    /// <summary>Reads the file. If there is no file, the result is an empty directory of agencies.</summary>
    /// <exception cref="AgenciesFileException">The file cannot be read as a list of agencies; the message states where the error
    /// is.</exception>
    public static AgencyDirectory Read(string dataDirectory)
    {
        var path = Path.Combine(dataDirectory, Name);
        if (!File.Exists(path))
        {
            return new AgencyDirectory([]);
        }

        try
        {
            var agencies = SuppliedJson.Read(File.ReadAllBytes(path), AgenciesJson.Default.IReadOnlyListAgencyEntry) ?? [];
            return agencies.DistinctBy(a => a.Id).Count() == agencies.Count
                ? new AgencyDirectory(agencies)
                : throw new AgenciesFileException($"{Name} lists an agency twice. Remove one of the entries.", null);
        }
        catch (JsonException malformed)
        {
            throw new AgenciesFileException($"{Name} cannot be read at {FileFaultWords.Of(malformed, AgenciesJson.Default.IReadOnlyListAgencyEntry)}.", malformed);
        }
    }
}

/// <summary><c>agencies.json</c> is not valid.</summary>
public sealed class AgenciesFileException(string message, Exception? cause) : Exception(message, cause);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true)]
[JsonSerializable(typeof(IReadOnlyList<AgencyEntry>))]
internal sealed partial class AgenciesJson : JsonSerializerContext;
