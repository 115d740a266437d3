using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>
/// What has happened in a case, as far as limits depend on it. Days are local days in England (<see cref="LondonDate"/>), of the years
/// 2 to 9990. A fact that has not happened is absent; its limits are then absent too.
/// </summary>
public sealed record CaseFacts
{
    /// <summary>Day on which the request was received, or the council became responsible (CFA 2014 s24). 6, 16 and 20 weeks all run from it.</summary>
    public required DateOnly Received { get; init; }

    /// <summary>The council decided not to assess.</summary>
    public bool Refused { get; init; }

    /// <summary>Day on which the family was sent that refusal.</summary>
    public DateOnly? RefusalNotified { get; init; }

    /// <summary>Requests for advice, in the order in which their limits are to be answered.</summary>
    public IReadOnlyList<AdviceFact> Advice { get; init; } = [];

    /// <summary>Exceptions that are claimed. Whether one relieves anything is for <see cref="Clock"/> to find.</summary>
    public IReadOnlyList<ExceptionFact> Exceptions { get; init; } = [];

    /// <summary>Day on which the draft plan was served; the last one, if it was issued again.</summary>
    public DateOnly? DraftServed { get; init; }

    /// <summary>Institutions that were consulted.</summary>
    public IReadOnlyList<ConsultationFact> InstitutionsConsulted { get; init; } = [];

    /// <summary>Day on which the family was notified that no plan will be made.</summary>
    public DateOnly? NoPlanNotified { get; init; }

    /// <summary>Day on which the final plan and its notice were sent.</summary>
    public DateOnly? PlanIssued { get; init; }

    /// <summary>What followed a decision that the family disputes.</summary>
    public DisputeFacts Dispute { get; init; } = DisputeFacts.None;

    /// <summary>The refusal to assess stands: nothing has overturned it.</summary>
    public bool RefusalStands => Refused && !Dispute.Overturns(Remedy.Assess);

    /// <summary>Day on which notice was sent of the latest decision that can be appealed (CFA 2014 s51).</summary>
    public DateOnly? AppealableNoticeSent =>
        RefusalStands ? RefusalNotified : PlanIssued ?? NoPlanNotified ?? (Refused ? RefusalNotified : null);
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

    /// <summary>Day on which it reached the body; its six weeks run from there (reg 8(1)).</summary>
    public DateOnly? ReceivedByBody { get; init; }

    /// <summary>The adviser is a body bound by section 31 (NHS body, another council, youth offending team); else six weeks are the Code's.</summary>
    public bool IsSection31Body { get; init; } = true;
}

/// <summary>A ground that is claimed, with its days, both inclusive.</summary>
/// <param name="Ground">The ground.</param>
/// <param name="From">First day; for a missed appointment its day.</param>
/// <param name="To">Last day, not before <paramref name="From"/>. Each claim is one unbroken stretch; two are never joined.</param>
/// <param name="AdviceKey">For a closure or a missed appointment: only the request of this key. Absent: any that fits.</param>
/// <param name="AdviceKind">For a missed appointment without a key: every request of this kind.</param>
public sealed record ExceptionFact(Ground Ground, DateOnly From, DateOnly To, string? AdviceKey = null, AdviceKind? AdviceKind = null);

/// <summary>One consultation of an institution.</summary>
/// <param name="Key">Name within the case, or null when there is only one; the limit is then called <c>institutionResponse</c> and nothing more.</param>
/// <param name="Sent">Day on which it was sent.</param>
public sealed record ConsultationFact(string? Key, DateOnly Sent);

/// <summary>An order, a mediation agreement or a concession.</summary>
/// <param name="Remedy">What it obliges to.</param>
/// <param name="On">Day on which the order was sent out, the agreement reached, the tribunal told.</param>
/// <param name="OtherDate">The day that the parties agreed in writing or the tribunal directed, in place of the one in the rules.</param>
public sealed record RemedyFact(Remedy Remedy, DateOnly On, DateOnly? OtherDate = null);

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

    /// <summary>What was agreed in mediation.</summary>
    public IReadOnlyList<RemedyFact> Agreements { get; init; } = [];

    /// <summary>The tribunal sent the appeal to the council.</summary>
    public DateOnly? AppealSentToCouncil { get; init; }

    /// <summary>What the council conceded before it answered the appeal.</summary>
    public IReadOnlyList<RemedyFact> Concessions { get; init; } = [];

    /// <summary>What the tribunal ordered.</summary>
    public IReadOnlyList<RemedyFact> Orders { get; init; } = [];

    internal bool Overturns(Remedy remedy)
    {
        // Asked for every case of a batch, nearly always of an empty dispute.
        return !ReferenceEquals(this, None)
            && Orders.Concat(Concessions).Concat(Agreements).Any(fact => fact.Remedy == remedy);
    }
}
