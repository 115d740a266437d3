using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TellingWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>An effect failed permanently.</summary>
public sealed record EffectFailed(FailedEffect Failure) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("effectFailed", "An effect failed permanently.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { FailedEffects = With(state.FailedEffects, Failure) };

    public override string Tell(Telling telling) => $"{Sending(Failure.Effect, telling)} failed for good on {Day(Failure.On)}; a person must act.";

    public override string? Note() => Failure.Detail;

    private static string Sending(Effect effect, Telling telling) => effect switch
    {
        SendAdviceRequest e => $"Sending the request for {telling.OfRequest(e.RequestId)}",
        SendReminder e => $"The reminder about {telling.OfRequest(e.RequestId)}",
        RemindOfDuty e => $"Reminding the {e.ToRole} of {telling.OfLimit(e.Limit)}",
        SendEscalation e => $"Telling the {e.ToRole} about {telling.OfRequest(e.RequestId)}",
        SendWithdrawal e => $"The message about the withdrawal of {telling.OfRequest(e.RequestId)}",
        SendCorrection e => $"The message about a correction to the adviser asked for {telling.OfRequest(e.RequestId)}",
        ReturnAdviceToAuthor e => $"Returning {telling.OfRequest(e.RequestId)}",
        SendNotice e => $"Sending: {telling.OfNotice(e.NoticeId)}",
        StorePlan e => FormattableString.Invariant($"Storing version {e.Version} of the plan"),
        _ => "Publishing the status",
    };
}
