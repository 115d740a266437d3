using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Advice was asked for.</summary>
public sealed record AdviceRequested(AdviceRequest Request, string? Reason = null, string? InPlaceOf = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("adviceRequested", "Advice was asked for.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Requests = With(state.Requests, Request) };

    public override string Describe(TimelineContext context) => $"{Capitalise(TimelineContext.Of(Request.Kind, Request.Agency?.Name))} {Was(Request.Kind)} asked for on {Day(Request.RequestedOn)} ({Request.LegalBasis}){(InPlaceOf is { } before ? $", in place of {context.OfRequest(before)}" : "")}{(Words.For(Request.Review, Request.Reassessment) is { Length: > 0 } what ? $",{what}" : "")}.";

    public override string? Note() => Reason;

    public override AgencyId? About(TimelineContext context) => Request.Agency?.Id;

    public override void Introduce(TimelineContext context) => context.Introduce(Request);
}
