using Hl7.Fhir.Model;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>
/// The published questionnaire for advice before the review of a plan (SEND Regs 2014 regs 20 and 21). The questionnaire asks for findings
/// on each outcome and each provision, for changes, and for the lines that the author recommends for the plan.
/// </summary>
public static class ReviewAdviceQuestionnaire
{
    /// <summary>Version of the questionnaire. If any linkId or code changes, the questionnaire needs a new version.</summary>
    public const string Version = "1.0.0";

    /// <summary>Canonical URL with the version, as named by a QuestionnaireResponse.</summary>
    public const string Canonical = $"{FhirUris.ReviewAdviceQuestionnaire}|{Version}";

    /// <summary>The hub's id of the Questionnaire.</summary>
    public const string Id = "ehc-review-advice";

    /// <summary>Whether a response answers this questionnaire.</summary>
    public static bool IsAnsweredBy(string? questionnaire) => questionnaire is Canonical or FhirUris.ReviewAdviceQuestionnaire;

    /// <summary>The questionnaire as it is published.</summary>
    public static Questionnaire Build() => new()
    {
        Id = Id,
        Meta = new Meta { Profile = [FhirUris.UkCoreQuestionnaire] },
        Url = FhirUris.ReviewAdviceQuestionnaire,
        Version = Version,
        Name = "EhcReviewAdvice",
        Title = "Advice for a review of an education, health and care plan",
        Status = PublicationStatus.Active,
        SubjectType = [ResourceType.Patient],
        Date = "2026-11-29",
        Publisher = "IntegrationHub",
        Description = "What the people invited to a review report before the meeting (Special Educational Needs and Disability Regulations 2014, regulations 20 and 21).",
        Item = HealthAdviceQuestionnaire.ItemsWith(AdviceForm.ForReview),
    };
}
