using System.Text.Json;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Plans;
using IntegrationHub.Orchestrations.Turns;
using Riok.Mapperly.Abstractions;
using Api = IntegrationHub.Contracts.Api;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// Maps the hub's types to those of the HTTP API. The mapping is generated when the hub is built, and the build fails if a member has no
/// counterpart in the API, or the other way round, so nothing is shown or dropped by accident.
/// </summary>
[Mapper(EnumMappingStrategy = EnumMappingStrategy.ByName, RequiredMappingStrategy = RequiredMappingStrategy.Both)]
internal static partial class ApiShapes
{
    // What the SEN2 return asks about a child is shown only where an officer records it, not to anyone who reads a case for another reason.
    [MapperIgnoreSource(nameof(AssessmentState.ChildFacts))]
    [MapperIgnoreSource(nameof(AssessmentState.SchoolPlaces))]
    [MapperIgnoreSource(nameof(AssessmentState.TakenUnderWay))]
    [MapperIgnoreSource(nameof(AssessmentState.PhaseTransfers))]
    [MapperIgnoreSource(nameof(AssessmentState.SchoolList))]
    [MapperIgnoreSource(nameof(AssessmentState.Costs))]
    [MapperIgnoreSource(nameof(AssessmentState.MovingTo))]
    [MapperIgnoreSource(nameof(AssessmentState.Reassessment))]
    [MapperIgnoreSource(nameof(AssessmentState.ReassessmentRound))]
    [MapperIgnoreSource(nameof(AssessmentState.IcbChange))]
    [MapperIgnoreSource(nameof(AssessmentState.Detentions))]
    [MapperIgnoreSource(nameof(AssessmentState.PlanBudget))]
    [MapperIgnoreSource(nameof(AssessmentState.PlanTerms))]
    [MapperIgnoreSource(nameof(AssessmentState.EarlierReturn))]
    [MapperIgnoreSource(nameof(AssessmentState.EarlierAmendDecisions))]
    [MapperIgnoreSource(nameof(AssessmentState.EndedNotices))]
    [MapperIgnoreSource(nameof(AssessmentState.FormerContacts))]
    [MapperIgnoreSource(nameof(AssessmentState.FormerPeople))]
    internal static partial Api.CaseState Of(AssessmentState state);

    [MapperIgnoreSource(nameof(TakenOverPlan.After))]
    internal static partial Api.TakenOverPlan Of(TakenOverPlan taken);

    [MapperIgnoreSource(nameof(OpeningFacts.TakenOver))]
    internal static partial Api.CaseFacts Of(OpeningFacts facts);

    internal static partial Api.Stage Of(Stage stage);

    [MapperIgnoreSource(nameof(PlanCeasing.Considered))]
    internal static partial Api.PlanCeasing Of(PlanCeasing ceasing);

    internal static partial Api.Limit Of(LimitView limit);

    internal static partial Api.TimelineLine Of(TimelineEntry entry);

    internal static partial Api.CaseEvent Of(RecordedEvent recorded);

    internal static partial Api.MadeDecision Of(MadeDecision decision);

    [MapperIgnoreSource(nameof(Notice.InPlaceOf))]
    [MapperIgnoreSource(nameof(Notice.EndedOn))]
    [MapperIgnoreSource(nameof(Notice.EndedByWithdrawal))]
    [MapperIgnoreSource(nameof(Notice.ToFormerContact))]
    internal static partial Api.Notice Of(Notice notice);

    internal static partial Api.AdviserWish Of(AdviserWish wish);

    [MapperIgnoreSource(nameof(ExistingAdvice.IsVisibleToAuthor))]
    [MapperIgnoreSource(nameof(ExistingAdvice.WasPushed))]
    internal static partial Api.ExistingAdvice Of(ExistingAdvice existing);

    internal static partial Api.ClaimedException Of(ClaimedException exception);

    [MapperIgnoreSource(nameof(ReceivedAdvice.Counts))]
    [MapperIgnoreSource(nameof(ReceivedAdvice.IsSource))]
    internal static partial Api.ReceivedAdvice Of(ReceivedAdvice advice);

    internal static partial Api.Representation Of(Representation representation);

    internal static partial Api.BudgetSettlement Of(BudgetSettlement budget);

    [MapperIgnoreSource(nameof(AdviceRequest.IsAwaited))]
    [MapperIgnoreSource(nameof(AdviceRequest.IsToBeEntered))]
    [MapperIgnoreSource(nameof(AdviceRequest.WasSentElsewhere))]
    internal static partial Api.AdviceRequest Of(AdviceRequest request);

    internal static partial Api.ConsultedInstitution Of(ConsultedInstitution consulted);

    internal static partial Api.Attention Of(Attention attention);

    [MapperIgnoreSource(nameof(CaseNote.KindWords))]
    internal static partial Api.CaseNote Of(CaseNote note);

    internal static partial Api.PanelMeeting Of(PanelMeeting meeting);

    internal static partial Api.RequestStatus Of(RequestStatus status);

    internal static partial Api.SettingKind Of(SettingKind kind);

    internal static partial Api.SensoryImpairment Of(SensoryImpairment impairment);

    internal static partial Api.EffectOutcome Of(EffectOutcome end);

    [MapperIgnoreSource(nameof(FindingAccepted.LineId))]
    internal static partial Api.FindingAccepted Of(FindingAccepted accepted);

    internal static partial Api.PlanDiff Of(PlanDiff difference);

    internal static partial Api.PlanFinding Of(PlanFinding finding);

    internal static partial Api.PlanStep Of(PlanStep step);

    internal static Api.CaseEffect Of(EffectRecord effect) => new()
    {
        Id = effect.Effect.Id,
        Effect = Of(effect.Effect.Effect),
        CreatedAt = effect.CreatedAt,
        Attempts = effect.Attempts,
        End = effect.End is { } end ? Of(end) : null,
        LastDetail = effect.LastDetail,
        NextAt = effect.NextAt,
    };

    private static JsonElement Of(Effect effect) => Wire.Element(effect);

    private static JsonElement Of(AssessmentEvent happened) => Wire.Element(happened);
}
