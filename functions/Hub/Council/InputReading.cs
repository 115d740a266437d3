using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.SuppliedFiles;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// Reads an input from a JSON body, strictly: an unknown, repeated or missing member, a number instead of the name of an enum value, or a
/// null in a list is refused, and the answer gives its path. If a misspelt member were silently ignored, a fact would be lost.
/// </summary>
public static class InputReading
{
    /// <summary>The type of the body for this kind of input; when a case is opened, the type of the facts about the case.</summary>
    internal static JsonTypeInfo TypeOf(StepDefinition kind) => Wire.Strict.GetTypeInfo(kind.Type == typeof(OpenAssessment) ? typeof(OpeningFacts) : kind.Type);

    /// <summary>The input, or a problem that gives the path of each fault in the body.</summary>
    /// <param name="kind">The kind of input that the address names.</param>
    /// <param name="body">The body, without a discriminator; when a case is opened, it holds the facts about the case.</param>
    public static (AssessmentInput? Input, ProblemResult? Problem) Read(StepDefinition kind, ReadOnlySpan<byte> body)
    {
        var expected = TypeOf(kind);
        try
        {
            var read = JsonSerializer.Deserialize(body, expected);
            if (NullInList.PathOfFirst(body) is { } place)
            {
                return (null, Malformed(place, "a list must not contain null"));
            }

            return read switch
            {
                OpeningFacts facts => (new OpenAssessment(facts), null),
                AssessmentInput input => (input, null),
                _ => (null, Malformed("$", "a JSON object is expected")),
            };
        }
        catch (JsonException malformed)
        {
            return (null, Malformed(malformed.Path ?? "$", JsonFaultWords.Of(malformed, expected)));
        }
    }

    private static ProblemResult Malformed(string path, string reason) => Problem.Of(
        StatusCodes.Status400BadRequest, "malformed-json", $"The body cannot be read at {path}: {reason}.", errors: [new ProblemPlace(path, reason)]);
}
