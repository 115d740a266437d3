using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>
/// The council's decision for which a case waits, and which a panel considers. The step that records the decision checks whether the
/// council is already allowed by law to decide.
/// </summary>
public static class AwaitedDecision
{
    /// <summary>The step that records the decision, or null while the case waits for something else.</summary>
    public static StepDefinition? Of(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state switch
        {
            { Facts: null } => null,
            { Stage: Stage.Considering } => DecideWhetherToAssess.Definition,
            { Stage: Stage.Assessing } when state.Requests.All(one => !one.IsOpen && one.Status != RequestStatus.Declined) => DecideWhetherToIssuePlan.Definition,
            { Stage: Stage.PlanIssued } when !MaintainedPlan.IsMaintainedHere(state) => null,

            // All other decisions wait until the child or young person is released from detention.
            { Stage: Stage.PlanIssued } when Detentions.Current(state) is not null => DecideOnPlan.IsAwaited(state) ? DecideOnPlan.Definition : null,
            { Stage: Stage.PlanIssued, Ceasing: { DecidedOn: null, KeptOn: null } } => DecideOnCeasing.Definition,
            { Stage: Stage.PlanIssued } when Reassessments.PendingRequest(state) is not null => AgreeReassessment.Definition,
            { Stage: Stage.PlanIssued } when DecideOnPlan.IsAwaited(state) && ReassessmentAdvice.Awaited(state).Count == 0 => DecideOnPlan.Definition,
            { Stage: Stage.PlanIssued, Reviews: [.., { HeldOn: not null, DecidedOn: null }] } => DecideAfterReview.Definition,

            // A proposal to amend the plan is either finalised or given up (decide-not-to-amend).
            { Stage: Stage.PlanIssued, Amendments: [.., { Outcome: null }] } => FinaliseAmendedPlan.Definition,
            _ => null,
        };
    }
}
