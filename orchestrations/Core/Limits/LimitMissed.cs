using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A limit was not met by its last day.</summary>
/// <param name="Limit">Name of the limit, with its last day.</param>
/// <param name="Due">Last day of the limit.</param>
/// <param name="RelievedBy">Grounds that gave relief from the limit by its last day, or empty if there were none.</param>
/// <param name="FoundOn">The day on which the missed limit was found, if it had expired before the plan or the assessment was taken
/// over; otherwise null.</param>
public sealed record LimitMissed(string Limit, DateOnly Due, IReadOnlyList<string> RelievedBy, DateOnly? FoundOn = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("limitMissed", "A limit was not met by its last day.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { MissedLimits = With(state.MissedLimits, Limit) };

    public override string Describe(TimelineContext context) => FoundOn is { } found
        ? $"The limit for {context.OfLimit(Limit)} had passed on {Day(Due)}, before the {(context.IsTakenUnderWay ? "case" : "plan")} was taken over (found on {Day(found)})."
        : $"The limit for {context.OfLimit(Limit)} was not met by its last day, {Day(Due)}{(RelievedBy.Count > 0 ? "; an exception gives relief from the limit" : "")}.";
}
