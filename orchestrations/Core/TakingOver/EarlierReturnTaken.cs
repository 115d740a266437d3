namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What the SEN2 return of the earlier system says about a plan that is taken over, besides the plan itself.</summary>
/// <param name="Child">What it says about the child.</param>
/// <param name="Places">Where the child is educated in fact.</param>
/// <param name="Terms">What it says about the plan.</param>
/// <param name="History">How the plan was made.</param>
public sealed record ReturnTaken(ChildFacts Child, IReadOnlyList<AttendedPlace> Places, PlanTerms Terms, EarlierReturn History);

/// <summary>What an earlier return reported about the making of the plan is on record.</summary>
/// <param name="History">What was reported.</param>
public sealed record EarlierReturnTaken(EarlierReturn History) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("earlierReturnTaken", "What an earlier SEN2 return reported about the making of the plan is on record.")
    {
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { EarlierReturn = History };

    public override string Tell(Telling telling) => FormattableString.Invariant($"What the SEN2 return of {History.Year} reported about the making of the plan is on record.");
}
