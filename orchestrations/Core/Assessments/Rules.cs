using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The rules under which one assessment is decided: the law as dated data, how days are counted, how late advice is chased, and the council's own facts.</summary>
/// <param name="Law">The statutory rule set.</param>
/// <param name="Counting">How "within six weeks of" is counted.</param>
/// <param name="Chase">The chase ladder.</param>
/// <param name="Council">The council.</param>
public sealed record Rules(RuleSet Law, CountingPractice Counting, ChaseLadder Chase, CouncilProfile Council)
{
    /// <summary>The 20-week limit for a day of receipt, whatever became of the case.</summary>
    internal Limit FinalPlanOf(DateOnly received) => Clock.Limits(new CaseFacts { Received = received }, Law, Counting).First(l => l.RuleKey == "finalPlan");
}

/// <summary>The rules of every council that the hub serves.</summary>
public sealed class RuleBook
{
    private readonly Dictionary<LocalAuthorityCode, Rules> byCouncil;

    /// <summary>Makes the book.</summary>
    /// <param name="councils">The councils served.</param>
    /// <param name="law">The statutory rule set.</param>
    /// <param name="counting">How days are counted.</param>
    /// <param name="chase">The chase ladder.</param>
    /// <param name="own">Ladders of councils that have their own.</param>
    public RuleBook(
        IEnumerable<CouncilProfile> councils,
        RuleSet law,
        CountingPractice counting,
        ChaseLadder chase,
        IReadOnlyDictionary<LocalAuthorityCode, ChaseLadder>? own = null) =>
        byCouncil = councils.ToDictionary(c => c.Code, c => new Rules(law, counting, own?.GetValueOrDefault(c.Code) ?? chase, c));

    /// <summary>The councils served.</summary>
    public IEnumerable<CouncilProfile> Councils => byCouncil.Values.Select(r => r.Council);

    /// <summary>Whether the hub serves this council.</summary>
    public bool Serves(LocalAuthorityCode council) => byCouncil.ContainsKey(council);

    /// <summary>The rules for one assessment.</summary>
    /// <exception cref="KeyNotFoundException">The hub does not serve its council; callers ask <see cref="Serves"/> at the door.</exception>
    public Rules For(AssessmentId assessment) => byCouncil[assessment.Council];
}
