using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Everything decided and known about one assessment: the sum of its events, and nothing else.</summary>
/// <remarks>Lists are never null: the generated reader sets what a stored state does not name yet to null, and that means empty here.</remarks>
public sealed record AssessmentState
{
    /// <summary>The assessment.</summary>
    public required AssessmentId Id { get; init; }

    /// <summary>Number of events behind this state; 0 before it was opened.</summary>
    public long Version { get; init; }

    /// <summary>Where it stands; meaningless while <see cref="Version"/> is 0.</summary>
    public Stage Stage { get; init; }

    /// <summary>What was told at the opening, with later corrections. Null before it.</summary>
    public OpeningFacts? Facts { get; init; }

    /// <summary>Officer who holds the case.</summary>
    public string? CaseOfficer { get; init; }

    /// <summary>The family's single contact.</summary>
    public string? KeyWorker { get; init; }

    /// <summary>Day the family was consulted on the request.</summary>
    public DateOnly? ConsultedOn { get; init; }

    /// <summary>Day and reasons of the decision whether to assess.</summary>
    public MadeDecision? AssessDecision { get; init; }

    /// <summary>Day and reasons of the decision whether to issue a plan.</summary>
    public MadeDecision? PlanDecision { get; init; }

    /// <summary>Every notice that is due or was sent.</summary>
    public IReadOnlyList<Notice> Notices { get; init => field = value ?? []; } = [];

    /// <summary>Who is asked for which advice.</summary>
    public IReadOnlyList<NamedAdviser> Advisers { get; init => field = value ?? []; } = [];

    /// <summary>Requests for advice.</summary>
    public IReadOnlyList<AdviceRequest> Requests { get; init => field = value ?? []; } = [];

    /// <summary>Advice received, and existing advice relied on.</summary>
    public IReadOnlyList<ReceivedAdvice> Advice { get; init => field = value ?? []; } = [];

    /// <summary>Existing advice that was put forward.</summary>
    public IReadOnlyList<ExistingAdvice> Existing { get; init => field = value ?? []; } = [];

    /// <summary>Representations and evidence of the family.</summary>
    public IReadOnlyList<RecordFamilyEvidence> FamilyEvidence { get; init => field = value ?? []; } = [];

    /// <summary>Advisers that the family asked for.</summary>
    public IReadOnlyList<AdviserWish> Wishes { get; init => field = value ?? []; } = [];

    /// <summary>Exceptions claimed.</summary>
    public IReadOnlyList<ClaimedException> Exceptions { get; init => field = value ?? []; } = [];

    /// <summary>Limits that passed unmet.</summary>
    public IReadOnlyList<string> MissedLimits { get; init => field = value ?? []; } = [];

    /// <summary>Changes to plan lines by persons, in order.</summary>
    public IReadOnlyList<Plans.PlanEdit> Edits { get; init => field = value ?? []; } = [];

    /// <summary>Findings on the plan that an officer lets stand.</summary>
    public IReadOnlyList<Plans.FindingAccepted> AcceptedFindings { get; init => field = value ?? []; } = [];

    /// <summary>Versions of the plan, in order.</summary>
    public IReadOnlyList<PlanVersion> Plans { get; init => field = value ?? []; } = [];

    /// <summary>The newest version in full.</summary>
    public PlanDocument? NewestPlan { get; init; }

    /// <summary>Representations of the family.</summary>
    public IReadOnlyList<Representation> Representations { get; init => field = value ?? []; } = [];

    /// <summary>Day on which the family asked for a meeting.</summary>
    public DateOnly? MeetingAskedOn { get; init; }

    /// <summary>Day on which it was held.</summary>
    public DateOnly? MeetingHeldOn { get; init; }

    /// <summary>Institutions consulted.</summary>
    public IReadOnlyList<ConsultedInstitution> Institutions { get; init => field = value ?? []; } = [];

    /// <summary>The ICB's answer on section G; it speaks of one version.</summary>
    public IcbAnswered? IcbAnswer { get; init; }

    /// <summary>Day on which a personal budget was asked for.</summary>
    public DateOnly? BudgetAskedOn { get; init; }

    /// <summary>How it was settled.</summary>
    public SettlePersonalBudget? Budget { get; init; }

    /// <summary>The placement for section I.</summary>
    public PlacementNamed? Placement { get; init; }

    /// <summary>Day on which the last of the three recipients was sent the final plan.</summary>
    public DateOnly? FinalPlanSentOn { get; init; }

    /// <summary>Day on which the assessment ended without a plan.</summary>
    public DateOnly? EndedOn { get; init; }

    /// <summary>Steps of mediation, in order.</summary>
    public IReadOnlyList<MediationNoted> Mediation { get; init => field = value ?? []; } = [];

    /// <summary>Steps of an appeal, in order.</summary>
    public IReadOnlyList<AppealNoted> Appeal { get; init => field = value ?? []; } = [];

    /// <summary>What a person must look at.</summary>
    public IReadOnlyList<Attention> Attention { get; init => field = value ?? []; } = [];

    /// <summary>Effects that failed for good and that nobody has dealt with.</summary>
    public IReadOnlyList<FailedEffect> FailedEffects { get; init; } = [];

    /// <summary>Last day on which nobody is chased; null when chasing was not paused.</summary>
    public DateOnly? ChasingPausedUntil { get; init; }

    /// <summary>Links given to the family.</summary>
    public IReadOnlyList<FamilyLink> FamilyLinks { get; init; } = [];

    /// <summary>The state before anything has happened.</summary>
    public static AssessmentState None(AssessmentId id) => new() { Id = id };
}

/// <summary>A decision of the council.</summary>
/// <param name="Yes">To assess; to issue a plan.</param>
/// <param name="On">Day.</param>
/// <param name="Reasons">Reasons.</param>
public sealed record MadeDecision(bool Yes, DateOnly On, string Reasons);

/// <summary>What a notice tells.</summary>
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
}

/// <summary>In which capacity somebody is told.</summary>
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
}

/// <summary>One notice to one recipient: a limit is met by sending to all who must be told, never by deciding.</summary>
public sealed record Notice
{
    /// <summary>Unique within the assessment and readable: <c>draftPlan-2-family</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What it tells.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>Who is told.</summary>
    public required RecipientRole To { get; init; }

    /// <summary>The agency told; null for the family.</summary>
    public Agency? Agency { get; init; }

    /// <summary>The version of the plan that goes with it.</summary>
    public int? PlanVersion { get; init; }

    /// <summary>The exception that it tells of.</summary>
    public string? ExceptionId { get; init; }

    /// <summary>Day it was sent.</summary>
    public DateOnly? SentOn { get; init; }

    /// <summary>Day it was served; the family's 15 days run from it.</summary>
    public DateOnly? ServedOn { get; init; }

    /// <summary>How it went.</summary>
    public NoticeChannel? Channel { get; init; }
}

/// <summary>An adviser that the family asked for, reg 6(1)(h).</summary>
/// <param name="Id">Id chosen by the sender.</param>
/// <param name="Agency">The person or service.</param>
/// <param name="Reason">Why the family asks.</param>
/// <param name="Asked">True: is asked. False: was refused, with <paramref name="Answer"/>. Null: not answered yet.</param>
/// <param name="Answer">The recorded reason.</param>
public sealed record AdviserWish(string Id, Agency Agency, string Reason, bool? Asked = null, string? Answer = null);

/// <summary>An exception that was claimed.</summary>
public sealed record ClaimedException
{
    /// <summary>Unique within the assessment.</summary>
    public required string Id { get; init; }

    /// <summary>The ground.</summary>
    public required Ground Ground { get; init; }

    /// <summary>First day, inclusive.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day, inclusive.</summary>
    public required DateOnly To { get; init; }

    /// <summary>What it rests on.</summary>
    public required string Evidence { get; init; }

    /// <summary>The causal test.</summary>
    public required string WhyImpractical { get; init; }

    /// <summary>Day it was claimed.</summary>
    public required DateOnly ClaimedOn { get; init; }

    /// <summary>Who decided.</summary>
    public required string ClaimedBy { get; init; }

    /// <summary>It was taken back and relieves nothing.</summary>
    public bool TakenBack { get; init; }
}

/// <summary>One version of the plan.</summary>
/// <param name="Version">1, 2, 3 ...</param>
/// <param name="Kind">Draft or final.</param>
/// <param name="PreparedOn">Day it was put together.</param>
/// <param name="ContentHash">SHA-256 of its canonical JSON.</param>
/// <param name="KeptAt">Name under which it is kept; null until it is.</param>
/// <param name="ManifestHash">Hash of its entry in the manifest of kept versions.</param>
public sealed record PlanVersion(int Version, PlanKind Kind, DateOnly PreparedOn, string ContentHash, string? KeptAt = null, string? ManifestHash = null);

/// <summary>Representations of the family on a draft.</summary>
public sealed record Representation(int Version, DateOnly On, string Text, Agency? RequestedInstitution = null);

/// <summary>An institution that was consulted, and its answer.</summary>
public sealed record ConsultedInstitution(Agency Institution, DateOnly On, DateOnly? AnsweredOn = null, bool? CanMeetNeeds = null, string? Reasons = null);

/// <summary>Something that a person must look at.</summary>
/// <param name="Id">Unique within the assessment.</param>
/// <param name="Text">What is to be done, without personal data.</param>
/// <param name="Since">Day it arose.</param>
public sealed record Attention(string Id, string Text, DateOnly Since);

/// <summary>An effect that failed for good.</summary>
/// <param name="EffectId">Its id.</param>
/// <param name="Effect">What it was.</param>
/// <param name="End">How it ended.</param>
/// <param name="Detail">What went wrong, without personal data.</param>
/// <param name="On">Day it ended.</param>
public sealed record FailedEffect(string EffectId, Effect Effect, EffectEnd End, string? Detail, DateOnly On);

/// <summary>A link with which the family sees where its assessment stands.</summary>
/// <param name="Id">Unique within the assessment.</param>
/// <param name="IssuedOn">Day it was issued.</param>
/// <param name="ExpiresOn">Last day on which it opens.</param>
/// <param name="Revoked">It opens no more.</param>
public sealed record FamilyLink(string Id, DateOnly IssuedOn, DateOnly ExpiresOn, bool Revoked);
