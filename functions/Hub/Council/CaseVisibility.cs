using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Council;

/// <summary>What a caller may see of one assessment.</summary>
public enum CaseVisibility
{
    /// <summary>Nothing, as if the assessment did not exist.</summary>
    None,

    /// <summary>Everything, for the assessment's own council.</summary>
    Council,

    /// <summary>The family's own assessment.</summary>
    Family,

    /// <summary>The parts that concern the advice this agency was asked for.</summary>
    Agency,

    /// <summary>The progress of the assessment, without the child's details.</summary>
    Operations,
}

/// <summary>Decides what each caller may see.</summary>
public static class CaseVisibilities
{
    /// <summary>What the caller is allowed to see of the assessment.</summary>
    public static CaseVisibility Of(Caller caller, AssessmentState state) => caller.Role switch
    {
        _ when state.Facts is null => CaseVisibility.None,
        CallerRole.CouncilOfficer => caller.Council == state.Id.Council && state.IsOpenTo(caller.Subject) ? CaseVisibility.Council : CaseVisibility.None,
        CallerRole.Agency => AgencyInvolvement.Of(state, caller.Agency!.Value).WasAsked ? CaseVisibility.Agency : CaseVisibility.None,
        CallerRole.Family => caller.Assessment == state.Id ? CaseVisibility.Family : CaseVisibility.None,
        CallerRole.OperationsReader or CallerRole.Operator => caller.Council is null || caller.Council == state.Id.Council ? CaseVisibility.Operations : CaseVisibility.None,
        _ => CaseVisibility.None,
    };
}
