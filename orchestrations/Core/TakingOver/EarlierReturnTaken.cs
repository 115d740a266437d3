namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What the earlier system's SEN2 return states about a plan that is taken over, in addition to the plan itself.</summary>
/// <param name="Child">What the return states about the child.</param>
/// <param name="Places">Where the child is actually educated.</param>
/// <param name="Terms">What the return states about the plan.</param>
/// <param name="History">How the plan was made.</param>
public sealed record ReturnTaken(ChildFacts Child, IReadOnlyList<AttendedPlace> Places, PlanTerms Terms, EarlierReturn History);

/// <summary>Facts about the making of the plan were recorded from an earlier return.</summary>
/// <param name="History">What was reported.</param>
public sealed record EarlierReturnTaken(EarlierReturn History) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("earlierReturnTaken", "Facts about the making of the plan were recorded from an earlier SEN2 return.")
    {
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { EarlierReturn = History };

    public override string Describe(TimelineContext context) => FormattableString.Invariant($"Facts about the making of the plan were recorded from the SEN2 return of {History.Year}.");
}
