using IntegrationHub.Contracts.Identifiers;
using static IntegrationHub.Orchestrations.Assessments.Lists;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A step of the chase ladder was taken for a request.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Step">The step.</param>
/// <param name="Due">The day on which the request's time limit ends.</param>
/// <param name="ToRole">The role that is notified.</param>
/// <param name="Told">Whether the role was notified; false if a later step on that day notified the role instead.</param>
public sealed record ChaseStepTaken(string RequestId, string Step, DateOnly Due, string ToRole, bool Told) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("chaseStepTaken", "A step of the chase ladder was taken for a request.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Requests = Change(state.Requests, r => r.Id == RequestId, r => r with { ChaseSteps = With(r.ChaseSteps, Step) }) };

    public override string Describe(TimelineContext context) => ChaseWords.Of(this, context);

    public override AgencyId? About(TimelineContext context) => context.Request(RequestId)?.Agency?.Id;
}
