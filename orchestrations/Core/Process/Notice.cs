using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>How a notice was sent. Education Act 1996 s572: delivered, left at the address, or posted; by e-mail only where agreed.</summary>
public enum NoticeChannel
{
    /// <summary>By the hub's own electronic means.</summary>
    Electronic,

    /// <summary>By post.</summary>
    Post,

    /// <summary>Handed over, or left at the usual address.</summary>
    ByHand,
}

/// <summary>What a notice is about.</summary>
public enum NoticeKind
{
    /// <summary>An assessment is being considered, reg 4(2).</summary>
    AssessmentConsidered,

    /// <summary>The council will assess, reg 5(1)-(2).</summary>
    WillAssess,

    /// <summary>The council will not assess, reg 5(3): with appeal right, mediation and advice.</summary>
    WillNotAssess,

    /// <summary>No plan is necessary, reg 10: with appeal right, mediation and advice.</summary>
    NoPlan,

    /// <summary>The draft plan, with the right to make representations, reg 13(1).</summary>
    DraftPlan,

    /// <summary>The finalised plan; for the family with appeal right, mediation and advice, reg 14.</summary>
    FinalPlan,

    /// <summary>An exception applies and why, Code 9.43.</summary>
    ExceptionApplies,

    /// <summary>The council will re-assess, reg 25(1).</summary>
    WillReassess,

    /// <summary>After a re-assessment the plan stays as it is, reg 27: with appeal right, mediation and advice.</summary>
    NoChange,

    /// <summary>The amended or replaced plan; for the family with appeal right, mediation and advice.</summary>
    AmendedPlan,

    /// <summary>After a review the plan stays as it is: with appeal right, mediation and advice.</summary>
    PlanKeptAfterReview,

    /// <summary>After a review the plan is amended: the proposed amendments, with the right to make representations, reg 22(2).</summary>
    PlanToBeAmended,

    /// <summary>The plan is no longer maintained, reg 31(2): with appeal right, mediation and advice.</summary>
    PlanCeases,

    /// <summary>The council considers ceasing to maintain the plan and asks for views, reg 31(1).</summary>
    CeasingConsidered,

    /// <summary>Amendments are proposed without a review, or proposed again, reg 28: with the right to make representations.</summary>
    AmendmentProposed,

    /// <summary>The plan is not amended after all, reg 22(4): with appeal right, mediation and advice.</summary>
    NotAmendedAfterAll,

    /// <summary>The request has arrived: what happens next, and the last day of the decision.</summary>
    RequestAcknowledged,

    /// <summary>Something is missing, and the family is asked for it.</summary>
    InformationAsked,

    /// <summary>The family is asked for its views and its evidence before a decision, CFA 2014 s36(4).</summary>
    RepresentationsAsked,

    /// <summary>The family is invited to a meeting.</summary>
    MeetingInvited,

    /// <summary>An institution is consulted, CFA 2014 ss39(2), 40(3).</summary>
    InstitutionConsulted,

    /// <summary>The council holds a review meeting and invites to it, regs 20(3), 21(3).</summary>
    ReviewInvited,

    /// <summary>To the young person: the rights are theirs now, CFA 2014 s83(2).</summary>
    RightsAreYours,

    /// <summary>To a parent: the rights have passed to the young person, CFA 2014 s83(2).</summary>
    RightsPassedOn,

    /// <summary>The council will not re-assess, reg 25: with appeal right, mediation and advice.</summary>
    WillNotReassess,

    /// <summary>Before a transfer of phase the family is asked which institution it prefers.</summary>
    PreferenceAsked,

    /// <summary>The plan was transferred from another council, and what follows, reg 15(4).</summary>
    TransferTold,

    /// <summary>To an ICB that has become responsible, with the plan, reg 16.</summary>
    IcbChanged,

    /// <summary>A line of provision is in the personal budget: who receives what, for which provision, from when, SI 2014/1652 reg 8(2).</summary>
    BudgetAgreed,

    /// <summary>A line of provision is refused for the personal budget, with reasons and the right to a review, SI 2014/1652 reg 7.</summary>
    BudgetRefused,

    /// <summary>More, less or nothing is paid for a line of the personal budget, SI 2014/1652 regs 12 and 14.</summary>
    BudgetChanged,

    /// <summary>A decision on the personal budget was looked at again, SI 2014/1652 regs 7, 12 and 14.</summary>
    BudgetAnswered,

    /// <summary>The plan is kept while its child or young person is detained, CFA 2014 s74; it goes with the letter.</summary>
    PlanKeptInDetention,

    /// <summary>After a release the plan is maintained again and will be reviewed, CFA 2014 s48.</summary>
    PlanAfterRelease,

    /// <summary>A list of schools and colleges that was made for the child.</summary>
    SchoolListShared,
}

/// <summary>Questions about a kind of notice.</summary>
public static class NoticeKinds
{
    /// <summary>
    /// Whether an officer writes it, sends it and records the day, because the hub writes no letter for it. This applies only to an amended
    /// plan that was not prepared here.
    /// </summary>
    public static bool IsWrittenByHand(this Notice notice) => notice is { Kind: NoticeKind.AmendedPlan, PlanVersion: null };

    /// <summary>Whether the family can appeal against the decision in it (CFA 2014 s51).</summary>
    public static bool IsAppealable(this NoticeKind kind) => kind is NoticeKind.WillNotAssess or NoticeKind.NoPlan or NoticeKind.FinalPlan || kind.IsAppealableLater();

    /// <summary>Whether it comes after a final plan and can be appealed: each such notice starts a new time to appeal.</summary>
    internal static bool IsAppealableLater(this NoticeKind kind) => kind is NoticeKind.PlanKeptAfterReview or NoticeKind.PlanCeases
        or NoticeKind.NoChange or NoticeKind.AmendedPlan or NoticeKind.NotAmendedAfterAll or NoticeKind.WillNotReassess;

    /// <summary>Whether it contains proposals on which the family may make representations (regs 13(1), 22(2)).</summary>
    public static bool AsksForRepresentations(this NoticeKind kind) => kind is NoticeKind.DraftPlan or NoticeKind.PlanToBeAmended or NoticeKind.AmendmentProposed;
}

/// <summary>The role in which somebody is notified.</summary>
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

    /// <summary>The person in charge of the youth accommodation in which somebody is detained.</summary>
    PersonInCharge,

    /// <summary>The detained person's health services commissioner.</summary>
    HealthServicesCommissioner,

    /// <summary>The youth offending team responsible for the detained person.</summary>
    YouthOffendingTeam,
}

/// <summary>One notice to one recipient.</summary>
public sealed record Notice
{
    /// <summary>Unique within the assessment and readable: <c>draftPlan-2-family</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>Who is notified.</summary>
    public required RecipientRole To { get; init; }

    /// <summary>The agency that is notified; null for the family.</summary>
    public Agency? Agency { get; init; }

    /// <summary>The person that it is for, if the family has several; null means the family's first contact.</summary>
    public string? Person { get; init; }

    /// <summary>The version of the plan that is sent with it.</summary>
    public int? PlanVersion { get; init; }

    /// <summary>The exception that it is about.</summary>
    public string? ExceptionId { get; init; }

    /// <summary>How often it was sent and did not arrive; null for never. Only a recorded sending counts.</summary>
    public int? NotArrived { get; init; }

    /// <summary>Which of several decisions of the same kind it is about: 2 for the second; null for the first.</summary>
    public int? Occasion { get; init; }

    /// <summary>Day on which it became due; it cannot have been sent before. Null on notices planned before this was recorded.</summary>
    public DateOnly? PlannedOn { get; init; }

    /// <summary>Day it was sent.</summary>
    public DateOnly? SentOn { get; init; }

    /// <summary>Day it was served; the family's 15 days run from it.</summary>
    public DateOnly? ServedOn { get; init; }

    /// <summary>How it was sent.</summary>
    public NoticeChannel? Channel { get; init; }

    /// <summary>Reference under which the hub sent it; null where an officer sent it.</summary>
    public string? Sending { get; init; }

    /// <summary>Hash of the letter that was sent, hexadecimal; null where the hub does not know it.</summary>
    public string? Letter { get; init; }

    /// <summary>Day of delivery, as its channel reports it.</summary>
    public DateOnly? DeliveredOn { get; init; }

    /// <summary>Earlier sendings that failed; null where there were none.</summary>
    public IReadOnlyList<NoticeSetback>? Setbacks { get; init; }

    /// <summary>How often its reader's link was revoked; null for never.</summary>
    public int? LinkRevocations { get; init; }

    /// <summary>What is asked for, or what the meeting is about, in the officer's words; null where the case itself tells it.</summary>
    public string? Asks { get; init; }

    /// <summary>The day by which an answer is asked for, or of the meeting.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Time and place of the meeting.</summary>
    public string? Place { get; init; }
}

/// <summary>One sending of a notice that failed.</summary>
/// <param name="SentOn">Day on which it was sent.</param>
/// <param name="On">Day on which it failed or was returned.</param>
/// <param name="Returned">It came back.</param>
/// <param name="Evidence">The evidence.</param>
public sealed record NoticeSetback(DateOnly? SentOn, DateOnly On, bool Returned, string Evidence);
