namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What the SEN2 return of the earlier system says of a plan that is taken over, beside the plan itself.</summary>
/// <param name="Child">Of the child.</param>
/// <param name="Places">Where the child is educated in fact.</param>
/// <param name="Terms">Of the plan.</param>
/// <param name="History">How the plan came about.</param>
public sealed record ReturnTaken(ChildFacts Child, IReadOnlyList<AttendedPlace> Places, PlanTerms Terms, EarlierReturn History);

/// <summary>What an earlier return told of how the plan came about is on record.</summary>
/// <param name="History">It.</param>
public sealed record EarlierReturnTaken(EarlierReturn History) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("earlierReturnTaken", "What an earlier SEN2 return told of how the plan came about is on record.")
    {
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { EarlierReturn = History };

    public override string Tell(Telling telling) => FormattableString.Invariant($"What the SEN2 return of {History.Year} told of how the plan came about is on record.");
}
