using System.Text;
using System.Text.Json.Nodes;

namespace IntegrationHub.Fhir.Tests;

/// <summary>Damages FHIR texts in many ways. The number of a case is its seed, so a failure runs again as it was.</summary>
internal static class Damage
{
    /// <summary>Kinds that damage bytes only, for texts of any form.</summary>
    internal const int BytesOnly = 4;

    /// <summary>All kinds, for JSON.</summary>
    internal const int All = 11;

    /// <summary>Case <paramref name="number"/> of <paramref name="sound"/>.</summary>
    internal static byte[] Of(int number, byte[] sound, int kinds)
    {
        var random = new Random(number);
        return Enumerable.Range(0, random.Next(1, 5)).Aggregate(sound, (bytes, _) => One(bytes, (random.Next(kinds), random.Next(), random.Next())));
    }

    // 0-3 damage bytes; the others damage the tree, and fall back to bytes once the text is no longer JSON.
    private static byte[] One(byte[] bytes, (int Kind, int Where, int What) damage)
    {
        if (bytes.Length == 0)
        {
            return bytes;
        }

        var at = damage.Where % bytes.Length;
        switch (damage.Kind)
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], (byte)damage.What, .. bytes[(at + 1)..]];
            case 2:
                return [.. bytes[..at], .. bytes[(at + 1)..]];
            case 3:
                return [.. bytes[..at], .. bytes[at..Math.Min(bytes.Length, at + (damage.What % 64))], .. bytes[at..]];
        }

        JsonNode? root;
        var objects = new List<JsonObject>();
        try
        {
            root = JsonNode.Parse(bytes);
            Collect(root, objects);
        }
        catch (Exception noTree) when (noTree is System.Text.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            // Earlier damage left no JSON, or the same key twice.
            return bytes[..at];
        }

        if (objects.Count == 0)
        {
            return bytes[..at];
        }

        var target = objects[damage.Where % objects.Count];
        var names = target.Select(pair => pair.Key).ToList();
        if (names.Count == 0)
        {
            return bytes;
        }

        var name = names[damage.What % names.Count];
        switch (damage.Kind)
        {
            case 4:
                target.Remove(name);
                break;
            case 5:
                target[name] = Strange(damage.What);
                break;
            case 6:
                target["x" + name] = target[name]?.DeepClone();
                break;
            case 7:
                target["resourceType"] = new[] { "Patient", "Bundle", "Binary", "Parameters", "Nonsense", "Resource", "Task" }[damage.What % 7];
                break;
            case 8:
                JsonNode nested = target.DeepClone();
                for (var i = 0; i < 10; i++)
                {
                    nested = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "collection", ["entry"] = new JsonArray(new JsonObject { ["resource"] = nested }) };
                }

                target[name] = nested;
                break;
            case 9:
                // The same entry, line or identifier twice: duplicate ids and fullUrls.
                if (target[name] is JsonArray { Count: > 0 } list)
                {
                    list.Add(list[damage.What % list.Count]?.DeepClone());
                }

                break;
            case 10:
                // An id or a reference that belongs to something else.
                var ids = objects.SelectMany(found => found).Where(pair => pair.Key is "id" or "fullUrl" or "reference" or "url").Select(pair => pair.Value).ToList();
                target[ids.Count > 0 ? "reference" : name] = ids.Count > 0 ? ids[damage.Where % ids.Count]?.DeepClone() : null;
                if (ids.Count > 0 && target.ContainsKey("fullUrl"))
                {
                    target["fullUrl"] = ids[damage.What % ids.Count]?.DeepClone();
                }

                break;
        }

        return Encoding.UTF8.GetBytes(root!.ToJsonString());
    }

    private static JsonNode? Strange(int what) => (what % 12) switch
    {
        0 => null,
        1 => new JsonArray(),
        2 => new JsonObject(),
        3 => JsonValue.Create("3478526985"),
        4 => JsonValue.Create(-1),
        5 => JsonValue.Create(1e300),
        6 => JsonValue.Create("\u202E\u0000\uFFFF"),
        7 => JsonValue.Create(new string('x', 5000)),
        8 => new JsonArray(JsonValue.Create("a"), null, new JsonObject()),
        9 => JsonValue.Create("urn:uuid:0"),
        10 => JsonValue.Create(true),
        _ => new JsonObject { ["reference"] = "Task/../../x" },
    };

    private static void Collect(JsonNode? node, List<JsonObject> objects)
    {
        switch (node)
        {
            case JsonObject found:
                objects.Add(found);
                foreach (var (_, child) in found)
                {
                    Collect(child, objects);
                }

                break;
            case JsonArray array:
                foreach (var child in array)
                {
                    Collect(child, objects);
                }

                break;
        }
    }
}
