using System.Text;
using System.Text.Json;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Local.PersonalData;

/// <summary>The numbers, names and addresses by which data about the people in erased cases can be found. All of them are read from the
/// cases before the cases are erased.</summary>
/// <param name="Numbers">Numbers of the cases and the children. A file that contains one of these numbers counts as being about the
/// child.</param>
/// <param name="Words">Names, numbers and addresses that only the child and the family have. After an erasure, no file may contain any of
/// these texts.</param>
internal sealed record PersonIdentifiers(IReadOnlySet<string> Numbers, IReadOnlySet<string> Words)
{
    private const int Shortest = 6;

    /// <summary>Reads the numbers, names and addresses from the cases to be erased.</summary>
    /// <param name="store">The store of all cases.</param>
    /// <param name="all">The ids of all cases in the store.</param>
    /// <param name="erased">The ids of the cases to be erased.</param>
    /// <param name="cancellationToken">Cancels the reading of the cases.</param>
    internal static async Task<PersonIdentifiers> OfAsync(IAssessmentStore store, IReadOnlyList<AssessmentId> all, IReadOnlySet<AssessmentId> erased, CancellationToken cancellationToken)
    {
        var names = new HashSet<(string Given, string Family)>();
        var (theirs, numbers) = (new HashSet<string>(StringComparer.OrdinalIgnoreCase), erased.Select(id => id.Value).ToHashSet(StringComparer.OrdinalIgnoreCase));
        foreach (var id in erased)
        {
            foreach (var recorded in await store.EventsAsync(id, 0, cancellationToken: cancellationToken))
            {
                Add(theirs, names, JsonSerializer.SerializeToElement(recorded, AssessmentJson.Default.RecordedEvent));
            }
        }

        theirs.RemoveWhere(word => word.Length < Shortest);

        // Details that appear in another case too, for example a mother's name or an address, also belong to somebody else and are not
        // erased.
        foreach (var id in all.Where(id => !erased.Contains(id)))
        {
            var events = await store.EventsAsync(id, 0, cancellationToken: cancellationToken);
            var search = Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(events, AssessmentJson.Default.IReadOnlyListRecordedEvent));
            theirs.RemoveWhere(word => search.Contains(JsonSerializer.Serialize(word)[1..^1], StringComparison.OrdinalIgnoreCase));
        }

        // The search also looks for the name as it is written in the CSV and JSON of returns, and in messages that are stored until the hub
        // can use them.
        foreach (var (given, family) in names.Where(name => theirs.Contains($"{name.Given} {name.Family}")))
        {
            theirs.UnionWith([$"{family},{given}", $"\"Surname\":\"{family}\",\"Forename\":\"{given}\"", $"\"givenName\":\"{given}\",\"familyName\":\"{family}\""]);
        }

        numbers.UnionWith(theirs.Where(word => word.All(char.IsAsciiLetterOrDigit) && word.Any(char.IsAsciiDigit) && word.Length >= 10));
        return new(numbers, theirs);
    }

    private static void Add(HashSet<string> words, HashSet<(string, string)> names, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var one in element.EnumerateArray())
                {
                    Add(words, names, one);
                }

                break;
            case JsonValueKind.Object:
                OfPerson(words, names, element);
                foreach (var member in element.EnumerateObject())
                {
                    Add(words, names, member.Value);
                }

                break;
            default:
                break;
        }
    }

    private static void OfPerson(HashSet<string> words, HashSet<(string, string)> names, JsonElement person)
    {
        if (Text(person, "givenName") is { } given && Text(person, "familyName") is { } family)
        {
            names.Add((given, family));
            words.Add($"{given} {family}");
            words.Add($"{family}, {given}");
            AddAll("nhsNumber", "upn");
        }

        if (Text(person, "name") is { } name && (person.TryGetProperty("relationship", out _) || person.TryGetProperty("parentalResponsibility", out _)))
        {
            words.Add(name);
            AddAll("email", "mobile", "telephone");
            if (person.TryGetProperty("postalAddress", out var address) && address.ValueKind == JsonValueKind.Array)
            {
                words.UnionWith(address.EnumerateArray().Where(line => line.ValueKind == JsonValueKind.String).Select(line => line.GetString()!));
            }
        }

        void AddAll(params ReadOnlySpan<string> members)
        {
            foreach (var member in members)
            {
                if (Text(person, member) is { } text)
                {
                    words.Add(text);
                }
            }
        }
    }

    private static string? Text(JsonElement of, string member) => of.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
