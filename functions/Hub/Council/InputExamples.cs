using System.Text.Json.Nodes;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Council;

/// <summary>One example body for each step, as shown in the API document. A test puts each example through the same checks as a real body.</summary>
public static class InputExamples
{
    /// <summary>The example of a step, or null if the step has none.</summary>
    public static JsonNode? Of(string stepName) => StepCatalogue.Step(stepName)?.Example is { } example ? JsonNode.Parse(example) : null;
}
