namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>The fact from which a time limit runs.</summary>
public enum StartEvent
{
    /// <summary>The request was received, or the council became responsible (CFA 2014 s24).</summary>
    Received,

    /// <summary>A body bound by section 31 received a request for advice.</summary>
    AdviceReceivedByBody,

    /// <summary>An adviser that is not bound by section 31 received a request for advice.</summary>
    AdviceReceivedByOther,

    /// <summary>The due date of the final plan (the rule <c>finalPlan</c>), which is not a fact of the case.</summary>
    FinalPlanDue,

    /// <summary>The draft plan was served on the family.</summary>
    DraftServed,

    /// <summary>A consultation was sent to an institution.</summary>
    InstitutionConsulted,

    /// <summary>The final plan and its notice were sent.</summary>
    PlanIssued,

    /// <summary>Written notice of a decision that can be appealed was sent.</summary>
    AppealableNoticeSent,

    /// <summary>The mediation certificate was issued.</summary>
    CertificateIssued,

    /// <summary>The mediation adviser was told that the family does not want mediation.</summary>
    ToldNoMediation,

    /// <summary>Mediation ended.</summary>
    MediationEnded,

    /// <summary>The family told the council of health issues that it wants mediated.</summary>
    HealthIssuesRaised,

    /// <summary>The family told the council that it wants mediation.</summary>
    MediationRequested,

    /// <summary>The council told the integrated care board that the family wants mediation on health issues only.</summary>
    BoardToldOfMediation,

    /// <summary>The mediation adviser was told that mediation could not be arranged in time.</summary>
    ToldMediationNotArranged,

    /// <summary>A mediation agreement was reached.</summary>
    AgreementReached,

    /// <summary>The tribunal sent out its order.</summary>
    TribunalOrder,

    /// <summary>The council told the tribunal that it does not oppose the appeal.</summary>
    AppealConceded,

    /// <summary>The tribunal sent the appeal to the council.</summary>
    AppealSentToCouncil,

    /// <summary>The council or the integrated care board received the tribunal's recommendation on health or social care.</summary>
    RecommendationReceived,

    /// <summary>The council withdrew its own refusal to assess.</summary>
    RefusalReversed,

    /// <summary>The meeting of a review of the plan was held.</summary>
    ReviewMeeting,

    /// <summary>The plan with the notice of the proposed amendments was served on the family.</summary>
    ProposalServed,

    /// <summary>The plan was last reviewed or, if it never was, first made.</summary>
    PlanMadeOrReviewed,

    /// <summary>The calendar year of a transfer from a secondary school to a post-16 institution.</summary>
    PhaseTransferPost16,

    /// <summary>The calendar year of a phase transfer into school or between schools.</summary>
    PhaseTransferSchool,

    /// <summary>The day of a move from one post-16 institution to another.</summary>
    Post16Move,

    /// <summary>The family moved to another council's area.</summary>
    MovedOut,

    /// <summary>The council that maintained the plan became aware of the move.</summary>
    AwareOfMove,

    /// <summary>The plan was transferred to this council.</summary>
    TransferredIn,

    /// <summary>A plan transferred to this council was last reviewed or, if it never was, first made.</summary>
    TransferredPlanMadeOrReviewed,

    /// <summary>A re-assessment was requested.</summary>
    ReassessmentRequested,

    /// <summary>The family was notified that there will be a re-assessment, or the council itself decided on one.</summary>
    ReassessmentAgreed,

    /// <summary>The plan with the notice of the proposed amendments was sent to the family.</summary>
    ProposalSent,

    /// <summary>Amendments were proposed without a review.</summary>
    AmendmentProposed,

    /// <summary>The council decided not to amend the plan after all.</summary>
    NotAmendedDecided,

    /// <summary>The council considers ceasing to maintain the plan.</summary>
    CeasingConsidered,

    /// <summary>The council decided to cease the plan.</summary>
    CeasingDecided,

    /// <summary>Another ICB became responsible on the day on which the family moved between councils.</summary>
    IcbChangedByMove,

    /// <summary>The former ICB became aware that another ICB is responsible because the family moved between councils.</summary>
    AwareOfIcbChange,

    /// <summary>The former ICB became aware that another ICB is responsible for a reason other than a move between councils.</summary>
    AwareOfOtherIcbChange,

    /// <summary>A new ICB that cannot arrange the health provision in the plan became aware that it is responsible.</summary>
    IcbCannotArrange,

    /// <summary>The new ICB asked the council to assess, or to review the plan.</summary>
    IcbRequestReceived,

    /// <summary>The first direct payment of a personal budget was made.</summary>
    DirectPaymentsBegan,

    /// <summary>The meeting of a review was held while direct payments were being made.</summary>
    ReviewHeldWithDirectPayments,

    /// <summary>A re-assessment began while direct payments were being made.</summary>
    ReassessedWithDirectPayments,

    /// <summary>The council became aware that somebody whose plan it maintains is detained.</summary>
    DetentionKnown,

    /// <summary>The first day on which a plan is kept for a detained person.</summary>
    PlanKeptSince,

    /// <summary>A plan that is kept for a detained person was last reviewed or considered in a monitoring meeting, or first made.</summary>
    KeptPlanMonitored,

    /// <summary>Somebody whose plan was kept was released from detention.</summary>
    ReleasedFromDetention,
}
