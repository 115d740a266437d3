namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>Wording of version 1.0.0 of the questionnaire, which its responses may repeat beside the answers: it says nothing about the child.</summary>
internal static class FirstQuestionnaire
{
    internal static readonly IReadOnlyList<string> Texts =
    [
        "Reference of this line, unique in this advice",
        "Reference of each need that it answers",
        "Reference of each outcome that it serves",
    ];
}
