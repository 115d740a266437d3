using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>
/// The facts of a case on which time limits depend. Days are local days in England (<see cref="LondonDate"/>), in the years 2 to 9990. The
/// day of a fact that has not happened is null, and then the time limits that depend on it do not exist.
/// </summary>
public sealed record CaseFacts
{
    /// <summary>
    /// The day on which the request was received, or the council became responsible (CFA 2014 s24). The time limits of 6, 16 and 20 weeks
    /// all run from this day. This day is null if only the time limits after the final plan are needed.
    /// </summary>
    public DateOnly? Received { get; init; }

    /// <summary>Whether the council decided not to assess.</summary>
    public bool Refused { get; init; }

    /// <summary>The day on which the family was sent the refusal to assess.</summary>
    public DateOnly? RefusalNotified { get; init; }

    /// <summary>Requests for advice. The clock returns the requests' time limits in the order of this list.</summary>
    public IReadOnlyList<AdviceFact> Advice { get; init; } = [];

    /// <summary>The exceptions that the council claims. <see cref="Clock"/> decides whether an exception lifts a time limit.</summary>
    public IReadOnlyList<ExceptionFact> Exceptions { get; init; } = [];

    /// <summary>The day on which the draft plan was served; if it was issued again, the last such day.</summary>
    public DateOnly? DraftServed { get; init; }

    /// <summary>The institutions that were consulted.</summary>
    public IReadOnlyList<ConsultationFact> InstitutionsConsulted { get; init; } = [];

    /// <summary>The day on which the family was notified that no plan will be made.</summary>
    public DateOnly? NoPlanNotified { get; init; }

    /// <summary>The day on which the final plan and its notice were sent.</summary>
    public DateOnly? PlanIssued { get; init; }

    /// <summary>Events after a decision that the family disputes.</summary>
    public DisputeFacts Dispute { get; init; } = DisputeFacts.None;

    /// <summary>The facts about reviews, transfers and moves.</summary>
    public PlanLifeFacts PlanLife { get; init; } = PlanLifeFacts.None;

    /// <summary>
    /// Whether the council withdrew its refusal on its own initiative, or conceded too late for reg 45. The original time limits, counted
    /// from the request, are then in force again (R (W) v Hertfordshire CC [2023] EWHC 3138 (Admin)).
    /// </summary>
    public bool FirstLimitsInForceAgain => Refused && (Dispute.RestoresFirstLimits || (AgreedAfterRefusal && !Dispute.Overturns(Remedy.Assess)));

    /// <summary>
    /// Whether the refusal was followed by a decision to assess, because the Tribunal referred the case back and the council decided
    /// differently. If no order or agreement requires the assessment, the time limits that run from the request are in force again, as
    /// after a refusal that was withdrawn.
    /// </summary>
    public bool AgreedAfterRefusal { get; init; }

    /// <summary>
    /// Whether the refusal to make a plan was overturned or withdrawn. The original time limits are then shown again, either in force or as
    /// replaced by new limits.
    /// </summary>
    public bool PlanRefusalOverturned { get; init; }

    /// <summary>Whether original time limits that an order, an agreement or a concession has replaced are also returned, marked as
    /// replaced.</summary>
    public bool KeepsReplaced { get; init; }

    /// <summary>Whether an assessment is or was to be carried out within the original time limits.</summary>
    internal bool AssessmentExpected => !Refused || FirstLimitsInForceAgain || (KeepsReplaced && !RefusalStands);

    /// <summary>Whether the refusal to assess is still in force, because nothing has overturned it.</summary>
    public bool RefusalStands => Refused && !AgreedAfterRefusal && !Dispute.RestoresFirstLimits && !Dispute.Overturns(Remedy.Assess);

    /// <summary>The day on which the family was sent the last decision on an issued plan that can be appealed: kept, ceased, amended, or
    /// not amended after all.</summary>
    public DateOnly? ReviewDecisionSent { get; init; }

    /// <summary>The day on which notice was sent of the latest decision that can be appealed (CFA 2014 s51).</summary>
    public DateOnly? AppealableNoticeSent => ReviewDecisionSent ?? FirstAppealableNoticeSent;

    /// <summary>The day on which notice was sent of the latest decision in the assessment that can be appealed.</summary>
    internal DateOnly? FirstAppealableNoticeSent =>
        RefusalStands ? RefusalNotified : PlanIssued ?? NoPlanNotified ?? (Refused && !FirstLimitsInForceAgain ? RefusalNotified : null);
}

/// <summary>The facts about one request for advice.</summary>
public sealed record AdviceFact
{
    /// <summary>The name of the request within the case. The request's limit is named <c>advice:</c> followed by this name.</summary>
    public required string Key { get; init; }

    /// <summary>The kind of advice.</summary>
    public required AdviceKind Kind { get; init; }

    /// <summary>The day on which the request was sent.</summary>
    public required DateOnly Requested { get; init; }

    /// <summary>The day on which the request reached the body, from which the body's six weeks run (reg 8(1)).</summary>
    public DateOnly? ReceivedByBody { get; init; }

    /// <summary>
    /// Whether the adviser is a body bound by section 31 (NHS body, another council, youth offending team). For other advisers, the six
    /// weeks come from the Code.
    /// </summary>
    public bool IsSection31Body { get; init; } = true;
}

/// <summary>An exception that is claimed: its ground, with the first and last day, both inclusive.</summary>
/// <param name="Ground">The ground of the exception.</param>
/// <param name="From">The first day; for a missed appointment, the day of the appointment.</param>
/// <param name="To">The last day, not before <paramref name="From"/>. Each claim is one continuous period, and two claims are never
/// joined.</param>
/// <param name="AdviceKey">For a closure or a missed appointment, the key of the only request concerned; null means any matching
/// request.</param>
/// <param name="AdviceKind">For a missed appointment without a key, the kind of advice; every request of this kind is affected.</param>
public sealed record ExceptionFact(Ground Ground, DateOnly From, DateOnly To, string? AdviceKey = null, AdviceKind? AdviceKind = null);

/// <summary>One consultation of an institution.</summary>
/// <param name="Key">The name of the consultation within the case, or null if there is only one; the time limit is then named
/// <c>institutionResponse</c>.</param>
/// <param name="Sent">The day on which the consultation was sent.</param>
public sealed record ConsultationFact(string? Key, DateOnly Sent);

/// <summary>An order, a mediation agreement or a concession.</summary>
/// <param name="Remedy">The remedy required.</param>
/// <param name="On">The day on which the order was sent out, the agreement was reached or the tribunal was told of the concession.</param>
/// <param name="OtherDate">The date that the parties agreed in writing or the tribunal directed, instead of the date in the rules.</param>
/// <param name="InTime">
/// For a concession, whether the tribunal was told before the council's response was due or sent, so that reg 45 sets the time limits. A
/// concession after that time sets no time limits.
/// </param>
public sealed record RemedyFact(Remedy Remedy, DateOnly On, DateOnly? OtherDate = null, bool InTime = true);

/// <summary>An appeal that the tribunal sent to the council.</summary>
/// <param name="On">The day on which the tribunal sent it.</param>
/// <param name="Number">The number of the appeal in the case, or null if the case needs none.</param>
/// <param name="ResponseDay">The date that the tribunal set for the council's response, instead of the date in the rules (HESC Rules
/// r12(4)).</param>
public sealed record AppealFact(DateOnly On, int? Number = null, DateOnly? ResponseDay = null);

/// <summary>The facts of mediation and appeal.</summary>
public sealed record DisputeFacts
{
    /// <summary>The facts of a case without any dispute.</summary>
    public static DisputeFacts None { get; } = new();

    /// <summary>The day on which the mediation adviser was told that the family does not want mediation.</summary>
    public DateOnly? MediationDeclined { get; init; }

    /// <summary>The day on which the family told the council that it wants mediation.</summary>
    public DateOnly? MediationRequested { get; init; }

    /// <summary>The day on which the family told the council of health issues that it wants mediated.</summary>
    public DateOnly? HealthIssuesRaised { get; init; }

    /// <summary>The day on which the council told the integrated care board that the family wants mediation on health issues
    /// only.</summary>
    public DateOnly? IcbNotifiedOfMediation { get; init; }

    /// <summary>The day on which the mediation adviser was told that mediation could not be arranged in time.</summary>
    public DateOnly? MediationNotArranged { get; init; }

    /// <summary>The day on which mediation ended.</summary>
    public DateOnly? MediationEnded { get; init; }

    /// <summary>The day on which the mediation certificate was issued.</summary>
    public DateOnly? CertificateIssued { get; init; }

    /// <summary>The mediation agreements.</summary>
    public IReadOnlyList<RemedyFact> Agreements { get; init; } = [];

    /// <summary>The appeals that the tribunal sent to the council. The council's time to respond runs for each of them.</summary>
    public IReadOnlyList<AppealFact> AppealsSentToCouncil { get; init; } = [];

    /// <summary>The date that the tribunal set for the notice of appeal, instead of the date in the rules (HESC Rules r12(4)).</summary>
    public DateOnly? AppealDaySetByTribunal { get; init; }

    /// <summary>The day on which the council withdrew its own refusal to assess.</summary>
    public DateOnly? RefusalReversed { get; init; }

    /// <summary>The days on which the tribunal's recommendations on health or social care were received. Each body that a recommendation
    /// is made to must answer it.</summary>
    public IReadOnlyList<DateOnly> RecommendationsReceived { get; init; } = [];

    /// <summary>The council's concessions.</summary>
    public IReadOnlyList<RemedyFact> Concessions { get; init; } = [];

    /// <summary>The tribunal's orders.</summary>
    public IReadOnlyList<RemedyFact> Orders { get; init; } = [];

    // This member and the next are read for every case of a batch. Nearly every case has no dispute, so that is checked first.
    internal bool Overturns(Remedy remedy) => !ReferenceEquals(this, None)
        && Orders.Concat(Concessions.Where(concession => concession.InTime)).Concat(Agreements).Any(fact => fact.Remedy == remedy);

    internal bool RestoresFirstLimits => !ReferenceEquals(this, None)
        && (RefusalReversed is not null || Concessions.Any(concession => concession is { InTime: false, Remedy: Remedy.Assess }));
}
