using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>How a notice was sent. Under Education Act 1996 s572 it can be delivered, left at the address or posted, or e-mailed if
/// that was agreed.</summary>
public enum NoticeChannel
{
    /// <summary>Sent electronically by the hub.</summary>
    Electronic,

    /// <summary>By post.</summary>
    Post,

    /// <summary>Handed to the recipient, or left at the usual address.</summary>
    ByHand,

    /// <summary>Sent from the earlier system before the case was taken over; how is not known.</summary>
    EarlierSystem,
}

/// <summary>What a notice is about.</summary>
public enum NoticeKind
{
    /// <summary>An assessment is being considered, reg 4(2).</summary>
    AssessmentConsidered,

    /// <summary>The council will assess, reg 5(1)-(2).</summary>
    WillAssess,

    /// <summary>
    /// The council will not assess (reg 5(3)). The notice gives the right of appeal and information about mediation and advice.
    /// </summary>
    WillNotAssess,

    /// <summary>No plan is necessary (reg 10). The notice gives the right of appeal and information about mediation and advice.</summary>
    NoPlan,

    /// <summary>The draft plan, with the right to make representations, reg 13(1).</summary>
    DraftPlan,

    /// <summary>
    /// The finalised plan (reg 14). The family's notice gives the right of appeal and information about mediation and advice.
    /// </summary>
    FinalPlan,

    /// <summary>An exception applies; the notice gives the reasons (Code 9.43).</summary>
    ExceptionApplies,

    /// <summary>The council will re-assess, reg 25(1).</summary>
    WillReassess,

    /// <summary>
    /// The plan stays unchanged after a re-assessment (reg 27). The notice gives the right of appeal and information about mediation and
    /// advice.
    /// </summary>
    NoChange,

    /// <summary>
    /// The amended or replaced plan. The family's notice gives the right of appeal and information about mediation and advice.
    /// </summary>
    AmendedPlan,

    /// <summary>
    /// The plan stays unchanged after a review. The notice gives the right of appeal and information about mediation and advice.
    /// </summary>
    PlanKeptAfterReview,

    /// <summary>The proposed amendments after a review, with the right to make representations, reg 22(2).</summary>
    PlanToBeAmended,

    /// <summary>
    /// The plan is no longer maintained (reg 31(2)). The notice gives the right of appeal and information about mediation and advice.
    /// </summary>
    PlanCeases,

    /// <summary>The council considers ceasing to maintain the plan and asks for views, reg 31(1).</summary>
    CeasingConsidered,

    /// <summary>
    /// Amendments are proposed without a review, or proposed again (reg 28). The notice gives the right to make representations.
    /// </summary>
    AmendmentProposed,

    /// <summary>
    /// The plan is not amended after all (reg 22(4)). The notice gives the right of appeal and information about mediation and advice.
    /// </summary>
    NotAmendedAfterAll,

    /// <summary>The council has received the request. The notice states what happens next, and the last day for the decision.</summary>
    RequestAcknowledged,

    /// <summary>The family is asked for missing information.</summary>
    InformationAsked,

    /// <summary>The family is asked for its views and its evidence before a decision, CFA 2014 s36(4).</summary>
    RepresentationsAsked,

    /// <summary>The family is invited to a meeting.</summary>
    MeetingInvited,

    /// <summary>An institution is consulted, CFA 2014 ss39(2), 40(3).</summary>
    InstitutionConsulted,

    /// <summary>An invitation to a review meeting that the council holds, regs 20(3), 21(3).</summary>
    ReviewInvited,

    /// <summary>Tells the young person that the rights have passed from the parent, CFA 2014 s83(2).</summary>
    RightsAreYours,

    /// <summary>Tells a parent that the rights have passed to the young person, CFA 2014 s83(2).</summary>
    RightsPassedOn,

    /// <summary>
    /// The council will not re-assess (reg 25). The notice gives the right of appeal and information about mediation and advice.
    /// </summary>
    WillNotReassess,

    /// <summary>The family is asked which institution it prefers after a phase transfer.</summary>
    PreferenceAsked,

    /// <summary>The plan was transferred from another council. The notice states what happens next (reg 15(4)).</summary>
    TransferTold,

    /// <summary>A notice that is sent, with the plan, to an ICB that has become responsible (reg 16).</summary>
    IcbChanged,

    /// <summary>A line of provision is agreed for the personal budget: who receives how much, for which provision and from when, SI 2014/1652
    /// reg 8(2).</summary>
    BudgetAgreed,

    /// <summary>A line of provision is refused for the personal budget, with reasons and the right to a review, SI 2014/1652 reg 7.</summary>
    BudgetRefused,

    /// <summary>The amount paid for a line of the personal budget goes up, goes down or ends, SI 2014/1652 regs 12 and 14.</summary>
    BudgetChanged,

    /// <summary>The result of the review of a decision on the personal budget, SI 2014/1652 regs 7, 12 and 14.</summary>
    BudgetAnswered,

    /// <summary>The plan is kept while the child or young person is detained, CFA 2014 s74; the plan is sent with the notice.</summary>
    PlanKeptInDetention,

    /// <summary>The council maintains the plan again after a release and will review it (CFA 2014 s48).</summary>
    PlanAfterRelease,

    /// <summary>A list of schools and colleges that was made for the child.</summary>
    SchoolListShared,
}

/// <summary>The properties of each kind of notice.</summary>
public static class NoticeKinds
{
    /// <summary>
    /// Whether an officer writes and sends the notice and records the day, because the hub does not write a letter for it. A notice that an
    /// officer writes is always about an amended plan that was not prepared in the hub.
    /// </summary>
    public static bool IsWrittenByHand(this Notice notice) => notice is { Kind: NoticeKind.AmendedPlan, PlanVersion: null };

    /// <summary>Whether the family can appeal against the decision in a notice of this kind (CFA 2014 s51).</summary>
    public static bool IsAppealable(this NoticeKind kind) => kind is NoticeKind.WillNotAssess or NoticeKind.NoPlan or NoticeKind.FinalPlan || kind.IsAppealableLater();

    /// <summary>
    /// Whether a notice of this kind is sent after a final plan and the family can appeal against its decision. Each such notice starts a
    /// new period for appealing.
    /// </summary>
    internal static bool IsAppealableLater(this NoticeKind kind) => kind is NoticeKind.PlanKeptAfterReview or NoticeKind.PlanCeases
        or NoticeKind.NoChange or NoticeKind.AmendedPlan or NoticeKind.NotAmendedAfterAll or NoticeKind.WillNotReassess;

    /// <summary>Whether a notice of this kind contains proposals on which the family can make representations (regs 13(1), 22(2)).</summary>
    public static bool AsksForRepresentations(this NoticeKind kind) => kind is NoticeKind.DraftPlan or NoticeKind.PlanToBeAmended or NoticeKind.AmendmentProposed;
}

/// <summary>The role of the recipient of a notice.</summary>
public enum RecipientRole
{
    /// <summary>The child's parent or the young person.</summary>
    Family,

    /// <summary>The responsible commissioning body.</summary>
    Icb,

    /// <summary>The council's officers for social services.</summary>
    SocialCare,

    /// <summary>The head teacher, principal or manager of the place that the child attends.</summary>
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
    /// <summary>The id of the notice, unique within the assessment and readable, for example <c>draftPlan-2-family</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of notice.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>The recipient's role.</summary>
    public required RecipientRole To { get; init; }

    /// <summary>The agency that is notified; null for the family.</summary>
    public Agency? Agency { get; init; }

    /// <summary>The family member whom the notice is for; null means the family's first contact.</summary>
    public string? Person { get; init; }

    /// <summary>The version of the plan that is sent with the notice.</summary>
    public int? PlanVersion { get; init; }

    /// <summary>The id of the exception that the notice is about.</summary>
    public string? ExceptionId { get; init; }

    /// <summary>The number of times that the notice was sent but did not arrive; null if never. Only recorded attempts are
    /// included.</summary>
    public int? NotArrived { get; init; }

    /// <summary>
    /// The number of the decision that the notice is about, if there are several of its kind: 2 for the second; null for the first.
    /// </summary>
    public int? Occasion { get; init; }

    /// <summary>
    /// The day on which the notice became due, before which it cannot have been sent; null for notices that earlier versions of the hub
    /// planned.
    /// </summary>
    public DateOnly? PlannedOn { get; init; }

    /// <summary>The day on which the notice was sent.</summary>
    public DateOnly? SentOn { get; init; }

    /// <summary>The day on which the notice was served, from which the family's 15 days run.</summary>
    public DateOnly? ServedOn { get; init; }

    /// <summary>The channel by which the notice was sent.</summary>
    public NoticeChannel? Channel { get; init; }

    /// <summary>The reference with which the hub sent the notice; null if an officer sent it.</summary>
    public string? Sending { get; init; }

    /// <summary>The hash of the letter that was sent, in hexadecimal; null if the hub does not know it.</summary>
    public string? Letter { get; init; }

    /// <summary>The day of delivery, as reported by the channel.</summary>
    public DateOnly? DeliveredOn { get; init; }

    /// <summary>Earlier failed attempts to send the notice; null if there were none.</summary>
    public IReadOnlyList<NoticeDeliveryProblem>? Setbacks { get; init; }

    /// <summary>The id of the notice to a former recipient that this notice was planned in place of; null for any other notice.</summary>
    public string? InPlaceOf { get; init; }

    /// <summary>The day from which the notice was no longer due, because another recipient took the recipient's place, the recipient no
    /// longer takes part, the request was withdrawn, or the record for which the notice was due was a mistake; null for any other notice. Such a notice is on record as sent only if its sending was under way on that day.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>True if the notice ended because the request was withdrawn; otherwise null.</summary>
    public bool? EndedByWithdrawal { get; init; }

    /// <summary>The number of times that the recipient's link was revoked; null if never.</summary>
    public int? LinkRevocations { get; init; }

    /// <summary>True if the notice was sent to a former first contact of the family, so that the present one cannot read it; otherwise
    /// null.</summary>
    public bool? ToFormerContact { get; init; }

    /// <summary>
    /// What the notice asks for, or what the meeting is about, as the officer wrote it; null if the case itself shows it.
    /// </summary>
    public string? Asks { get; init; }

    /// <summary>The day by which an answer is requested, or the day of the meeting.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The time and place of the meeting.</summary>
    public string? Place { get; init; }
}

/// <summary>A failed attempt to send a notice.</summary>
/// <param name="SentOn">The day on which the notice was sent.</param>
/// <param name="On">The day on which the attempt failed or the notice was returned.</param>
/// <param name="Returned">Whether the notice was returned to the council.</param>
/// <param name="Evidence">The evidence of the failure or return.</param>
public sealed record NoticeDeliveryProblem(DateOnly? SentOn, DateOnly On, bool Returned, string Evidence);
