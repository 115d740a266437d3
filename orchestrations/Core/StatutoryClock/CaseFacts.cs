using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>
/// The facts of a case on which limits depend. Days are local days in England (<see cref="LondonDate"/>), of the years
/// 2 to 9990. A fact that has not happened is null, and then its limits do not exist.
/// </summary>
public sealed record CaseFacts
{
    /// <summary>
    /// Day on which the request was received, or the council became responsible (CFA 2014 s24). 6, 16 and 20 weeks all run from it. Null
    /// where only limits after the plan are wanted.
    /// </summary>
    public DateOnly? Received { get; init; }

    /// <summary>The council decided not to assess.</summary>
    public bool Refused { get; init; }

    /// <summary>Day on which the family was sent that refusal.</summary>
    public DateOnly? RefusalNotified { get; init; }

    /// <summary>Requests for advice, in the order in which their limits are returned.</summary>
    public IReadOnlyList<AdviceFact> Advice { get; init; } = [];

    /// <summary>Exceptions that are claimed. <see cref="Clock"/> decides whether one relieves anything.</summary>
    public IReadOnlyList<ExceptionFact> Exceptions { get; init; } = [];

    /// <summary>Day on which the draft plan was served; the last one, if it was issued again.</summary>
    public DateOnly? DraftServed { get; init; }

    /// <summary>Institutions that were consulted.</summary>
    public IReadOnlyList<ConsultationFact> InstitutionsConsulted { get; init; } = [];

    /// <summary>Day on which the family was notified that no plan will be made.</summary>
    public DateOnly? NoPlanNotified { get; init; }

    /// <summary>Day on which the final plan and its notice were sent.</summary>
    public DateOnly? PlanIssued { get; init; }

    /// <summary>Events after a decision that the family disputes.</summary>
    public DisputeFacts Dispute { get; init; } = DisputeFacts.None;

    /// <summary>Reviews, transfers and moves.</summary>
    public PlanLifeFacts PlanLife { get; init; } = PlanLifeFacts.None;

    /// <summary>
    /// Whether the council withdrew its refusal on its own initiative, or conceded too late for reg 45: then the original limits are in
    /// force again, from the request (R (W) v Hertfordshire CC [2023] EWHC 3138 (Admin)).
    /// </summary>
    public bool FirstLimitsInForceAgain => Refused && (Dispute.RestoresFirstLimits || (AssessedAfterAll && !Dispute.Overturns(Remedy.Assess)));

    /// <summary>
    /// Whether the refusal was followed by a decision to assess, because the Tribunal referred the case back and the council decided
    /// differently. If no order or agreement requires it, the limits from the request are in force again, as after a refusal that was withdrawn.
    /// </summary>
    public bool AssessedAfterAll { get; init; }

    /// <summary>
    /// Whether the refusal to make a plan was overturned or withdrawn: then the original limits are shown again, in force or replaced by
    /// the new ones.
    /// </summary>
    public bool PlanRefusalOverturned { get; init; }

    /// <summary>Whether original limits that an order, an agreement or a concession has replaced are returned too, marked as replaced.</summary>
    public bool KeepsReplaced { get; init; }

    /// <summary>Whether an assessment is or was to be carried out under the original limits.</summary>
    internal bool AssessmentExpected => !Refused || FirstLimitsInForceAgain || (KeepsReplaced && !RefusalStands);

    /// <summary>Whether the refusal to assess is still in force, because nothing has overturned it.</summary>
    public bool RefusalStands => Refused && !AssessedAfterAll && !Dispute.RestoresFirstLimits && !Dispute.Overturns(Remedy.Assess);

    /// <summary>Day on which the family was sent the last decision on an issued plan that can be appealed: kept, ceased, amended, or not after all.</summary>
    public DateOnly? ReviewDecisionSent { get; init; }

    /// <summary>Day on which notice was sent of the latest decision that can be appealed (CFA 2014 s51).</summary>
    public DateOnly? AppealableNoticeSent => ReviewDecisionSent ?? FirstAppealableNoticeSent;

    /// <summary>Day on which notice was sent of the latest decision of the assessment that can be appealed.</summary>
    internal DateOnly? FirstAppealableNoticeSent =>
        RefusalStands ? RefusalNotified : PlanIssued ?? NoPlanNotified ?? (Refused && !FirstLimitsInForceAgain ? RefusalNotified : null);
}

/// <summary>One request for advice.</summary>
public sealed record AdviceFact
{
    /// <summary>Name of the request within the case; the limit is called <c>advice:</c> and this.</summary>
    public required string Key { get; init; }

    /// <summary>Kind of advice.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>Day on which the request was sent.</summary>
    public required DateOnly Requested { get; init; }

    /// <summary>Day on which it reached the body, from which its six weeks run (reg 8(1)).</summary>
    public DateOnly? ReceivedByBody { get; init; }

    /// <summary>
    /// Whether the adviser is a body bound by section 31 (NHS body, another council, youth offending team); for others the six weeks come
    /// from the Code.
    /// </summary>
    public bool IsSection31Body { get; init; } = true;
}

/// <summary>A claimed ground, with its first and last day, both inclusive.</summary>
/// <param name="Ground">The ground.</param>
/// <param name="From">First day; for a missed appointment its day.</param>
/// <param name="To">Last day, not before <paramref name="From"/>. Each claim is one continuous period; two are never joined.</param>
/// <param name="AdviceKey">For a closure or a missed appointment: only the request of this key. Null: any matching request.</param>
/// <param name="AdviceKind">For a missed appointment without a key: every request of this kind.</param>
public sealed record ExceptionFact(Ground Ground, DateOnly From, DateOnly To, string? AdviceKey = null, AdviceKind? AdviceKind = null);

/// <summary>One consultation of an institution.</summary>
/// <param name="Key">Name within the case, or null when there is only one; the limit is then just called <c>institutionResponse</c>.</param>
/// <param name="Sent">Day on which it was sent.</param>
public sealed record ConsultationFact(string? Key, DateOnly Sent);

/// <summary>An order, a mediation agreement or a concession.</summary>
/// <param name="Remedy">What it requires.</param>
/// <param name="On">Day on which the order was sent out, the agreement reached, the tribunal told.</param>
/// <param name="OtherDate">The date that the parties agreed in writing or the tribunal directed, instead of the one in the rules.</param>
/// <param name="InTime">
/// For a concession: the tribunal was told before the council's response was due or sent, so that reg 45 sets the limits. Otherwise it sets
/// no limits.
/// </param>
public sealed record RemedyFact(Remedy Remedy, DateOnly On, DateOnly? OtherDate = null, bool InTime = true);

/// <summary>Mediation and appeal.</summary>
public sealed record DisputeFacts
{
    /// <summary>Nothing is disputed.</summary>
    public static DisputeFacts None { get; } = new();

    /// <summary>The adviser was told that the family does not want mediation.</summary>
    public DateOnly? ToldNoMediation { get; init; }

    /// <summary>The family told the council that it wants mediation.</summary>
    public DateOnly? MediationRequested { get; init; }

    /// <summary>The family told the council of health issues to mediate.</summary>
    public DateOnly? HealthIssuesRaised { get; init; }

    /// <summary>The council told the integrated care board that mediation on health issues only is wanted.</summary>
    public DateOnly? BoardToldOfMediation { get; init; }

    /// <summary>The adviser was told that mediation could not be arranged in time.</summary>
    public DateOnly? ToldMediationNotArranged { get; init; }

    /// <summary>Mediation ended.</summary>
    public DateOnly? MediationEnded { get; init; }

    /// <summary>The certificate was issued.</summary>
    public DateOnly? CertificateIssued { get; init; }

    /// <summary>The mediation agreement.</summary>
    public IReadOnlyList<RemedyFact> Agreements { get; init; } = [];

    /// <summary>The tribunal sent the appeal to the council.</summary>
    public DateOnly? AppealSentToCouncil { get; init; }

    /// <summary>A date that the tribunal set for the notice of appeal, in place of the one in the rules (HESC Rules r12(4)).</summary>
    public DateOnly? AppealDaySetByTribunal { get; init; }

    /// <summary>A date that the tribunal set for the council's response.</summary>
    public DateOnly? ResponseDaySetByTribunal { get; init; }

    /// <summary>The council withdrew its own refusal to assess.</summary>
    public DateOnly? RefusalReversed { get; init; }

    /// <summary>The tribunal's recommendation on health or social care was received.</summary>
    public DateOnly? RecommendationReceived { get; init; }

    /// <summary>The council's concession.</summary>
    public IReadOnlyList<RemedyFact> Concessions { get; init; } = [];

    /// <summary>The tribunal's order.</summary>
    public IReadOnlyList<RemedyFact> Orders { get; init; } = [];

    // Both are read for every case of a batch, nearly always without a dispute.
    internal bool Overturns(Remedy remedy) => !ReferenceEquals(this, None)
        && Orders.Concat(Concessions.Where(concession => concession.InTime)).Concat(Agreements).Any(fact => fact.Remedy == remedy);

    internal bool RestoresFirstLimits => !ReferenceEquals(this, None)
        && (RefusalReversed is not null || Concessions.Any(concession => concession is { InTime: false, Remedy: Remedy.Assess }));
}
