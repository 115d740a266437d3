using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Contracts.Fhir.Asking;

/// <summary>The hub's own codes in a request: the kind of advice, how the request stands, and the inputs and outputs of its Task.</summary>
public static class RequestCodes
{
    /// <summary>Task.input: the questionnaire that the advice must answer.</summary>
    public const string InputQuestionnaire = "questionnaire";

    /// <summary>Task.code: advice for a review of the plan, in addition to the code "fulfill".</summary>
    public const string TaskReviewAdvice = "review-advice";

    /// <summary>Task.input: number of the review, which is 1 for the plan's first review.</summary>
    public const string InputReview = "review-number";

    /// <summary>Task.input: day of the review meeting.</summary>
    public const string InputMeeting = "review-meeting";

    /// <summary>Task.input: an outcome or provision in the plan under review.</summary>
    public const string InputLine = "plan-line";

    /// <summary>Task.output: the advice (a reference to a QuestionnaireResponse, DocumentReference or document Bundle).</summary>
    public const string OutputAdvice = "advice";

    /// <summary>Task.output: the body has nothing to report because it does not know the child.</summary>
    public const string OutputNilReturn = "nil-return";

    private static readonly (AdviceKind Kind, string Code, string Display)[] Kinds =
    [
        (AdviceKind.FamilyViews, "family-views", "Views of the child's parent or the young person"),
        (AdviceKind.Educational, "educational", "Educational advice"),
        (AdviceKind.Medical, "medical", "Medical advice"),
        (AdviceKind.Psychological, "psychological", "Psychological advice"),
        (AdviceKind.SocialCare, "social-care", "Social care advice"),
        (AdviceKind.PreparationForAdulthood, "preparation-for-adulthood", "Advice on preparation for adulthood and independent living"),
        (AdviceKind.Other, "other", "Advice from another person"),
    ];

    private static readonly (RequestProgress Standing, string Code, string Display)[] Standings =
    [
        (RequestProgress.Chased, "chased", "Chased"),
        (RequestProgress.ExceptionClaimed, "exception-claimed", "Exception claimed"),
    ];

    /// <summary>All codes of a request, each with its system.</summary>
    internal static IEnumerable<(string System, string Code)> All =>
    [
        .. Kinds.Select(entry => (FhirUris.AdviceKindCodes, entry.Code)),
        .. Standings.Select(entry => (FhirUris.RequestProgressCodes, entry.Code)),
        (FhirUris.AdviceTaskCodes, TaskReviewAdvice),
        (FhirUris.TaskInputCodes, InputQuestionnaire),
        (FhirUris.TaskInputCodes, InputReview),
        (FhirUris.TaskInputCodes, InputMeeting),
        (FhirUris.TaskInputCodes, InputLine),
        (FhirUris.TaskOutputCodes, OutputAdvice),
        (FhirUris.TaskOutputCodes, OutputNilReturn),
    ];

    /// <summary>The kind of advice as a coded concept.</summary>
    public static CodeableConcept Of(AdviceKind kind)
    {
        var (_, code, display) = Array.Find(Kinds, entry => entry.Kind == kind);
        return new CodeableConcept { Coding = [new Coding(FhirUris.AdviceKindCodes, code, display)] };
    }

    /// <summary>The kind of advice that a coded concept names, or null if it names none.</summary>
    public static AdviceKind? KindOf(CodeableConcept? concept) =>
        CodeIn(concept, FhirUris.AdviceKindCodes) is { } code && Array.FindIndex(Kinds, entry => entry.Code == code) is var at and >= 0 ? Kinds[at].Kind : null;

    /// <summary>How a request stands against its time limit, as a businessStatus, or null if the request is simply open.</summary>
    public static CodeableConcept? Of(RequestProgress standing) =>
        Array.FindIndex(Standings, entry => entry.Standing == standing) is var at and >= 0
            ? new CodeableConcept { Coding = [new Coding(FhirUris.RequestProgressCodes, Standings[at].Code, Standings[at].Display)] }
            : null;

    /// <summary>How a request stands according to its businessStatus; open if there is no businessStatus.</summary>
    public static RequestProgress ProgressOf(CodeableConcept? concept) =>
        CodeIn(concept, FhirUris.RequestProgressCodes) is { } code && Array.FindIndex(Standings, entry => entry.Code == code) is var at and >= 0
            ? Standings[at].Standing
            : RequestProgress.Open;

    /// <summary>The code that a concept has in the given code system, or null if it has none.</summary>
    public static string? CodeIn(CodeableConcept? concept, string system) =>
        concept?.Coding.FirstOrDefault(coding => coding.System == system)?.Code;
}
