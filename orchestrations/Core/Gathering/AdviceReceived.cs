using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TellingWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Advice was received.</summary>
public sealed record AdviceReceived(ReceivedAdvice Advice) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("adviceReceived", "Advice was received.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Advice = With(state.Advice, Advice) };

    public override string Tell(Telling telling) => $"{Capital(Telling.Of(Advice.Kind, Advice.Agency?.Name))} {Was(Advice.Kind)} received on {Day(Advice.ReceivedOn)}{(Words.For(Advice.Review, Advice.Reassessment) is { Length: > 0 } what ? $",{what}" : "")}.";

    public override AgencyId? About(Telling telling) => Advice.Agency?.Id;

    public override void Introduce(Telling telling) => telling.Introduce(Advice);
}
