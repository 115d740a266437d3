using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The rules by which one assessment is decided: the law as data with dates, how days are counted, how reminders of late advice are sent,
/// and the facts about the council.
/// </summary>
/// <param name="Law">The statutory rule set.</param>
/// <param name="Counting">How periods are counted, for example "within six weeks of".</param>
/// <param name="Chase">The chase ladder, by which late advice is chased.</param>
/// <param name="Council">The facts about the council.</param>
public sealed record Rules(RuleSet Law, CountingPractice Counting, ChaseLadder Chase, CouncilProfile Council)
{
    /// <summary>
    /// Rule sets for periods that <see cref="Law"/> does not cover. A case always uses the rule set that was in force on the day of
    /// its request.
    /// </summary>
    public IReadOnlyList<RuleSet> OtherLaws { get; init; } = [];

    /// <summary>The rule set that applies while the child or young person is detained in youth accommodation.</summary>
    public RuleSet DetainedLaw { get; init; } = RuleSet.EnglandDetained2015;

    /// <summary>The rule set in force on a day, or the first rule set if the day is before all rule sets.</summary>
    public RuleSet LawOn(DateOnly day)
    {
        var found = Law;
        for (var n = 0; n < OtherLaws.Count; n++)
        {
            var other = OtherLaws[n];
            var begun = other.InForceFrom <= day;
            if (found.InForceFrom <= day ? begun && other.InForceFrom > found.InForceFrom : begun || other.InForceFrom < found.InForceFrom)
            {
                found = other;
            }
        }

        return found;
    }

    /// <summary>The rule set for the case: the set in force on the day of its request, or the set for detained people while the child or young
    /// person is detained.</summary>
    internal RuleSet LawOf(AssessmentState state) => Detentions.Current(state) is null ? OrdinaryLawOf(state) : DetainedLaw;

    /// <summary>The rule set in force on the day of the request that applies to people who are not detained.</summary>
    internal RuleSet OrdinaryLawOf(AssessmentState state) => OtherLaws.Count == 0 || state.Facts is null ? Law : LawOn(state.Facts.ReceivedOn);

    /// <summary>The citation of the rule with this name in the rule set for the case or, if that set has no such rule, in the set for people who
    /// are not detained.</summary>
    internal string CitationFor(AssessmentState state, string rule) => (LawOf(state).Find(rule) ?? OrdinaryLawOf(state).Rule(rule)).Citation;

    /// <summary>Everyone to whom a notice is sent in the case. A decision that the rule set for detained people does not mention is sent to the
    /// usual recipients.</summary>
    internal IReadOnlyList<Party> RecipientsOf(AssessmentState state, LegalNotice notice) =>
        LawOf(state).RecipientsOf(notice) is { Count: > 0 } told ? told : OrdinaryLawOf(state).RecipientsOf(notice);

    /// <summary>
    /// The time limit that is met by sending this notice, as it originally ran from the request, even if other events have
    /// changed it since.
    /// </summary>
    internal Limit FirstLimitOf(AssessmentState state, LegalNotice metBy) =>
        Clock.Limits(new CaseFacts { Received = state.Facts!.ReceivedOn }, LawOf(state), Counting)
            .First(l => l.Rule.Binding != Binding.Planning && l.Rule.MetBy.Notices.Contains(metBy));
}

/// <summary>The rules of every council that the hub serves.</summary>
public sealed class RuleBook
{
    private readonly Dictionary<LocalAuthorityCode, Rules> byCouncil;

    /// <summary>Creates the rule book.</summary>
    /// <param name="councils">The councils that the hub serves.</param>
    /// <param name="law">The statutory rule set.</param>
    /// <param name="counting">How days are counted.</param>
    /// <param name="chase">The chase ladder.</param>
    /// <param name="own">The chase ladders of councils that have their own.</param>
    /// <param name="otherLaws">Rule sets of earlier and later law, for cases whose requests were made while they were in force.</param>
    /// <exception cref="InvalidDataException">A council's own ladder cannot be used; the message names the council.</exception>
    public RuleBook(
        IEnumerable<CouncilProfile> councils,
        RuleSet law,
        CountingPractice counting,
        ChaseLadder chase,
        IReadOnlyDictionary<LocalAuthorityCode, ChaseLadder>? own = null,
        IReadOnlyList<RuleSet>? otherLaws = null) =>
        byCouncil = councils.ToDictionary(
            c => c.Code,
            c => new Rules(law, c.Counting ?? counting, own?.GetValueOrDefault(c.Code) ?? OwnLadder(c, chase), Checked(c)) { OtherLaws = otherLaws ?? [] });

    private static CouncilProfile Checked(CouncilProfile council) =>
        (council.Fault ?? FundingBand.FaultOf(council.Bands)) is { } fault ? throw new InvalidDataException($"Council {council.Code}: {fault}") : council;

    // Chase ladders are checked at start-up, so that an unusable ladder stops the hub at once and does not affect a child's case later.
    private static ChaseLadder OwnLadder(CouncilProfile council, ChaseLadder chase)
    {
        try
        {
            return council.ChaseLadder is { } own ? ChaseLadder.Parse(new MemoryStream(Encoding.UTF8.GetBytes(own.GetRawText())), chase) : chase;
        }
        catch (InvalidDataException wrong)
        {
            throw new InvalidDataException($"Council {council.Code}: {wrong.Message}", wrong);
        }
    }

    /// <summary>The councils that the hub serves.</summary>
    public IEnumerable<CouncilProfile> Councils => byCouncil.Values.Select(r => r.Council);

    /// <summary>Whether the hub serves this council.</summary>
    public bool Serves(LocalAuthorityCode council) => byCouncil.ContainsKey(council);

    /// <summary>The rules for one assessment.</summary>
    /// <exception cref="KeyNotFoundException">The hub does not serve the council of the assessment; callers check <see cref="Serves"/>
    /// first.</exception>
    public Rules For(AssessmentId assessment) => For(assessment.Council);

    /// <summary>The rules of a council.</summary>
    /// <exception cref="KeyNotFoundException">The hub does not serve this council.</exception>
    public Rules For(LocalAuthorityCode council) => byCouncil[council];
}
