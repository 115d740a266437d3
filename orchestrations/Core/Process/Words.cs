using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The texts that are used for terms of the process.</summary>
public static class Words
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>The length of time that a rule gives, for example "15 days" or "1 month".</summary>
    /// <exception cref="ArgumentException">The rule does not give a length of time; it requires the action as soon as practicable or by a
    /// date in the year.</exception>
    public static string Length(Rule rule) => Length(rule.Length ?? throw new ArgumentException($"{rule.Key} has no length.", nameof(rule)), rule.Unit);

    /// <summary>A length of time, for example "15 days" or "1 month".</summary>
    public static string Length(int length, LengthUnit unit) => FormattableString.Invariant($"{length} ") + (unit switch
    {
        LengthUnit.Days => "day",
        LengthUnit.WorkingDays => "working day",
        LengthUnit.Weeks => "week",
        LengthUnit.Months => "month",
        _ => throw new ArgumentOutOfRangeException(nameof(unit), unit, "There is no text for this unit of time."),
    }) + (length == 1 ? "" : "s");

    /// <summary>The name of a kind of advice, for example "medical advice".</summary>
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

    /// <summary>
    /// What a request asks for, for example "medical advice", "medical advice for review 2" or "medical advice for re-assessment 1".
    /// </summary>
    public static string Of(Advice.AdviceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return $"{Of(request.Kind)}{For(request.Review, request.Reassessment)}";
    }

    /// <summary>The name of received advice, in the form used by <see cref="Of(Advice.AdviceRequest)"/>.</summary>
    public static string Of(Advice.ReceivedAdvice advice)
    {
        ArgumentNullException.ThrowIfNull(advice);
        return $"{Of(advice.Kind)}{For(advice.Review, advice.Reassessment)}";
    }

    /// <summary>
    /// The purpose of advice, which follows the kind of advice in a text, for example " for review 2" or " for re-assessment 1"; empty in a
    /// first assessment.
    /// </summary>
    public static string For(int? review, int? reassessment) =>
        review is not null ? FormattableString.Invariant($" for review {review}") : reassessment is not null ? FormattableString.Invariant($" for re-assessment {reassessment}") : "";

    /// <summary>The name of a recipient, for example "the family".</summary>
    public static string Of(RecipientRole role) => role switch
    {
        RecipientRole.Family => "the family",
        RecipientRole.Icb => "the ICB",
        RecipientRole.SocialCare => "social care",
        RecipientRole.Setting => "the school or setting",
        RecipientRole.PersonInCharge => "the person in charge of the accommodation",
        RecipientRole.HealthServicesCommissioner => "the health services commissioner",
        RecipientRole.YouthOffendingTeam => "the youth offending team",
        _ => "the named institution",
    };

    /// <summary>The name of a stage, for example "Deciding whether to assess".</summary>
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

    /// <summary>The name of a kind of notice, for example "the council will assess".</summary>
    public static string Of(NoticeKind kind) => kind switch
    {
        NoticeKind.AssessmentConsidered => "an assessment is being considered",
        NoticeKind.WillAssess => "the council will assess",
        NoticeKind.WillNotAssess => "the council will not assess",
        NoticeKind.NoPlan => "no plan is necessary",
        NoticeKind.DraftPlan => "the draft plan",
        NoticeKind.FinalPlan => "the final plan",
        NoticeKind.WillReassess => "the council will re-assess",
        NoticeKind.NoChange => "the plan stays unchanged after the re-assessment",
        NoticeKind.AmendedPlan => "the amended plan",
        NoticeKind.PlanKeptAfterReview => "the plan stays unchanged after the review",
        NoticeKind.PlanToBeAmended => "the plan is to be amended, with the proposed amendments",
        NoticeKind.PlanCeases => "the plan is no longer maintained",
        NoticeKind.CeasingConsidered => "ceasing the plan is being considered",
        NoticeKind.AmendmentProposed => "the proposed amendments to the plan",
        NoticeKind.NotAmendedAfterAll => "the plan is not amended after all",
        NoticeKind.RequestAcknowledged => "the request has arrived",
        NoticeKind.InformationAsked => "a request for missing information",
        NoticeKind.RepresentationsAsked => "a request for the family's views",
        NoticeKind.MeetingInvited => "an invitation to a meeting",
        NoticeKind.InstitutionConsulted => "a consultation about a place",
        NoticeKind.ReviewInvited => "an invitation to the review meeting",
        NoticeKind.RightsAreYours => "the rights have passed to you",
        NoticeKind.WillNotReassess => "the council will not re-assess",
        NoticeKind.PreferenceAsked => "the question of which institution the family prefers",
        NoticeKind.TransferTold => "the plan was transferred from another council",
        NoticeKind.BudgetAgreed => "a line of provision is in the personal budget",
        NoticeKind.BudgetRefused => "a line of provision is refused for the personal budget",
        NoticeKind.BudgetChanged => "the personal budget changes",
        NoticeKind.BudgetAnswered => "the answer about the personal budget",
        NoticeKind.IcbChanged => "the ICB is now responsible, with a copy of the plan",
        NoticeKind.PlanKeptInDetention => "the council keeps the plan",
        NoticeKind.PlanAfterRelease => "the council maintains the plan again",
        NoticeKind.SchoolListShared => "the schools and colleges that the council suggests",
        NoticeKind.RightsPassedOn => "the rights have passed to the young person",
        _ => "an exception applies",
    };

    /// <summary>The name of a phase transfer, for example "from primary to secondary school".</summary>
    public static string Of(TransferOfPhase transfer) => transfer switch
    {
        TransferOfPhase.EarlyYearsToSchool => "from early years to school",
        TransferOfPhase.InfantToJunior => "from infant to junior school",
        TransferOfPhase.PrimaryToMiddle => "from primary to middle school",
        TransferOfPhase.PrimaryToSecondary => "from primary to secondary school",
        TransferOfPhase.MiddleToSecondary => "from middle to secondary school",
        TransferOfPhase.SecondaryToPost16 => "from secondary school to a post-16 institution",
        TransferOfPhase.BetweenPost16 => "from one post-16 institution to another",
        _ => "no transfer: the child stays at the same institution",
    };

    /// <summary>A recorded action as text, for example "The council answered the appeal".</summary>
    public static string Of(Act act) => act switch
    {
        Act.AppealAnswered => "The council answered the appeal",
        Act.RemedyCarriedOut => "The remedy was carried out",
        Act.RecommendationAnswered => "The recommendation was answered",
        Act.ReviewInvited => "The invitations to the review meeting were sent",
        Act.ReviewPapersSent => "The advice for the review meeting was sent",
        Act.ReviewReportSent => "The report of the review meeting was sent",
        Act.ReviewDecided => "The decision after the review was notified",
        Act.KeptOrCeasedAfterReview => "The council decided after the review to maintain the plan, or to cease it",
        Act.AmendmentFinished => "The amended plan, or the notice that the plan stays unchanged, was sent",
        Act.TransferPlanSent => "The plan for the transfer was sent",
        Act.PlanHandedOn => "The plan was transferred",
        Act.FamilyToldOfTransfer => "The family was told of the transfer",
        Act.NewIcbTold => "The former ICB told the new ICB that it is now responsible",
        Act.ReassessmentDecided => "The decision whether to re-assess was notified",
        Act.ReassessmentFinished => "The plan after the re-assessment was sent",
        Act.PersonInChargeConsulted => "The person in charge of the accommodation was consulted on the request",
        Act.KeptProvisionArranged => "Special educational provision was arranged for the period of detention",
        Act.KeptHealthArranged => "Health care provision was arranged for the period of detention",
        Act.MonitoringMeetingHeld => "A monitoring meeting about the plan was held",
        _ => "An action that meets a limit was recorded",
    };

    /// <summary>A date as text, for example "14 July" or, with the year, "14 July 2026".</summary>
    public static string Day(DateOnly day, bool withYear = false) => day.ToString(withYear ? "d MMMM yyyy" : "d MMMM", English);

    /// <summary>An amount of money, with pence if there are any, for example "£2,400" or "£2,400.50".</summary>
    public static string Pounds(decimal sum) => $"£{sum.ToString(decimal.Truncate(sum) == sum ? "N0" : "N2", English)}";
}
