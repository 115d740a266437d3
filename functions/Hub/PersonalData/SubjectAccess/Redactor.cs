using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace IntegrationHub.Functions.PersonalData.SubjectAccess;

/// <summary>Removes the details of other people from the data that a person receives, and states at each place whose details were removed:
/// "[left out: mother]".</summary>
internal static class Redactor
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Whether an item contains any of the other person's details.</summary>
    internal static bool Names(HeldItem item, OtherPerson other) =>
        Pattern(other) is { } pattern && (pattern.IsMatch(item.Title) || Texts(item.Content).Any(text => pattern.IsMatch(text)));

    /// <summary>An item of a person's data, with the details of other people removed.</summary>
    internal static HeldItem Without(HeldItem item, IReadOnlyList<OtherPerson> others)
    {
        var patterns = others.Select(other => (Pattern: Pattern(other), other.Who)).Where(one => one.Pattern is not null).ToList();
        var content = item.Content.DeepClone();
        return item with { Title = Clean(item.Title), Content = Walk(content) ?? content };

        string Clean(string text) => patterns.Aggregate(text, (left, one) => one.Pattern!.Replace(left, $"[left out: {one.Who.Replace("$", "$$", StringComparison.Ordinal)}]"));

        JsonNode? Walk(JsonNode? node)
        {
            switch (node)
            {
                case JsonObject found:
                    foreach (var (name, value) in found.ToList())
                    {
                        found[name] = Changed(value);
                    }

                    return found;
                case JsonArray list:
                    for (var n = 0; n < list.Count; n++)
                    {
                        list[n] = Changed(list[n]);
                    }

                    return list;
                default:
                    return Changed(node);
            }
        }

        // Only texts are replaced by new nodes; any other node stays where it is in the tree.
        JsonNode? Changed(JsonNode? value)
        {
            if (value is JsonValue text && text.GetValueKind() == JsonValueKind.String)
            {
                return JsonValue.Create(Clean(text.GetValue<string>()));
            }

            return value is null or JsonValue ? value?.DeepClone() : Walk(value.DeepClone());
        }
    }

    /// <summary>All strings in a JSON node and in the nodes under it.</summary>
    internal static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject found => found.SelectMany(member => Texts(member.Value)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => [value.GetValue<string>()],
        _ => [],
    };

    // The pattern matches whole words only: "Ann" is not in "annual". The pattern accepts any white space between words, and both forms of
    // apostrophe.
    private static Regex? Pattern(OtherPerson other) => other.Words.Count == 0
        ? null
        : new Regex(
            $@"(?<![\p{{L}}\p{{N}}])({string.Join('|', other.Words.Select(word => Regex.Escape(word).Replace("\\ ", "\\s+", StringComparison.Ordinal).Replace("'", "['’]", StringComparison.Ordinal)))})(?![\p{{L}}\p{{N}}])",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Patience);
}
