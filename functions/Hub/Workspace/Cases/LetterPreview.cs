using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>A letter as it would be written today, shown before it is sent.</summary>
/// <param name="Line">Which letter it is, and to whom it is sent.</param>
/// <param name="Layout">The text of the letter, or null if it cannot be written yet.</param>
/// <param name="Lacks">What is missing for the letter, or null if it can be written.</param>
public sealed record LetterPreview(string Line, LetterLayout? Layout, string? Lacks)
{
    /// <summary>The letter in which a notice is given, or null if an officer writes the letter.</summary>
    /// <param name="line">Which letter it is, and to whom it is sent.</param>
    /// <param name="notice">The notice, from the case <paramref name="after"/> the step.</param>
    /// <param name="after">The case after the step.</param>
    /// <param name="today">Today in London.</param>
    /// <param name="letters">The store that creates and stores letters.</param>
    internal static LetterPreview? Of(string line, Notice notice, AssessmentState after, DateOnly today, LetterStore letters)
    {
        if (!LetterWriting.IsWrittenByHub(notice))
        {
            return null;
        }

        var reader = notice.To == RecipientRole.Family ? LetterReader.Family : LetterReader.Agency;
        var (_, layout, lacks) = letters.LayOut(new LetterSubject(LetterWriting.KindOf(notice.Kind), notice.Id), after, LetterSending.Expected(today, after, notice, reader));
        return layout is null && lacks is null ? null : new LetterPreview(line, layout, lacks);
    }
}
