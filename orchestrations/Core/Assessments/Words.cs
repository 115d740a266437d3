using System.Globalization;
using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The words that people read for the process's own terms.</summary>
public static class Words
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>A kind of advice: "medical advice".</summary>
    public static string Of(AdviceKind kind) => kind switch
    {
        AdviceKind.FamilyViews => "the family's views",
        AdviceKind.Educational => "educational advice",
        AdviceKind.Medical => "medical advice",
        AdviceKind.Psychological => "psychological advice",
        AdviceKind.SocialCare => "social care advice",
        AdviceKind.PreparationForAdulthood => "advice on preparation for adulthood",
        _ => "other advice",
    };

    /// <summary>A recipient: "the family".</summary>
    public static string Of(RecipientRole role) => role switch
    {
        RecipientRole.Family => "the family",
        RecipientRole.Icb => "the ICB",
        RecipientRole.SocialCare => "social care",
        RecipientRole.Setting => "the school or setting",
        _ => "the named institution",
    };

    /// <summary>A stage: "Deciding whether to assess".</summary>
    public static string Of(Stage stage) => stage switch
    {
        Stage.Considering => "Deciding whether to assess",
        Stage.Assessing => "Gathering advice",
        Stage.Drafting => "Writing the draft plan",
        Stage.Consulting => "Draft plan with the family",
        Stage.Finalising => "Sending the final plan",
        Stage.PlanIssued => "Final plan issued",
        Stage.RefusedToAssess => "Assessment refused",
        Stage.NoPlan => "No plan necessary",
        Stage.Withdrawn => "Request withdrawn",
        _ => "Moved to another council",
    };

    /// <summary>A notice: "decision to assess".</summary>
    public static string Of(NoticeKind kind) => kind switch
    {
        NoticeKind.AssessmentConsidered => "an assessment is being considered",
        NoticeKind.WillAssess => "the council will assess",
        NoticeKind.WillNotAssess => "the council will not assess",
        NoticeKind.NoPlan => "no plan is necessary",
        NoticeKind.DraftPlan => "the draft plan",
        NoticeKind.FinalPlan => "the final plan",
        _ => "an exception applies",
    };

    /// <summary>A day: "14 July"; with the year when asked: "14 July 2026".</summary>
    public static string Day(DateOnly day, bool withYear = false) => day.ToString(withYear ? "d MMMM yyyy" : "d MMMM", English);
}
