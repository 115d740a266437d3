using IntegrationHub.Contracts.Identifiers;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Advice was corrected by its author; both texts are stored.</summary>
/// <param name="AdviceId">Id of the earlier advice.</param>
/// <param name="By">Id of the new advice.</param>
/// <param name="On">The day of the correction.</param>
/// <param name="Reason">The author's reason for the correction, if one was given.</param>
public sealed record AdviceCorrected(string AdviceId, string By, DateOnly On, string? Reason = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("adviceCorrected", "Advice was corrected by its author; both texts are stored.")
    {
        Told = Audience.Council | Audience.Agency | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Advice = Change(state.Advice, a => a.Id == AdviceId, a => a with { CorrectedBy = By }) };

    public override string Describe(TimelineContext context) => $"{Capitalise(context.OfAdvice(AdviceId))} was corrected by its author on {Day(On)}; both texts are stored.";

    public override string? Note() => Reason;

    public override AgencyId? About(TimelineContext context) => context.Advice(AdviceId)?.Agency?.Id;
}
