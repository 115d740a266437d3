using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Contracts.Api;

/// <summary>What makes a limit binding.</summary>
[JsonConverter(typeof(CamelCaseEnum<Binding>))]
public enum Binding
{
    /// <summary>Act, regulations or tribunal rules.</summary>
    Statute,

    /// <summary>SEND Code of Practice ("should").</summary>
    Code,

    /// <summary>No duty: a date for planning.</summary>
    Planning,
}

/// <summary>
/// The closed list of grounds on which a limit need not be met. A waiting list, staff shortages, the date of a panel or a partner's late
/// advice may explain a delay, but are never exceptions.
/// </summary>
[JsonConverter(typeof(CamelCaseEnum<Ground>))]
public enum Ground
{
    /// <summary>
    /// A: the school or post-16 institution was closed for four continuous weeks or more; its head was asked for advice in the set period.
    /// </summary>
    SchoolClosed,

    /// <summary>
    /// B: the early years provider was closed for four continuous weeks or more; its lead was asked for advice in the set period.
    /// </summary>
    EarlyYearsProviderClosed,

    /// <summary>
    /// C: exceptional personal circumstances of the child, the parent or the young person during the period.
    /// </summary>
    ExceptionalCircumstances,

    /// <summary>
    /// D: the child, parent or young person was absent from the council's area for four continuous weeks or more during the period.
    /// </summary>
    AbsentFromArea,

    /// <summary>
    /// E: an examination or test, arranged by the body that was asked for advice, was missed during its period.
    /// </summary>
    MissedAppointment,

    /// <summary>
    /// After a tribunal order: exceptional personal circumstances. SEND Regs 2014 reg 44(3) lists this ground.
    /// </summary>
    OrderExceptionalCircumstances,

    /// <summary>
    /// After a tribunal order: absence from the area for a continuous two weeks or longer. Reg 44(3).
    /// </summary>
    OrderAbsentFromArea,

    /// <summary>
    /// After a tribunal order: the family wishes to make representations after its time to do so. Reg 44(3).
    /// </summary>
    OrderLateRepresentations,
}

/// <summary>What an order, an agreement or a concession requires.</summary>
[JsonConverter(typeof(CamelCaseEnum<Remedy>))]
public enum Remedy
{
    /// <summary>Carry out an assessment.</summary>
    Assess,

    /// <summary>Carry out a re-assessment.</summary>
    Reassess,

    /// <summary>Make a plan.</summary>
    MakePlan,

    /// <summary>Amend the contents of the plan.</summary>
    AmendContents,

    /// <summary>Name an institution, and nothing else.</summary>
    NameInstitution,

    /// <summary>Continue to maintain the plan.</summary>
    ContinuePlan,

    /// <summary>The plan ceases: an appeal against ceasing it was dismissed.</summary>
    CeasePlan,

    /// <summary>Mediation agreement on issues that cannot be appealed.</summary>
    NotAppealable,

    /// <summary>Mediation agreement with the integrated care board alone.</summary>
    BoardOnly,

    /// <summary>Decide again: the tribunal referred the case back to the council.</summary>
    Reconsider,

    /// <summary>Continue to maintain the plan, and amend it.</summary>
    ContinueAndAmend,
}

/// <summary>
/// Name of an act that meets or ends a time limit. The list is complete; the case records the day of each act.
/// </summary>
[JsonConverter(typeof(CamelCaseEnum<Act>))]
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

    /// <summary>The assessment has ended without a plan.</summary>
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

    /// <summary>Mediation could not be arranged in time, and the mediation adviser was informed.</summary>
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

    /// <summary>The amended plan, or the notice that the plan will not be amended, was sent.</summary>
    AmendmentFinished,

    /// <summary>The amended plan that names the institution after a phase transfer was sent.</summary>
    TransferPlanSent,

    /// <summary>The plan was transferred to the new council.</summary>
    PlanHandedOn,

    /// <summary>The family was notified of the transfer to this council.</summary>
    FamilyToldOfTransfer,

    /// <summary>The decision whether to re-assess was notified.</summary>
    ReassessmentDecided,

    /// <summary>The finalised plan after the re-assessment was sent.</summary>
    ReassessmentFinished,

    /// <summary>Decision to amend the plan after re-assessment or the Tribunal's referral back.</summary>
    AmendmentDecided,

    /// <summary>Decision to leave the plan unchanged after re-assessment or the Tribunal's referral back.</summary>
    NoChangeDecided,
    /// <summary>The council decided after a review to keep the plan unchanged, or to cease it. No amended plan is due.</summary>
    KeptOrCeasedAfterReview,

    /// <summary>The plan has ceased. The time to appeal had already ended, or the appeal had been decided.</summary>
    PlanCeased,

    /// <summary>The previous ICB notified the new ICB.</summary>
    NewIcbTold,

    /// <summary>The new ICB asked the council to assess or to review.</summary>
    IcbRequested,

    /// <summary>The new ICB decided to arrange the provision after all.</summary>
    IcbArranges,

    /// <summary>The council complied with the new ICB's request.</summary>
    IcbRequestCarriedOut,

    /// <summary>The direct payments were reviewed.</summary>
    DirectPaymentsReviewed,

    /// <summary>Direct payments are no longer made.</summary>
    DirectPaymentsStopped,

    /// <summary>The person in charge of the youth accommodation was consulted.</summary>
    PersonInChargeConsulted,

    /// <summary>Educational provision is arranged for the period of detention.</summary>
    KeptProvisionArranged,

    /// <summary>Health provision is arranged for the period of detention.</summary>
    KeptHealthArranged,

    /// <summary>A meeting monitored a plan kept in detention.</summary>
    MonitoringMeetingHeld,

    /// <summary>The detained person was released.</summary>
    ReleasedFromDetention,
}
