using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Children;

namespace IntegrationHub.Functions.PersonalData.SubjectAccess;

/// <summary>Somebody other than the person whose data are requested, who is named in a case, with the details that identify this other
/// person.</summary>
/// <param name="Who">The person's relationship to the child ("mother"), or "the child", but never the person's name.</param>
/// <param name="Words">The person's names, numbers and addresses, longest first.</param>
internal sealed record OtherPerson(string Who, IReadOnlyList<string> Words)
{
    private const int ShortestName = 3;
    private static readonly string[] OfPeople = ["relationship", "parentalResponsibility", "postalAddress", "mobile", "telephone", "electronicServiceAgreedOn"];
    private static readonly string[] Addresses = ["email", "mobile", "telephone"];

    /// <summary>Finds all other people in the events of a case, under every name that is used for them.</summary>
    internal static IReadOnlyList<OtherPerson> In(IEnumerable<HeldItem> items, DataSubject sought, Child child)
    {
        var found = new List<OtherPerson>();
        if (!sought.Is(child))
        {
            found.Add(Of("the child", [$"{child.GivenName} {child.FamilyName}", $"{child.FamilyName}, {child.GivenName}", child.GivenName, child.NhsNumber?.Value, child.Upn?.Value, child.Postcode]));
        }

        foreach (var person in items.Where(item => item.Kind == HeldItemKind.Event).SelectMany(item => People(item.Content)))
        {
            var (name, email) = (Text(person, "name"), Text(person, "email"));
            if (!sought.Is(name, email))
            {
                var lines = person["postalAddress"] is JsonArray address ? address.Select(line => line?.GetValue<string>()) : [];
                found.Add(Of(
                    Text(person, "relationship") is { Length: > 0 } relation ? relation : Text(person, "role") ?? "a member of the family",
                    [name, GivenOf(name, child), .. Addresses.Select(one => Text(person, one)), .. lines]));
            }
        }

        // Each person appears only once in the result, however often the events give the person's details.
        return [.. found.GroupBy(one => SearchWords.Folded(one.Words.FirstOrDefault() ?? "")).Select(same => Of(same.First().Who, same.SelectMany(one => one.Words)))];
    }

    /// <summary>Creates the record of another person, with only those details that are long enough to identify the person.</summary>
    internal static OtherPerson Of(string who, IEnumerable<string?> words) => new(
        who, [.. words.Where(word => word is { Length: >= ShortestName } && word.Any(char.IsLetterOrDigit)).Distinct(StringComparer.OrdinalIgnoreCase).OrderByDescending(word => word!.Length)!]);

    /// <summary>The person's given name alone, or null if the child has the same given name. The family name alone is not used, because
    /// several people share it.</summary>
    private static string? GivenOf(string? name, Child child) =>
        name?.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var given, _, ..] && !child.GivenName.Split(' ').Contains(given, StringComparer.OrdinalIgnoreCase) ? given : null;

    private static IEnumerable<JsonObject> People(JsonNode? node) => node switch
    {
        JsonObject found => (Text(found, "name") is not null && OfPeople.Any(found.ContainsKey) ? [found] : Enumerable.Empty<JsonObject>()).Concat(found.SelectMany(member => People(member.Value))),
        JsonArray list => list.SelectMany(People),
        _ => [],
    };

    private static string? Text(JsonObject of, string member) => of[member] is JsonValue value && value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;
}
