using System.Text.Json.Nodes;

namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>Measures JSON without writing it, and stops measuring at a limit.</summary>
internal static class JsonMeasure
{
    /// <summary>The approximate size of a node as text, in bytes. If the size is greater than the given limit, the result is any number
    /// greater than the limit.</summary>
    internal static int Bytes(JsonNode? node, int most)
    {
        var bytes = 0;
        switch (node)
        {
            case JsonObject of:
                foreach (var (name, value) in of)
                {
                    bytes += name.Length + 4 + (bytes > most ? 0 : Bytes(value, most - bytes));
                    if (bytes > most)
                    {
                        break;
                    }
                }

                return bytes + 2;
            case JsonArray list:
                foreach (var item in list)
                {
                    bytes += 1 + (bytes > most ? 0 : Bytes(item, most - bytes));
                    if (bytes > most)
                    {
                        break;
                    }
                }

                return bytes + 2;
            default:
                return node?.ToJsonString().Length ?? 4;
        }
    }

    /// <summary>
    /// The depth of the nesting inside a node, which is 0 for a simple value. If the depth is greater than the given limit, the result is
    /// the limit plus one.
    /// </summary>
    internal static int Depth(JsonNode? node, int most)
    {
        if (node is not (JsonObject or JsonArray))
        {
            return 0;
        }

        if (most < 1)
        {
            return 1;
        }

        var deepest = 0;
        foreach (var child in node is JsonObject of ? of.Select(pair => pair.Value) : (JsonArray)node)
        {
            deepest = Math.Max(deepest, Depth(child, most - 1));
        }

        return deepest + 1;
    }
}
