namespace IntegrationHub.Contracts.Fhir;

/// <summary>Every system, canonical and profile that the hub writes or reads. No other file in the project contains these URIs.</summary>
public static class FhirUris
{
    /// <summary>
    /// Root of the URIs that the hub itself defines. The root is a name, not an address, and nothing is fetched from it. RFC 2606 reserves
    /// the domain permanently, so nobody else can own it.
    /// </summary>
    public const string Hub = "https://integrationhub.example/fhir";

    // Identifier systems used in the NHS and elsewhere in the UK.
    public const string NhsNumber = "https://fhir.nhs.uk/Id/nhs-number";
    public const string OdsOrganization = "https://fhir.nhs.uk/Id/ods-organization-code";
    public const string SchoolUrn = "https://fhir.hl7.org.uk/Id/urn-school-number";

    // The hub's own URIs for identifier systems that have no published FHIR URI.
    public const string Upn = $"{Hub}/Id/unique-pupil-number";
    public const string Ukprn = $"{Hub}/Id/ukprn";
    public const string CouncilService = $"{Hub}/Id/council-service";
    public const string PersonAsked = $"{Hub}/Id/person-asked";
    public const string AssessmentId = $"{Hub}/Id/assessment";
    public const string AdviceRequestId = $"{Hub}/Id/advice-request";
    public const string PlanLine = $"{Hub}/Id/plan-line";
    public const string SubjectId = $"{Hub}/Id/assessment-subject";

    // Names published in UK Core R4.
    public const string UkCorePatient = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-Patient";
    public const string UkCoreOrganization = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-Organization";
    public const string UkCoreServiceRequest = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-ServiceRequest";
    public const string UkCoreTask = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-Task";
    public const string UkCoreQuestionnaire = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-Questionnaire";
    public const string UkCoreQuestionnaireResponse = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-QuestionnaireResponse";
    public const string UkCoreOperationOutcome = "https://fhir.hl7.org.uk/StructureDefinition/UKCore-OperationOutcome";
    public const string NhsNumberVerificationStatus = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus";
    public const string NhsNumberVerificationStatusCodes = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberVerificationStatusEngland";
    public const string NhsNumberUnavailableReason = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberUnavailableReason";
    public const string NhsNumberUnavailableReasonCodes = "https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberUnavailableReason";

    // Error codes of NHS England's APIs.
    public const string NhsHttpErrorCodes = "https://fhir.nhs.uk/CodeSystem/http-error-codes";

    // Names published by HL7.
    public const string TaskCode = "http://hl7.org/fhir/CodeSystem/task-code";
    public const string DataAbsentReason = "http://terminology.hl7.org/CodeSystem/data-absent-reason";

    // The hub's own codes and definitions.
    public const string AdviceKindCodes = $"{Hub}/CodeSystem/advice-kind";
    public const string RequestProgressCodes = $"{Hub}/CodeSystem/advice-request-standing";
    public const string TaskInputCodes = $"{Hub}/CodeSystem/advice-task-input";
    public const string TaskOutputCodes = $"{Hub}/CodeSystem/advice-task-output";
    public const string AdviceSectionCodes = $"{Hub}/CodeSystem/advice-section";
    public const string AdviceFormCodes = $"{Hub}/CodeSystem/advice-form";
    public const string AdviceLinkCodes = $"{Hub}/CodeSystem/advice-line";
    public const string CheckedRuleCodes = $"{Hub}/CodeSystem/held-rule";
    public const string Sha256 = $"{Hub}/StructureDefinition/attachment-sha256";
    public const string HealthAdviceQuestionnaire = $"{Hub}/Questionnaire/ehc-health-advice";
    public const string ReviewAdviceQuestionnaire = $"{Hub}/Questionnaire/ehc-review-advice";
    public const string AdviceTaskCodes = $"{Hub}/CodeSystem/advice-task";
}
