using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A step of mediation was noted.</summary>
public sealed record MediationNoted(MediationStep Step, DateOnly On, Remedy? Remedy = null, DateOnly? OtherDate = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("mediationNoted", "A step of mediation was noted.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Mediation = With(state.Mediation, new RecordedMediationStep(Step, On, Remedy, OtherDate)) };

    public override string Describe(TimelineContext context) => $"Mediation: {Of(Step)} on {Day(On)}{DescribeRequirement(Remedy, OtherDate)}.";
}
