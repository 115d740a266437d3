using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Contracts.Api;

/// <summary>A time limit's state.</summary>
[JsonConverter(typeof(CamelCaseEnum<LimitStatus>))]
public enum LimitStatus
{
    /// <summary>The limit is to be met by its due day.</summary>
    Open,

    /// <summary>Met.</summary>
    Met,

    /// <summary>The limit was met late.</summary>
    MetLate,

    /// <summary>The limit was not met by its due day.</summary>
    Missed,

    /// <summary>
    /// The limit need no longer be met: the case has made it unnecessary, or a period given to others has ended.
    /// </summary>
    Fallen,

    /// <summary>
    /// A period given to others, or a planning date, that has not passed; the council has nothing to do to meet it.
    /// </summary>
    Runs,

    /// <summary>
    /// The limits of an order, an agreement or a concession replaced this limit before it was met or missed.
    /// </summary>
    Superseded,
}

/// <summary>The stage of an assessment.</summary>
[JsonConverter(typeof(CamelCaseEnum<Stage>))]
public enum Stage
{
    /// <summary>
    /// The request was received, or the council became responsible; whether to assess is undecided.
    /// </summary>
    Considering,

    /// <summary>The assessment is carried out: advice is sought and received.</summary>
    Assessing,

    /// <summary>The council has decided to issue a plan; the plan is being drafted.</summary>
    Drafting,

    /// <summary>
    /// The draft was sent to the family; representations, consultation of institutions and agreement to section G follow.
    /// </summary>
    Consulting,

    /// <summary>The plan is finalised but not yet sent to everybody who must receive it.</summary>
    Finalising,

    /// <summary>Ended: the final plan was sent to the family, the institution and the ICB.</summary>
    PlanIssued,

    /// <summary>Ended: the council refused to assess.</summary>
    RefusedToAssess,

    /// <summary>Ended: the child was assessed and no plan is necessary.</summary>
    NoPlan,

    /// <summary>Ended: the family withdrew the request.</summary>
    Withdrawn,

    /// <summary>Ended here: the family moved and another council is responsible.</summary>
    Moved,
}

/// <summary>The subject of a notice.</summary>
[JsonConverter(typeof(CamelCaseEnum<NoticeKind>))]
public enum NoticeKind
{
    /// <summary>An assessment is being considered, reg 4(2).</summary>
    AssessmentConsidered,

    /// <summary>The council will assess, reg 5(1)-(2).</summary>
    WillAssess,

    /// <summary>The council will not assess, reg 5(3). The notice explains the right of appeal, mediation and advice.</summary>
    WillNotAssess,

    /// <summary>No plan is necessary, reg 10. The notice explains the right of appeal, mediation and advice.</summary>
    NoPlan,

    /// <summary>The draft plan, with the right to make representations, reg 13(1).</summary>
    DraftPlan,

    /// <summary>The finalised plan, reg 14; the family's copy explains the right of appeal, mediation and advice.</summary>
    FinalPlan,

    /// <summary>An exception applies, and why, Code 9.43.</summary>
    ExceptionApplies,

    /// <summary>The council will re-assess, reg 25(1).</summary>
    WillReassess,

    /// <summary>
    /// The plan is unchanged after a re-assessment, reg 27; the notice explains the right of appeal, mediation and advice.
    /// </summary>
    NoChange,

    /// <summary>The amended or replaced plan; the family's copy explains the right of appeal, mediation and advice.</summary>
    AmendedPlan,

    /// <summary>The plan is unchanged after a review. The notice explains the right of appeal, mediation and advice.</summary>
    PlanKeptAfterReview,

    /// <summary>
    /// The plan will be amended after a review. The notice contains the proposed amendments and explains the right to make representations.
    /// </summary>
    PlanToBeAmended,

    /// <summary>The plan is no longer maintained. The notice explains the right of appeal, mediation and advice.</summary>
    PlanCeases,

    /// <summary>The council considers ceasing to maintain the plan and asks for views, reg 31(1).</summary>
    CeasingConsidered,

    /// <summary>
    /// Amendments are proposed without a review, or proposed again, reg 28. The notice explains the right to make representations.
    /// </summary>
    AmendmentProposed,

    /// <summary>The plan is not amended after all, reg 22(4). The notice explains the right of appeal, mediation and advice.</summary>
    NotAmendedAfterAll,

    /// <summary>The request for an assessment was received.</summary>
    RequestAcknowledged,

    /// <summary>Missing information is asked for.</summary>
    InformationAsked,

    /// <summary>The family is asked for its views.</summary>
    RepresentationsAsked,

    /// <summary>The family is invited to a meeting.</summary>
    MeetingInvited,

    /// <summary>An institution is consulted.</summary>
    InstitutionConsulted,

    /// <summary>Invitation to a review meeting.</summary>
    ReviewInvited,

    /// <summary>Notice to the young person that the rights in law are now theirs.</summary>
    RightsAreYours,

    /// <summary>Notice to a parent that the rights have passed to the young person.</summary>
    RightsPassedOn,

    /// <summary>The council will not re-assess, reg 25. The notice explains the right of appeal, mediation and advice.</summary>
    WillNotReassess,

    /// <summary>Before a phase transfer, the family is asked which institution it prefers.</summary>
    PreferenceAsked,

    /// <summary>The plan came from another council, reg 15(4).</summary>
    TransferTold,

    /// <summary>Notice to a new ICB, with the plan, reg 16.</summary>
    IcbChanged,

    /// <summary>A line of provision is included in the personal budget.</summary>
    BudgetAgreed,

    /// <summary>A line of provision is refused for the personal budget.</summary>
    BudgetRefused,

    /// <summary>The personal budget changes.</summary>
    BudgetChanged,

    /// <summary>The answer on the personal budget.</summary>
    BudgetAnswered,

    /// <summary>The plan is kept during detention.</summary>
    PlanKeptInDetention,

    /// <summary>The plan is maintained again after release.</summary>
    PlanAfterRelease,

    /// <summary>A list of schools prepared for the child.</summary>
    SchoolListShared,
}

/// <summary>The role in which somebody receives a notice.</summary>
[JsonConverter(typeof(CamelCaseEnum<RecipientRole>))]
public enum RecipientRole
{
    /// <summary>The child's parent or the young person.</summary>
    Family,

    /// <summary>The responsible commissioning body.</summary>
    Icb,

    /// <summary>The council's officers for social services.</summary>
    SocialCare,

    /// <summary>The head, principal or manager of the place attended.</summary>
    Setting,

    /// <summary>The institution named in section I.</summary>
    NamedInstitution,

    /// <summary>The person in charge of the youth accommodation.</summary>
    PersonInCharge,

    /// <summary>The detained person's health services commissioner.</summary>
    HealthServicesCommissioner,

    /// <summary>The youth offending team.</summary>
    YouthOffendingTeam,
}

/// <summary>
/// How a notice was sent. Education Act 1996 s572: delivered, left at the address, or posted; by e-mail only where
/// agreed.
/// </summary>
[JsonConverter(typeof(CamelCaseEnum<NoticeChannel>))]
public enum NoticeChannel
{
    /// <summary>The hub sent the notice electronically.</summary>
    Electronic,

    /// <summary>The notice was sent by post.</summary>
    Post,

    /// <summary>By hand, or left at the usual address.</summary>
    ByHand,

    /// <summary>From the earlier system.</summary>
    EarlierSystem,
}

/// <summary>How an effect ended.</summary>
[JsonConverter(typeof(CamelCaseEnum<EffectOutcome>))]
public enum EffectOutcome
{
    /// <summary>The effect was carried out.</summary>
    Done,

    /// <summary>The same effect would fail every time.</summary>
    Permanent,

    /// <summary>The effect cannot be carried out until an operator has corrected something.</summary>
    NeedsHuman,

    /// <summary>
    /// Nothing was sent, because no channel is set up; the effect has neither failed nor succeeded. An officer must send the content by
    /// other means.
    /// </summary>
    NoChannel,
}
