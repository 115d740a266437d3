using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A plan that was issued elsewhere was taken over. On is not the day of issue.</summary>
/// <param name="On">Day on which the plan was taken over.</param>
/// <param name="Plan">What is known about the plan.</param>
public sealed record PlanTakenOver(DateOnly On, TakenPlan Plan) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planTakenOver", "A plan that was issued elsewhere was taken over, with what is known about it.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Stage = Stage.PlanIssued,
        FinalPlanSentOn = Plan.IssuedOn,
        Placement = Plan.Placement,
        TakenOver = new TakenOverPlan(On, Plan),
    };

    public override string Describe(TimelineContext context) =>
        $"The plan that was issued on {Day(Plan.IssuedOn)} was taken over on {Day(On)}"
        + (Plan.FromCouncil is { } council ? $" from council {council}{(Plan.TransferredOn is { } day ? $", transferred on {Day(day)}" : "")}" : " from the council's earlier system")
        + (Plan.LastReviewedOn is { } reviewed ? $". The last review of the plan was decided on {Day(reviewed)}." : Plan.NeverReviewed ? ". The plan had not been reviewed." : ". The day of the last review is not known.");

    public override string? Note() => Plan.Source;
}
