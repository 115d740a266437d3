using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Keeping;

namespace IntegrationHub.EmbeddedBus.Access;

/// <summary>
/// The secrets of the embedded bus's keys, one for the hub and one for each agency that it reaches over the bus, in a file in the data
/// directory that only its owner can read. If the file lacks a key, the key is created. To replace a key, remove it from the file and
/// restart the hub.
/// </summary>
public sealed class BusKeyFile
{
    /// <summary>Name of the file in the data directory, which contains the names of keys and their secrets.</summary>
    public const string Name = "bus-keys.json";

    private readonly Dictionary<string, string> secrets;

    private BusKeyFile(Dictionary<string, string> secrets) => this.secrets = secrets;

    /// <summary>The secret of the hub's own key, with which everything on the bus is allowed.</summary>
    public string RootSecret => secrets[BusKey.RootName];

    /// <summary>Opens the file in a data directory.</summary>
    /// <exception cref="IOException">The file cannot be read or written to.</exception>
    /// <exception cref="InvalidDataException">The file does not contain keys.</exception>
    public static BusKeyFile Open(string dataDirectory, IEnumerable<AgencyId> agencies)
    {
        var path = Path.Combine(dataDirectory, Name);
        var secrets = Read(path);
        var missing = agencies.Select(BusEntities.SubscriptionName).Prepend(BusKey.RootName).Where(name => !secrets.ContainsKey(name)).Distinct().ToList();
        foreach (var name in missing)
        {
            secrets[name] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        }

        if (missing.Count > 0)
        {
            Write(path, secrets);
        }

        return new BusKeyFile(secrets);
    }

    /// <summary>The key of an agency, with its rights.</summary>
    /// <exception cref="KeyNotFoundException">The agency has no key.</exception>
    public BusKey Of(AgencyId agency) => new(BusEntities.SubscriptionName(agency), secrets[BusEntities.SubscriptionName(agency)], BusEntities.RightsOf(agency));

    private static Dictionary<string, string> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), BusKeyJson.Default.DictionaryStringString) ?? [];
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"{Name} is not valid at line {malformed.LineNumber + 1}. Correct the file, or delete it to have new keys created; keys issued earlier then stop working.", malformed);
        }
    }

    private static void Write(string path, Dictionary<string, string> secrets)
    {
        var beside = path + ".new";
        using (var file = new FileStream(beside, OwnerOnlyFile.Options(FileMode.Create)))
        {
            JsonSerializer.Serialize(file, secrets, BusKeyJson.Default.DictionaryStringString);
        }

        File.Move(beside, path, overwrite: true);
    }
}

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class BusKeyJson : JsonSerializerContext;
