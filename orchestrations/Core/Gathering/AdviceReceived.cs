using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Advice was received.</summary>
public sealed record AdviceReceived(ReceivedAdvice Advice) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("adviceReceived", "Advice was received.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Advice = With(state.Advice, Advice) };

    public override string Describe(TimelineContext context) => $"{Capitalise(TimelineContext.Of(Advice.Kind, Advice.Agency?.Name))} {Was(Advice.Kind)} received on {Day(Advice.ReceivedOn)}{(Words.For(Advice.Review, Advice.Reassessment) is { Length: > 0 } what ? $",{what}" : "")}.";

    public override AgencyId? About(TimelineContext context) => Advice.Agency?.Id;

    public override void Introduce(TimelineContext context) => context.Introduce(Advice);
}
