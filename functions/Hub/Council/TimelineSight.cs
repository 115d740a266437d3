using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Council;

/// <summary>Which events of an assessment a caller reads about.</summary>
internal static class TimelineSight
{
    internal static bool Shows(AssessmentEvent happened, Sight sight, AgencyId? agency, TimelineNames names) => sight switch
    {
        Sight.Council or Sight.Operations => true,
        Sight.Family => IsForFamily(happened),
        Sight.Agency => AgencyOf(happened, names) == agency,
        _ => false,
    };

    /// <summary>The council's own work behind the scenes, and what is not settled yet, is not told to the family as news.</summary>
    private static bool IsForFamily(AssessmentEvent happened) => happened is not (
        NoticePlanned or ChaseStepTaken or AttentionAsked or AttentionResolved
        or PlanEdited or PlanFindingAccepted or PlanPrepared or PlanKept or PlanRead or InstitutionAnswered or AdviserNamed
        or EffectFailed or EffectRetried or EffectAbandoned or RemindedByHand or RequestSentAgain or ChasingPaused or ChasingResumed
        or PushedAssessmentSettled);

    /// <summary>The agency that an event speaks of; null for an event that is none of any agency's business.</summary>
    private static AgencyId? AgencyOf(AssessmentEvent happened, TimelineNames names) => happened switch
    {
        AdviceRequested e => e.Request.Agency?.Id,
        AdviceRequestMoved e => names.Request(e.RequestId)?.Agency?.Id,
        AdviceReceived e => e.Advice.Agency?.Id,
        AdviceReturned e => names.Advice(e.AdviceId)?.Agency?.Id,
        ExistingAdviceProposed e => e.Advice.Agency.Id,
        ExistingAdviceJudged e => names.Existing(e.ExistingId)?.Agency.Id,
        ExistingAdviceReliedOn e => names.Existing(e.ExistingId)?.Agency.Id,
        AppointmentMissed e => names.Request(e.RequestId)?.Agency?.Id,
        ChaseStepTaken e => names.Request(e.RequestId)?.Agency?.Id,
        RemindedByHand e => names.Request(e.RequestId)?.Agency?.Id,
        RequestSentAgain e => names.Request(e.RequestId)?.Agency?.Id,
        InstitutionConsulted e => e.Institution.Id,
        InstitutionAnswered e => e.Institution,
        PlanRead e => e.Reader.Agency,
        _ => null,
    };
}
