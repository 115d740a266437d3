using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Mail;

/// <summary>As what a message goes into a case.</summary>
public enum MailUse
{
    /// <summary>Nobody has said it.</summary>
    Unsaid,

    /// <summary>A letter or another document of the case.</summary>
    Document,

    /// <summary>What the family says on the request.</summary>
    Representations,

    /// <summary>Evidence of the family.</summary>
    Evidence,

    /// <summary>The answer of somebody who was asked for advice.</summary>
    Advice,

    /// <summary>A request that opens a case.</summary>
    Request,
}

/// <summary>The uses in words, and the step by which each comes about.</summary>
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

    /// <summary>The use under the name that a decision has of it; null for anything else.</summary>
    internal static MailUse? Find(string? name) => Enum.TryParse<MailUse>(name, ignoreCase: false, out var use) && Enum.IsDefined(use) && use.ToString() == name ? use : null;
}
