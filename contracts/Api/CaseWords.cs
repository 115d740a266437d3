using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Contracts.Api;

/// <summary>How a limit of an assessment stands.</summary>
[JsonConverter(typeof(CamelCaseEnum<LimitStanding>))]
public enum LimitStanding
{
    /// <summary>To be met by its day.</summary>
    Open,

    /// <summary>Met.</summary>
    Met,

    /// <summary>Met after its day.</summary>
    MetLate,

    /// <summary>Not met by its day.</summary>
    Missed,

    /// <summary>
    /// It need not be met any more: the case has made it unnecessary, or a period given to others has ended.
    /// </summary>
    Fallen,

    /// <summary>
    /// A period given to others, or a date to plan by, that has not ended; nobody in the council meets it.
    /// </summary>
    Runs,

    /// <summary>
    /// The limits of an order, an agreement or a concession took its place before it was met or missed.
    /// </summary>
    Superseded,
}

/// <summary>The stage of an assessment.</summary>
[JsonConverter(typeof(CamelCaseEnum<Stage>))]
public enum Stage
{
    /// <summary>
    /// Request received, or the council became responsible; whether to assess is not decided.
    /// </summary>
    Considering,

    /// <summary>The assessment is carried out: advice is sought and received.</summary>
    Assessing,

    /// <summary>The council has decided to issue a plan; the plan is being drafted.</summary>
    Drafting,

    /// <summary>A draft was sent to the family; representations, institution, agreement to section G.</summary>
    Consulting,

    /// <summary>The plan is finalised but not yet sent to everybody who must have it.</summary>
    Finalising,

    /// <summary>Ended: the final plan was sent to the family, the institution and the ICB.</summary>
    PlanIssued,

    /// <summary>Ended: the council refused to assess.</summary>
    RefusedToAssess,

    /// <summary>Ended: assessed, and no plan is necessary.</summary>
    NoPlan,

    /// <summary>Ended: the family withdrew the request.</summary>
    Withdrawn,

    /// <summary>Ended here: the family moved, another council is responsible.</summary>
    Moved,
}

/// <summary>What a notice says.</summary>
[JsonConverter(typeof(CamelCaseEnum<NoticeKind>))]
public enum NoticeKind
{
    /// <summary>An assessment is being considered, reg 4(2).</summary>
    AssessmentConsidered,

    /// <summary>The council will assess, reg 5(1)-(2).</summary>
    WillAssess,

    /// <summary>The council will not assess, reg 5(3). With right of appeal, mediation and advice.</summary>
    WillNotAssess,

    /// <summary>No plan is necessary, reg 10. With right of appeal, mediation and advice.</summary>
    NoPlan,

    /// <summary>The draft plan, with the right to make representations, reg 13(1).</summary>
    DraftPlan,

    /// <summary>The finalised plan; for the family with right of appeal, mediation and advice, reg 14.</summary>
    FinalPlan,

    /// <summary>An exception applies and why, Code 9.43.</summary>
    ExceptionApplies,

    /// <summary>The council will re-assess, reg 25(1).</summary>
    WillReassess,

    /// <summary>
    /// After a re-assessment the plan stays as it is, reg 27: with right of appeal, mediation and advice.
    /// </summary>
    NoChange,

    /// <summary>The amended or replaced plan; for the family with right of appeal, mediation and advice.</summary>
    AmendedPlan,

    /// <summary>After a review the plan stays as it is. With right of appeal, mediation and advice.</summary>
    PlanKeptAfterReview,

    /// <summary>After a review the plan is amended. The proposed amendments, with the right to make representations.</summary>
    PlanToBeAmended,

    /// <summary>The plan is no longer maintained. With right of appeal, mediation and advice.</summary>
    PlanCeases,

    /// <summary>The council considers ceasing to maintain the plan and asks for views, reg 31(1).</summary>
    CeasingConsidered,

    /// <summary>Amendments are proposed without a review, or proposed again, reg 28. With the right to make representations.</summary>
    AmendmentProposed,

    /// <summary>The plan is not amended after all, reg 22(4). With right of appeal, mediation and advice.</summary>
    NotAmendedAfterAll,

    /// <summary>The request has arrived.</summary>
    RequestAcknowledged,

    /// <summary>Something is missing.</summary>
    InformationAsked,

    /// <summary>The family is asked for its views.</summary>
    RepresentationsAsked,

    /// <summary>The family is invited to a meeting.</summary>
    MeetingInvited,

    /// <summary>An institution is consulted.</summary>
    InstitutionConsulted,

    /// <summary>The council invites to a review meeting.</summary>
    ReviewInvited,

    /// <summary>To the young person: the rights are theirs now.</summary>
    RightsAreYours,

    /// <summary>To a parent: the rights have passed to the young person.</summary>
    RightsPassedOn,

    /// <summary>The council will not re-assess, reg 25. With right of appeal, mediation and advice.</summary>
    WillNotReassess,

    /// <summary>Before a transfer of phase: which institution the family prefers.</summary>
    PreferenceAsked,

    /// <summary>The plan came from another council, reg 15(4).</summary>
    TransferTold,

    /// <summary>To a new ICB, with the plan, reg 16.</summary>
    IcbChanged,

    /// <summary>A line of provision is in the personal budget.</summary>
    BudgetAgreed,

    /// <summary>A line of provision is refused for the personal budget.</summary>
    BudgetRefused,

    /// <summary>The personal budget changes.</summary>
    BudgetChanged,

    /// <summary>The answer on the personal budget.</summary>
    BudgetAnswered,

    /// <summary>The plan is kept during a detention.</summary>
    PlanKeptInDetention,

    /// <summary>The plan is maintained again after a release.</summary>
    PlanAfterRelease,

    /// <summary>A list of schools that was made for the child.</summary>
    SchoolListShared,
}

/// <summary>The role in which somebody is told.</summary>
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
    /// <summary>By the hub's own electronic means.</summary>
    Electronic,

    /// <summary>By post.</summary>
    Post,

    /// <summary>Handed over, or left at the usual address.</summary>
    ByHand,
}

/// <summary>How an effect ended.</summary>
[JsonConverter(typeof(CamelCaseEnum<EffectEnd>))]
public enum EffectEnd
{
    /// <summary>It happened.</summary>
    Done,

    /// <summary>It can never succeed in this way.</summary>
    Permanent,

    /// <summary>It can only happen after a person has put something right.</summary>
    NeedsHuman,

    /// <summary>
    /// Nothing was sent, because no channel is set up: neither a fault nor a success. A person does it by other means.
    /// </summary>
    NoChannel,
}
