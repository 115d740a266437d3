using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A decision that the Tribunal referred back is open again.</summary>
/// <param name="On">Day from which the decision is open again.</param>
/// <param name="At">The stage at which the decision is made again.</param>
public sealed record DecisionReopened(DateOnly On, Stage At) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("decisionReopened", "A decision that the Tribunal referred back is open again.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Stage = At,
        AssessDecision = At == Stage.Considering ? null : state.AssessDecision,
        PlanDecision = null,
        EndedOn = null,
    };

    public override string Describe(TimelineContext context) =>
        $"The decision {(At == Stage.Considering ? "whether to assess" : "whether to issue a plan")} has been open again since {Day(On)}, because the Tribunal referred it back.";
}
