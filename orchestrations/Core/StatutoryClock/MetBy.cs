using System.Text.Json.Serialization;

namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>A kind of notice that the council sends, as named in rules.</summary>
public enum LegalNotice
{
    /// <summary>An assessment is being considered.</summary>
    AssessmentConsidered,

    /// <summary>The council will assess.</summary>
    WillAssess,

    /// <summary>The council will not assess.</summary>
    WillNotAssess,

    /// <summary>No plan is necessary.</summary>
    NoPlan,

    /// <summary>The draft plan.</summary>
    DraftPlan,

    /// <summary>The final plan.</summary>
    FinalPlan,

    /// <summary>The council will re-assess.</summary>
    WillReassess,

    /// <summary>The plan stays unchanged after a re-assessment.</summary>
    NoChange,

    /// <summary>The amended or replaced plan.</summary>
    AmendedPlan,

    /// <summary>The plan stays unchanged after a review.</summary>
    PlanKeptAfterReview,

    /// <summary>The proposed amendments after a review.</summary>
    PlanToBeAmended,

    /// <summary>The plan is no longer maintained.</summary>
    PlanCeases,

    /// <summary>The council is considering ceasing the plan.</summary>
    CeasingConsidered,

    /// <summary>Amendments are proposed without a review, or proposed again.</summary>
    AmendmentProposed,

    /// <summary>The plan is not amended after all.</summary>
    NotAmendedAfterAll,

    /// <summary>The plan is kept while the child or young person is detained.</summary>
    PlanKeptInDetention,
}

/// <summary>A kind of fact in a case that meets a time limit or ends it. No other facts do so, and the hub knows the day of each.</summary>
public enum Act
{
    /// <summary>The family was consulted on the request for an assessment.</summary>
    FamilyConsulted,

    /// <summary>The council decided whether to assess.</summary>
    AssessDecided,

    /// <summary>The council decided to make a plan.</summary>
    PlanAgreed,

    /// <summary>The assessment has ended, with or without a plan.</summary>
    Ended,

    /// <summary>The assessment has ended without a plan.</summary>
    EndedWithoutPlan,

    /// <summary>The adviser has answered the request for advice that the limit is about.</summary>
    AdviceAnswered,

    /// <summary>The request for advice that the limit is about was declined or withdrawn.</summary>
    AdviceNotOwed,

    /// <summary>The institution that the limit is about has answered.</summary>
    InstitutionAnswered,

    /// <summary>The meeting that the family asked for was held.</summary>
    MeetingHeld,

    /// <summary>The health issues that the family wants mediated were passed to the integrated care board.</summary>
    HealthIssuesPassed,

    /// <summary>The mediation certificate was issued.</summary>
    CertificateIssued,

    /// <summary>Mediation was held and ended, or led to an agreement.</summary>
    MediationHeld,

    /// <summary>The mediation adviser was told that mediation could not be arranged in time, or the family no longer wants mediation.</summary>
    MediationNotArranged,

    /// <summary>The council has answered the appeal.</summary>
    AppealAnswered,

    /// <summary>The appeal has ended: conceded, decided, dismissed or withdrawn.</summary>
    AppealOver,

    /// <summary>The remedy in the order, agreement or concession that set the limit was carried out.</summary>
    RemedyCarriedOut,

    /// <summary>The tribunal's recommendation was answered in writing.</summary>
    RecommendationAnswered,

    /// <summary>Everyone to be invited to the review meeting was given notice of it.</summary>
    ReviewInvited,

    /// <summary>The advice for the review was sent to everyone who was invited to the meeting.</summary>
    ReviewPapersSent,

    /// <summary>The report of the review meeting was sent.</summary>
    ReviewReportSent,

    /// <summary>Notice was given of the decision after the review.</summary>
    ReviewDecided,

    /// <summary>The finalised amended plan was sent, or the notice that the plan will not be amended.</summary>
    AmendmentFinished,

    /// <summary>The amended plan that names the institution after a phase transfer was sent.</summary>
    TransferPlanSent,

    /// <summary>The plan was transferred to the new council.</summary>
    PlanHandedOn,

    /// <summary>The family was told of the transfer to this council.</summary>
    FamilyToldOfTransfer,

    /// <summary>Notice was given of the decision whether to re-assess.</summary>
    ReassessmentDecided,

    /// <summary>The finalised plan after the re-assessment was sent.</summary>
    ReassessmentFinished,

    /// <summary>The council decided to amend the plan after a re-assessment or a referral back.</summary>
    AmendmentDecided,

    /// <summary>The council decided to leave the plan unchanged after a re-assessment or a referral back.</summary>
    NoChangeDecided,

    /// <summary>The council decided after a review to keep the plan unchanged or to cease it, so no amended plan is due.</summary>
    KeptOrCeasedAfterReview,

    /// <summary>The plan is no longer maintained.</summary>
    PlanCeased,

    /// <summary>The former ICB notified the new ICB that the new ICB is now responsible.</summary>
    NewIcbTold,

    /// <summary>The new ICB asked the council to assess, or to review the plan.</summary>
    IcbRequested,

    /// <summary>The new ICB said that it will arrange the provision after all.</summary>
    IcbArranges,

    /// <summary>The council complied with the new ICB's request.</summary>
    IcbRequestCarriedOut,

    /// <summary>The direct payments were reviewed.</summary>
    DirectPaymentsReviewed,

    /// <summary>Direct payments have ended.</summary>
    DirectPaymentsStopped,

    /// <summary>The person in charge of the youth accommodation was consulted on the request for an assessment.</summary>
    PersonInChargeConsulted,

    /// <summary>Special educational provision is arranged for the period of detention.</summary>
    KeptProvisionArranged,

    /// <summary>Health care provision is arranged for the period of detention.</summary>
    KeptHealthArranged,

    /// <summary>A monitoring meeting was held about a plan that is kept during detention.</summary>
    MonitoringMeetingHeld,

    /// <summary>The detained person was released.</summary>
    ReleasedFromDetention,
}

/// <summary>How a time limit is met.</summary>
public enum MetByKind
{
    /// <summary>One of the notices that the rule names was sent to everyone who must be told.</summary>
    Notice,

    /// <summary>One of the actions that the rule names was recorded.</summary>
    Act,

    /// <summary>Somebody else must act and the hub is not told of it.</summary>
    OthersAct,

    /// <summary>Nothing meets the limit, because it is only a planning date.</summary>
    Nothing,
}

/// <summary>What meets a time limit: notices, recorded actions, an action by others, or nothing. A rule must name exactly one of these
/// four, which is checked when a rule set is loaded.</summary>
public sealed record MetBy
{
    /// <summary>The party whose duty it is to meet the limit.</summary>
    public Party By { get; init; } = Party.Council;

    /// <summary>Notices, any one of which meets the limit when sent to everyone in <see cref="Rule.MustBeTold"/>.</summary>
    public IReadOnlyList<LegalNotice> Notices { get; init; } = [];

    /// <summary>Recorded actions, any one of which meets the limit.</summary>
    public IReadOnlyList<Act> Acts { get; init; } = [];

    /// <summary>Whether somebody else must act and the hub is not told of it.</summary>
    public bool OthersAct { get; init; }

    /// <summary>Whether nothing meets the limit, because it is only a planning date.</summary>
    public bool PlanningOnly { get; init; }

    /// <summary>What must still happen before an open time limit is met, as worded on pages, for example "the draft plan".</summary>
    public string? Awaits { get; init; }

    /// <summary>Which of the four ways of meeting a limit applies.</summary>
    [JsonIgnore]
    public MetByKind Kind => Notices.Count > 0 ? MetByKind.Notice : Acts.Count > 0 ? MetByKind.Act : OthersAct ? MetByKind.OthersAct : MetByKind.Nothing;

    /// <summary>Whether exactly one of the four ways of meeting a limit is named.</summary>
    [JsonIgnore]
    internal bool IsClear => new[] { Notices.Count > 0, Acts.Count > 0, OthersAct, PlanningOnly }.Count(way => way) == 1;
}
