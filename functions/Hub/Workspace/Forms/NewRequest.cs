using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>
/// A request that came on paper or by mail: beside the step that opens the case its form has the letter, which is put into the case that
/// it opens.
/// </summary>
internal static class NewRequest
{
    /// <summary>The path of the letter on the form; no member of the step.</summary>
    internal const string Letter = "letter";

    /// <summary>
    /// The case that a form opens. It is the same for every showing of one form, so that the letter lies with the case from the start, and a
    /// form that is sent twice opens one case.
    /// </summary>
    internal static AssessmentId CaseOf(Officer officer, string drawn) => AssessmentId.For(officer.Council, $"workspace/{officer.Subject}/new/{drawn}");

    /// <summary>The form of the step that puts the letter into the case, filled in.</summary>
    internal static FormValues LetterOf(FormValues values, OpenAssessment opened)
    {
        var letter = FormValues.None.With("documentId", "request").With("what", "The request as it came").WithDay("receivedOn", opened.Facts.ReceivedOn);
        foreach (var (path, text) in values.All.Where(typed => typed.Key.StartsWith(Letter + ".", StringComparison.Ordinal)))
        {
            letter = letter.With($"document{path[Letter.Length..]}", text);
        }

        return letter;
    }

    /// <summary>What the step that opens the case reads: everything but the letter.</summary>
    internal static FormValues WithoutLetter(FormValues values) => values.Without(Letter);
}
