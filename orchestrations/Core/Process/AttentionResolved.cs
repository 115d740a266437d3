namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>An officer has dealt with a matter that needed attention.</summary>
public sealed record AttentionResolved(string AttentionId, string Resolution) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("attentionResolved", "An officer has dealt with a matter that needed attention.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Attention = [.. state.Attention.Where(a => a.Id != AttentionId)],
        FailedEffects = state.FailedEffects.Count == 0 ? state.FailedEffects : [.. state.FailedEffects.Where(f => Effects.AttentionId(f.EffectId) != AttentionId)],
    };

    public override Audience? OnlyTold() => Assessments.Attention.OnlyTold(AttentionId);

    public override string Describe(TimelineContext context) => $"Done: {context.OfAttention(AttentionId)}";

    public override string? Note() => Resolution;
}
