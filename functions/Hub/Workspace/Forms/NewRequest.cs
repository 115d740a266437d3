using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>A request received on paper or by e-mail. The form opens the case and also accepts the letter, which is added to that case.</summary>
internal static class NewRequest
{
    /// <summary>The address of the form that takes over an assessment under way.</summary>
    internal const string TakeOver = "/workspace/take-over";

    /// <summary>The path of the letter on the form. The step that opens the case has no field for the letter.</summary>
    internal const string Letter = "letter";

    /// <summary>
    /// The reference of the case that a form opens. The reference does not change when the form is shown again, so that the letter belongs
    /// to the case from the start and a form that is sent twice opens only one case.
    /// </summary>
    internal static AssessmentId CaseOf(Officer officer, string drawn) => AssessmentId.For(officer.Council, $"workspace/{officer.Subject}/new/{drawn}");

    /// <summary>The form of the step that adds the letter to the case, filled in.</summary>
    internal static FormValues LetterOf(FormValues values, OpenAssessment opened)
    {
        var letter = FormValues.None.With("documentId", "request").With("what", "The request as received").WithDay("receivedOn", opened.Facts.ReceivedOn);
        foreach (var (path, text) in values.All.Where(typed => typed.Key.StartsWith(Letter + ".", StringComparison.Ordinal)))
        {
            letter = letter.With($"document{path[Letter.Length..]}", text);
        }

        return letter;
    }

    /// <summary>The values for the step that opens the case, which are all values except the letter.</summary>
    internal static FormValues WithoutLetter(FormValues values) => values.Without(Letter);
}
