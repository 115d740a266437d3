using System.Text.Json.Nodes;

namespace IntegrationHub.Functions.Council;

/// <summary>One example body for each input, as the documents show it. A test reads each through the same door as a real one.</summary>
public static class InputExamples
{
    private static readonly Lazy<JsonObject> All = new(() =>
    {
        using var stream = typeof(InputExamples).Assembly.GetManifestResourceStream("IntegrationHub.Functions.Council.input-examples.json")
            ?? throw new InvalidDataException("input-examples.json is missing from this assembly.");
        return JsonNode.Parse(stream)!.AsObject();
    });

    /// <summary>The example of an input, or null where it has none.</summary>
    public static JsonNode? Of(string inputName) => All.Value[inputName]?.DeepClone();
}
