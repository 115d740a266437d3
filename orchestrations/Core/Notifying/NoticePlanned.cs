using static IntegrationHub.Orchestrations.Assessments.Lists;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A notice is due to a recipient.</summary>
public sealed record NoticePlanned(Notice Notice) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("noticePlanned", "A notice is due to a recipient.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Notices = With(state.Notices, Notice) };

    public override string Describe(TimelineContext context) => $"{context.OfNotice(Notice)} is due.";

    public override void Introduce(TimelineContext context) => context.Introduce(Notice);
}
