using static IntegrationHub.Orchestrations.Assessments.Lists;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A matter needs an officer's attention.</summary>
public sealed record AttentionRequested(Attention Attention) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("attentionAsked", "A matter needs an officer's attention.")
    {
        Told = Audience.Council | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Attention = With(state.Attention, Attention) };

    public override Audience? OnlyTold() => Assessments.Attention.OnlyTold(Attention.Id);

    public override string Describe(TimelineContext context) => $"To do: {context.OfAttention(Attention.Id)}";

    public override void Introduce(TimelineContext context) => context.IntroduceAttention(Attention.Id, Attention.Text);
}
