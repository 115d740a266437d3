using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>An effect failed permanently.</summary>
public sealed record EffectFailed(FailedEffect Failure) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("effectFailed", "An effect failed permanently.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { FailedEffects = With(state.FailedEffects, Failure) };

    public override string Describe(TimelineContext context) => $"{Sending(Failure.Effect, context)} failed on {Day(Failure.On)} and will not be tried again automatically.";

    public override string? Note() => Failure.Detail;

    private static string Sending(Effect effect, TimelineContext context) => effect switch
    {
        SendAdviceRequest e => $"Sending the request for {context.OfRequest(e.RequestId)}",
        SendReminder e => $"The reminder about {context.OfRequest(e.RequestId)}",
        RemindOfDuty e => $"Reminding the {e.ToRole} of {context.OfLimit(e.Limit)}",
        SendEscalation e => $"Telling the {e.ToRole} about {context.OfRequest(e.RequestId)}",
        SendWithdrawal e => $"The message about the withdrawal of {context.OfRequest(e.RequestId)}",
        SendCorrection e => $"The message that tells the adviser about a correction to the request for {context.OfRequest(e.RequestId)}",
        ReturnAdviceToAuthor e => $"Returning {context.OfRequest(e.RequestId)}",
        SendNotice e => $"Sending: {context.OfNotice(e.NoticeId)}",
        StorePlan e => FormattableString.Invariant($"Storing version {e.Version} of the plan"),
        _ => "Publishing the status",
    };
}
