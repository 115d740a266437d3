namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Retry an effect that failed permanently, now that the cause has been put right.</summary>
public sealed record RetryEffect(string EffectId, string Reason) : AssessmentInput, IStep<RetryEffect>
{
    public static StepDefinition<RetryEffect> Definition { get; } = new("retry-effect", "Try a failed action again")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Operator],
        Example = """{ "effectId": "330-7ZQ4XK2M9C3T/12/1", "reason": "The trust's address was put right." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (OperatorChecks.Failed(d, EffectId) is { } failed && InputChecks.Text(d, Reason, "The reason"))
        {
            d.Happened(new EffectRetried(failed.EffectId, Reason));
            OperatorChecks.Resolve(d, failed, "tried again");
            d.AddEffect(failed.Effect with { Repeats = failed.Effect.Repeats ?? failed.EffectId });
        }
    }
}

/// <summary>An officer or operator had a failed effect tried again. The new attempt has the same id as the first attempt.</summary>
public sealed record EffectRetried(string EffectId, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("effectRetried", "An officer or operator had a failed effect tried again. The new attempt has the same id as the first attempt, so that the receiver can ignore a repeat.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { FailedEffects = [.. state.FailedEffects.Where(f => f.EffectId != EffectId)] };

    public override string Describe(TimelineContext context) => "A failed action is being tried again on request.";

    public override string? Note() => Reason;
}
