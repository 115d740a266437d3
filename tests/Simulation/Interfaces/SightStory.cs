using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Conduct;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Interfaces;

/// <summary>
/// Who has to do with a case and what has been told to whom, from the trail alone. What each may see follows from it by a table that
/// shares nothing with the hub's own access rules.
/// </summary>
/// <param name="ledger">What the world knows of the case; null where letters do not matter.</param>
internal sealed class SightStory(CaseLedger? ledger)
{
    private readonly Dictionary<string, AgencyId> consulted = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (NoticeKind Kind, RecipientRole To, AgencyId? Agency, int? Version)> notices = new(StringComparer.Ordinal);
    private readonly HashSet<string> sent = new(StringComparer.Ordinal);
    private AgencyId board;

    /// <summary>The trail, told as for the other questions.</summary>
    internal Retelling Told { get; } = new();

    /// <summary>Existing advice: who sent it, whether the council is satisfied with it.</summary>
    internal Dictionary<string, (AgencyId By, bool Accepted)> Existing { get; } = new(StringComparer.Ordinal);

    /// <summary>Advice: who gave it (null for the family), whether it counts.</summary>
    internal Dictionary<string, (AgencyId? By, bool Counts)> Advice { get; } = new(StringComparer.Ordinal);

    /// <summary>The words by which the letter of each piece of advice is known, existing advice included.</summary>
    internal Dictionary<string, string> Marks { get; } = new(StringComparer.Ordinal);

    /// <summary>Links given to the family, with their last day and whether they were revoked.</summary>
    internal Dictionary<string, (DateOnly Until, bool Revoked)> Links { get; } = new(StringComparer.Ordinal);

    /// <summary>Versions of the plan, with the advice that each rests on and that of its section G.</summary>
    internal List<(int Version, bool IsDraft, HashSet<string> Sources, HashSet<string> Health)> Plans { get; } = [];

    /// <summary>Events that are about one agency, by their numbers.</summary>
    internal Dictionary<long, AgencyId> About { get; } = [];

    /// <summary>Number of events.</summary>
    internal int Events { get; private set; }

    /// <summary>What a person must look at.</summary>
    internal HashSet<string> Attention { get; } = new(StringComparer.Ordinal);

    /// <summary>Who holds the case.</summary>
    internal string? Officer { get; private set; }

    /// <summary>The family was served a plan.</summary>
    internal bool ServedFamily => notices.Any(n => n.Value is { To: RecipientRole.Family, Version: not null } && sent.Contains(n.Key));

    internal void Hear(RecordedEvent recorded)
    {
        Told.Hear(recorded);
        Events++;
        switch (recorded.What)
        {
            case AssessmentOpened e: board = e.Facts.Icb.Id; break;
            case FactsCorrected e: board = e.Facts.Icb.Id; break;
            case IcbChanged e: board = e.Icb.Id; break;
            case CaseOfficerAssigned e: Officer = e.Officer; break;
            case AttentionRequested e: Attention.Add(e.Attention.Id); break;
            case AttentionResolved e: Attention.Remove(e.AttentionId); break;
            case NoticePlanned e: notices[e.Notice.Id] = (e.Notice.Kind, e.Notice.To, e.Notice.Agency?.Id, e.Notice.PlanVersion); break;
            case NoticeSent e: sent.Add(e.NoticeId); break;
            case ExistingAdviceProposed e:
                Existing[e.Advice.Id] = (e.Advice.Agency.Id, false);
                Mark(e.Advice.Id, recorded);
                break;
            case ExistingAdviceJudged { Party: AgreeingParty.Council } e: Existing[e.ExistingId] = (Existing[e.ExistingId].By, e.Agrees); break;
            case AdviceReceived e:
                Advice[e.Advice.Id] = (e.Advice.RequestId is { } request ? Told.Requests[request].Agency : Existing[e.Advice.Id].By, true);
                Mark(e.Advice.Id, recorded);
                break;
            case AdviceReturned e: Advice[e.AdviceId] = (Advice[e.AdviceId].By, false); break;
            case AdviceCorrected e: Advice[e.AdviceId] = (Advice[e.AdviceId].By, false); break;
            case AdviceRetracted e: Advice[e.AdviceId] = (Advice[e.AdviceId].By, false); break;
            case InstitutionConsulted e: consulted[e.Institution.Id.Value] = e.Institution.Id; break;
            case FamilyLinkIssued e: Links[e.LinkId] = (e.ExpiresOn, false); break;
            case FamilyLinkRevoked e: Links[e.LinkId] = (Links[e.LinkId].Until, true); break;
            case PlanPrepared { Document: var plan }: Plans.Add((plan.Version, plan.Kind == PlanKind.Draft, SourcesOf(plan, PlanSectionLetter.K), SourcesOf(plan, PlanSectionLetter.G))); break;
        }

        if (AgencyOf(recorded.What) is { } agency)
        {
            About[recorded.Sequence] = agency;
        }
    }

    /// <summary>Everybody who was asked or told, or who sent something.</summary>
    internal IEnumerable<AgencyId> Agencies => Told.Requests.Values.Select(r => r.Agency).OfType<AgencyId>().Concat(Existing.Values.Select(e => e.By)).Concat(consulted.Values).Append(board).Distinct();

    /// <summary>The agency may know that there is a case: it was asked for something, was consulted, must agree a plan, or its push was accepted.</summary>
    internal bool MaySee(AgencyId agency) =>
        Told.Requests.Values.Any(r => r.Agency == agency) || Existing.Values.Any(e => e.By == agency && e.Accepted) || consulted.ContainsKey(agency.Value) || (agency == board && Plans.Count > 0);

    /// <summary>The agency has something to answer, or has answered: it may know the child.</summary>
    internal bool MayKnowTheChild(AgencyId agency) =>
        Told.Requests.Values.Any(r => r.Agency == agency && (r.IsOpen || r.Status == RequestStatus.Received)) || consulted.ContainsKey(agency.Value) || (agency == board && Plans.Count > 0);

    /// <summary>Versions that the family may read: a draft once it was sent to it, a final plan at once.</summary>
    internal IEnumerable<int> FamilysPlans => Plans.Where(p => !p.IsDraft || WasSentToFamily(p.Version)).Select(p => p.Version);

    /// <summary>Versions that an agency may read: final and amended plans that were sent to it.</summary>
    internal IEnumerable<int> PlansOf(AgencyId agency) =>
        Plans.Where(p => !p.IsDraft && notices.Any(n => n.Value is { Kind: NoticeKind.FinalPlan or NoticeKind.AmendedPlan } told && told.Agency == agency && told.Version == p.Version && sent.Contains(n.Key))).Select(p => p.Version);

    /// <summary>The board reads the health provision that it must agree, in the newest version (reg 12(2)).</summary>
    internal bool MustAgree(AgencyId agency, string advice) => agency == board && Plans is [.., var newest] && newest.Health.Contains(advice);

    /// <summary>The family may read this advice in its view of the case.</summary>
    internal bool FamilyMayRead(string advice) =>
        (Advice[advice] is { Counts: true } given && (given.By is null || ServedFamily))
        || Existing.ContainsKey(advice)
        || (Plans is [.., var newest] && WasSentToFamily(newest.Version) && newest.Sources.Contains(advice));

    private static HashSet<string> SourcesOf(PlanDocument plan, PlanSectionLetter section) => [.. plan.Section(section).Lines.Select(l => l.From.Source)];

    private void Mark(string advice, RecordedEvent recorded)
    {
        if (ledger?.Messages.GetValueOrDefault(recorded.MessageId ?? "") is { Letter: { } letter, Request: { } request })
        {
            Marks[advice] = Letters.MarkOf(ledger.Person, request, letter);
        }
    }

    private bool WasSentToFamily(int version) => notices.Any(n => n.Value.To == RecipientRole.Family && n.Value.Version == version && sent.Contains(n.Key));

    private AgencyId? AgencyOf(AssessmentEvent what) => what switch
    {
        AdviceRequested e => e.Request.Agency?.Id,
        AdviceRequestMoved e => Told.Requests[e.RequestId].Agency,
        AdviceReceived e => Advice[e.Advice.Id].By,
        AdviceReturned e => Advice[e.AdviceId].By,
        AdviceCorrected e => Advice[e.AdviceId].By,
        AdviceRetracted e => Advice[e.AdviceId].By,
        AppointmentMissed e => Told.Requests[e.RequestId].Agency,
        ChaseStepTaken e => Told.Requests[e.RequestId].Agency,
        ExistingAdviceProposed e => e.Advice.Agency.Id,
        ExistingAdviceJudged e => Existing[e.ExistingId].By,
        ExistingAdviceReliedOn e => Existing[e.ExistingId].By,
        InstitutionConsulted e => e.Institution.Id,
        InstitutionAnswered e => e.Institution,
        _ => null,
    };
}
