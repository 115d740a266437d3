namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Give up an effect that failed permanently.</summary>
public sealed record AbandonEffect(string EffectId, string Reason) : AssessmentInput, IStep<AbandonEffect>
{
    public static StepDefinition<AbandonEffect> Definition { get; } = new("abandon-effect", "Give up a failed action")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Operator],
        Example = """{ "effectId": "330-7ZQ4XK2M9C3T/12/1", "reason": "Told by telephone." }""",
    };

    internal override void Decide(Deciding d)
    {
        if (OperatorChecks.Failed(d, EffectId) is { } failed && InputChecks.Text(d, Reason, "The reason"))
        {
            d.Happened(new EffectAbandoned(failed.EffectId, Reason));
            OperatorChecks.Resolve(d, failed, "given up");
        }
    }
}

/// <summary>An officer or operator decided that a failed effect is not to be tried again.</summary>
public sealed record EffectAbandoned(string EffectId, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("effectAbandoned", "An officer or operator decided that a failed effect is not to be tried again.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { FailedEffects = [.. state.FailedEffects.Where(f => f.EffectId != EffectId)] };

    public override string Describe(TimelineContext context) => "A failed action was given up and is not tried again.";

    public override string? Note() => Reason;
}
