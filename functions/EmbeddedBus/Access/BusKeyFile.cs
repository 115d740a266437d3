using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Keeping;

namespace IntegrationHub.EmbeddedBus.Access;

/// <summary>
/// The secrets of the embedded bus's keys, one for the hub and one for each agency that it reaches over the bus, in a file of the data
/// directory that its owner alone can read. A key that is missing is made; taking one out of the file and starting again replaces it.
/// </summary>
public sealed class BusKeyFile
{
    /// <summary>Name of the file in the data directory: names of keys and their secrets.</summary>
    public const string Name = "bus-keys.json";

    private readonly Dictionary<string, string> secrets;

    private BusKeyFile(Dictionary<string, string> secrets) => this.secrets = secrets;

    /// <summary>Secret of the key that allows everything: the hub's own.</summary>
    public string Root => secrets[BusKey.RootName];

    /// <summary>Opens the file of a data directory.</summary>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    /// <exception cref="InvalidDataException">It contains something else.</exception>
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

    /// <summary>The key of an agency, with what it allows.</summary>
    /// <exception cref="KeyNotFoundException">It has none.</exception>
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
            throw new InvalidDataException($"{Name} cannot be read, line {malformed.LineNumber + 1}. Remove it to have new keys made; keys handed out before then stop working.", malformed);
        }
    }

    private static void Write(string path, Dictionary<string, string> secrets)
    {
        var beside = path + ".new";
        using (var file = new FileStream(beside, OwnersFile.Options(FileMode.Create)))
        {
            JsonSerializer.Serialize(file, secrets, BusKeyJson.Default.DictionaryStringString);
        }

        File.Move(beside, path, overwrite: true);
    }
}

[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class BusKeyJson : JsonSerializerContext;
