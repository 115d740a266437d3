using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TellingWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Advice was asked for.</summary>
public sealed record AdviceRequested(AdviceRequest Request, string? Reason = null, string? InPlaceOf = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("adviceRequested", "Advice was asked for.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Requests = With(state.Requests, Request) };

    public override string Tell(Telling telling) => $"{Capital(Telling.Of(Request.Kind, Request.Agency?.Name))} {Was(Request.Kind)} asked for on {Day(Request.RequestedOn)} ({Request.LegalBasis}){(InPlaceOf is { } before ? $", in place of {telling.OfRequest(before)}" : "")}{(Words.For(Request.Review, Request.Reassessment) is { Length: > 0 } what ? $",{what}" : "")}.";

    public override string? Note() => Reason;

    public override AgencyId? About(Telling telling) => Request.Agency?.Id;

    public override void Introduce(Telling telling) => telling.Introduce(Request);
}
