using System.Text.Json;
using System.Text.Json.Nodes;

namespace IntegrationHub.Contracts.Bus;

/// <summary>What the schema of advice requires beyond the types of its members.</summary>
internal static class AdviceSchema
{
    private static readonly string[] Lines = ["views", "needs", "outcomes", "provision"];

    /// <summary>Adds two rules: advice must not be empty, and the member <c>isDocumentOnly</c> must be correct.</summary>
    internal static void Complete(JsonObject node)
    {
        node["anyOf"] = Any([.. Lines, "attachments", "notes"]);
        node["if"] = new JsonObject { ["anyOf"] = Any(Lines) };
        node["then"] = DocumentOnly(false);
        node["else"] = DocumentOnly(true);
    }

    /// <summary>Says if advice with valid members is empty or has a wrong isDocumentOnly; null if neither.</summary>
    internal static string? Problem(JsonElement advice)
    {
        var hasLine = Lines.Any(list => Holds(advice, list));
        return !hasLine && !Holds(advice, "attachments") && !Holds(advice, "notes") ? ": contains no line, document or note."
            : advice.TryGetProperty("isDocumentOnly", out var only) && only.GetBoolean() == hasLine ? ".isDocumentOnly: must be true if the advice has no line, and false otherwise."
            : null;
    }

    private static bool Holds(JsonElement advice, string list) => advice.TryGetProperty(list, out var items) && items.GetArrayLength() > 0;

    private static JsonArray Any(IEnumerable<string> lists) => new([.. lists.Select(list => new JsonObject
    {
        ["required"] = new JsonArray(list),
        ["properties"] = new JsonObject { [list] = new JsonObject { ["type"] = "array", ["minItems"] = 1 } },
    })]);

    private static JsonObject DocumentOnly(bool only) => new() { ["properties"] = new JsonObject { ["isDocumentOnly"] = new JsonObject { ["const"] = only } } };
}
