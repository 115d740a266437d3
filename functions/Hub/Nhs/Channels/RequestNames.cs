using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Nhs.Channels;

/// <summary>
/// The name of a request in FHIR: <c>assessment/request</c>. If the request is repeated because the advice was not sufficient (a completed
/// Task cannot be reopened), each repeat has its own name, which is the original name with a third part.
/// </summary>
public static class RequestNames
{
    /// <summary>The name of a request.</summary>
    public static string Of(AssessmentId assessment, string request) => $"{assessment.Value}/{request}";

    /// <summary>The name under which the effect with this id sends a request again.</summary>
    public static string NameOfRepeatedRequest(AssessmentId assessment, string request, string effectId) =>
        $"{Of(assessment, request)}/{effectId[(effectId.IndexOf('/', StringComparison.Ordinal) + 1)..].Replace('/', '-')}";

    /// <summary>Whether <paramref name="name"/> is the original name of this request or the name of a repeated request.</summary>
    public static bool Names(string name, AssessmentId assessment, string request) =>
        name == Of(assessment, request) || name.StartsWith($"{Of(assessment, request)}/", StringComparison.Ordinal);

    /// <summary>The assessment and the request that a name stands for, or null if the text is not the name of a request.</summary>
    public static (AssessmentId Assessment, string Request)? Parse(string name)
    {
        var parts = name.Split('/');
        return parts.Length is 2 or 3 && parts[1].Length > 0 && AssessmentId.TryParse(parts[0], out var assessment, out _) ? (assessment, parts[1]) : null;
    }
}
