using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Mail;

/// <summary>The purpose for which a message is put into a case.</summary>
public enum MailUse
{
    /// <summary>No purpose has been chosen.</summary>
    NotChosen,

    /// <summary>A letter or another document for the case.</summary>
    Document,

    /// <summary>The family's representations on the request.</summary>
    Representations,

    /// <summary>Evidence from the family.</summary>
    Evidence,

    /// <summary>The answer of a person or agency that was asked for advice.</summary>
    Advice,

    /// <summary>A request that opens a case.</summary>
    Request,
}

/// <summary>A text for each purpose, with the step that records a message for that purpose.</summary>
internal static class MailUses
{
    internal static StepDefinition Step(this MailUse use) => use switch
    {
        MailUse.Request => OpenAssessment.Definition,
        MailUse.Advice => SubmitAdvice.Definition,
        MailUse.Representations or MailUse.Evidence => RecordFamilyEvidence.Definition,
        _ => RecordDocument.Definition,
    };

    internal static string Words(this MailUse use) => use switch
    {
        MailUse.Request => "a request",
        MailUse.Advice => "advice",
        MailUse.Representations => "the family’s representations",
        MailUse.Evidence => "the family’s evidence",
        _ => "a letter or document",
    };

    /// <summary>The purpose with the given name, which comes from a form or a recorded decision; null if no purpose has this name.</summary>
    internal static MailUse? Find(string? name) => Enum.TryParse<MailUse>(name, ignoreCase: false, out var use) && Enum.IsDefined(use) && use.ToString() == name ? use : null;
}
