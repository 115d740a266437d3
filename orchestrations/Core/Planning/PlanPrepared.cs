using IntegrationHub.Contracts.Plans;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A version of the plan was prepared.</summary>
public sealed record PlanPrepared(PlanDocument Document, string ContentHash) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("planPrepared", "A version of the plan was prepared.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Stage = Document.Kind switch { PlanKind.Draft => Stage.Consulting, PlanKind.Final => Stage.Finalising, _ => state.Stage },
        NewestPlan = Document,
        Plans = With(state.Plans, new PlanVersion(Document.Version, Document.Kind, Document.PreparedOn, ContentHash, null)),
    };

    public override string Describe(TimelineContext context) => FormattableString.Invariant($"Version {Document.Version} of the plan ({(Document.Kind switch { PlanKind.Draft => "draft", PlanKind.Final => "final", _ => "amended" })}) was prepared on {Day(Document.PreparedOn)}.");
}
