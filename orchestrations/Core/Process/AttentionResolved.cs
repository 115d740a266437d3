namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A person has dealt with it.</summary>
public sealed record AttentionResolved(string AttentionId, string Resolution) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("attentionResolved", "A person has dealt with it.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Attention = [.. state.Attention.Where(a => a.Id != AttentionId)],
        FailedEffects = state.FailedEffects.Count == 0 ? state.FailedEffects : [.. state.FailedEffects.Where(f => Effects.AttentionId(f.EffectId) != AttentionId)],
    };

    public override string Tell(Telling telling) => $"Done: {telling.OfAttention(AttentionId)}";

    public override string? Note() => Resolution;
}
