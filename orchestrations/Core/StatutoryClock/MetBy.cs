using System.Text.Json.Serialization;

namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>A notice of the process, by its name in rules.</summary>
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

    /// <summary>The finalised plan.</summary>
    FinalPlan,

    /// <summary>The council will re-assess.</summary>
    WillReassess,

    /// <summary>After a re-assessment the plan stays as it is.</summary>
    NoChange,

    /// <summary>The amended or replaced plan.</summary>
    AmendedPlan,

    /// <summary>After a review the plan stays as it is.</summary>
    PlanKeptAfterReview,

    /// <summary>After a review the plan is amended: the proposed amendments.</summary>
    PlanToBeAmended,

    /// <summary>The plan is no longer maintained.</summary>
    PlanCeases,

    /// <summary>Ceasing the plan is considered.</summary>
    CeasingConsidered,

    /// <summary>Amendments are proposed without a review, or proposed again.</summary>
    AmendmentProposed,

    /// <summary>The plan is not amended after all.</summary>
    NotAmendedAfterAll,

    /// <summary>The plan is kept while its child or young person is detained.</summary>
    PlanKeptInDetention,
}

/// <summary>A fact of a case by its name: one that meets a limit, or ends it. A closed list; each act has its day in the case.</summary>
public enum Act
{
    /// <summary>The family was consulted on the request.</summary>
    FamilyConsulted,

    /// <summary>The council decided whether to assess.</summary>
    AssessDecided,

    /// <summary>The council decided to make a plan.</summary>
    PlanAgreed,

    /// <summary>The assessment has ended, with or without a plan.</summary>
    Ended,

    /// <summary>It has ended without a plan.</summary>
    EndedWithoutPlan,

    /// <summary>The adviser has answered the request that the limit is about.</summary>
    AdviceAnswered,

    /// <summary>The request that the limit is about was declined or withdrawn.</summary>
    AdviceNotOwed,

    /// <summary>The institution that the limit is about has answered.</summary>
    InstitutionAnswered,

    /// <summary>The meeting that the family asked for was held.</summary>
    MeetingHeld,

    /// <summary>The health issues were passed to the integrated care board.</summary>
    HealthIssuesPassed,

    /// <summary>The mediation certificate was issued.</summary>
    CertificateIssued,

    /// <summary>Mediation was held and ended.</summary>
    MediationHeld,

    /// <summary>Mediation could not be arranged in time, as the adviser was told.</summary>
    MediationNotArranged,

    /// <summary>The council has answered the appeal.</summary>
    AppealAnswered,

    /// <summary>The appeal has ended: conceded, decided, dismissed or withdrawn.</summary>
    AppealOver,

    /// <summary>The remedy in the order, agreement or concession that set the limit was carried out.</summary>
    RemedyCarriedOut,

    /// <summary>The tribunal's recommendation was answered in writing.</summary>
    RecommendationAnswered,

    /// <summary>Everyone to be invited to the review meeting was given notice.</summary>
    ReviewInvited,

    /// <summary>The advice was sent to everyone invited.</summary>
    ReviewPapersSent,

    /// <summary>The report of the review meeting was sent.</summary>
    ReviewReportSent,

    /// <summary>The decision after the review was notified.</summary>
    ReviewDecided,

    /// <summary>The finalised amended plan was sent, or the notice that it will not be amended.</summary>
    AmendmentFinished,

    /// <summary>The amended plan that names the institution after a transfer of phase was sent.</summary>
    TransferPlanSent,

    /// <summary>The plan was handed on to the new council.</summary>
    PlanHandedOn,

    /// <summary>The family was told of the transfer to this council.</summary>
    FamilyToldOfTransfer,

    /// <summary>The decision whether to re-assess was notified.</summary>
    ReassessmentDecided,

    /// <summary>The finalised plan after the re-assessment was sent.</summary>
    ReassessmentFinished,

    /// <summary>After a re-assessment or a referral back it was decided to amend the plan.</summary>
    AmendmentDecided,

    /// <summary>After a re-assessment or a referral back it was decided to leave the plan as it is.</summary>
    NoChangeDecided,

    /// <summary>After a review it was decided to keep the plan as it is, or to cease it: no amended plan is due.</summary>
    KeptOrCeasedAfterReview,

    /// <summary>The plan is no longer maintained.</summary>
    PlanCeased,

    /// <summary>The former ICB told the new one that it is responsible now.</summary>
    NewIcbTold,

    /// <summary>The new ICB asked the council to assess, or to review the plan.</summary>
    IcbRequested,

    /// <summary>The new ICB said that it arranges the provision after all.</summary>
    IcbArranges,

    /// <summary>The council complied with the new ICB's request.</summary>
    IcbRequestCarriedOut,

    /// <summary>The direct payments were reviewed.</summary>
    DirectPaymentsReviewed,

    /// <summary>No direct payment is made any more.</summary>
    DirectPaymentsStopped,

    /// <summary>The person in charge of the youth accommodation was consulted on the request.</summary>
    PersonInChargeConsulted,

    /// <summary>Special educational provision is arranged for the time of detention.</summary>
    KeptProvisionArranged,

    /// <summary>Health care provision is arranged for the time of detention.</summary>
    KeptHealthArranged,

    /// <summary>A monitoring meeting was held about a plan that is kept.</summary>
    MonitoringMeetingHeld,

    /// <summary>The detained person was released.</summary>
    ReleasedFromDetention,
}

/// <summary>How a limit is met.</summary>
public enum MetByKind
{
    /// <summary>One of the notices was sent to everyone who must be told.</summary>
    Notice,

    /// <summary>One of the acts was done.</summary>
    Act,

    /// <summary>Others act and the hub is not told: the period is theirs.</summary>
    OthersAct,

    /// <summary>Nothing: it is a date for planning.</summary>
    Nothing,
}

/// <summary>What meets a limit: one of four, checked when a rule set is loaded.</summary>
public sealed record MetBy
{
    /// <summary>Whose duty it is.</summary>
    public Party By { get; init; } = Party.Council;

    /// <summary>Notices, any one of which meets it when sent to everyone in <see cref="Rule.MustBeTold"/>.</summary>
    public IReadOnlyList<LegalNotice> Notices { get; init; } = [];

    /// <summary>Acts, any one of which meets it.</summary>
    public IReadOnlyList<Act> Acts { get; init; } = [];

    /// <summary>Whether others act and the hub is not told.</summary>
    public bool OthersAct { get; init; }

    /// <summary>Nothing meets it: it is a date for planning.</summary>
    public bool PlanningOnly { get; init; }

    /// <summary>What it waits for while it is open, in words for pages: "the draft plan".</summary>
    public string? Awaits { get; init; }

    /// <summary>Which of the four ways applies.</summary>
    [JsonIgnore]
    public MetByKind Kind => Notices.Count > 0 ? MetByKind.Notice : Acts.Count > 0 ? MetByKind.Act : OthersAct ? MetByKind.OthersAct : MetByKind.Nothing;

    /// <summary>Whether exactly one of the four ways is named.</summary>
    [JsonIgnore]
    internal bool IsClear => new[] { Notices.Count > 0, Acts.Count > 0, OthersAct, PlanningOnly }.Count(way => way) == 1;
}
