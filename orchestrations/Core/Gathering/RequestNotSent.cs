using IntegrationHub.Contracts.Identifiers;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The hub has no channel to the adviser, so it sent nothing. The request stays open, and an officer must send it.</summary>
public sealed record RequestNotSent(string RequestId, DateOnly On) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("requestNotSent", "No channel to the adviser is set up, so the hub sent nothing; an officer must send the request.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Requests = Change(state.Requests, r => r.Id == RequestId, r => r with { NotSentOn = On }),
    };

    public override string Describe(TimelineContext context) =>
        $"{Capitalise(context.OfRequest(RequestId))}: not sent on {Day(On)}, because no channel to the adviser is set up; the council sends it by other means.";

    public override AgencyId? About(TimelineContext context) => context.Request(RequestId)?.Agency?.Id;
}

/// <summary>A reminder or an escalation was due but was not sent, because no channel to the adviser is set up.</summary>
public sealed record ChaseNotSent(string RequestId, string Step, DateOnly On) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("chaseNotSent", "A reminder or an escalation was due but was not sent, because no channel to the adviser is set up.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Operations,
    };

    public override string Describe(TimelineContext context) =>
        $"{Capitalise(context.OfRequest(RequestId))}: a reminder or an escalation fell due on {Day(On)} but was not sent, because no channel to the adviser is set up.";

    public override AgencyId? About(TimelineContext context) => context.Request(RequestId)?.Agency?.Id;
}
