namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>
/// The question texts of version 1.0.0 of the questionnaire. A response can repeat the question texts together with its answers. The texts
/// contain nothing about the child.
/// </summary>
internal static class FirstQuestionnaire
{
    internal static readonly IReadOnlyList<string> Texts =
    [
        "Reference of this line, unique in this advice",
        "Reference of each need that this outcome answers",
        "Reference of each outcome that this provision serves",
    ];
}
