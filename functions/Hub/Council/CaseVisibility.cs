using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Council;

/// <summary>How much of an assessment a caller is allowed to see.</summary>
public enum CaseVisibility
{
    /// <summary>Nothing, as if the assessment did not exist.</summary>
    None,

    /// <summary>Everything: the caller is an officer of the assessment's council.</summary>
    Council,

    /// <summary>What the family is shown: the assessment is the caller's own.</summary>
    Family,

    /// <summary>Only what concerns the advice for which the caller's agency was asked.</summary>
    Agency,

    /// <summary>The progress of the assessment, without the child's details.</summary>
    Operations,
}

/// <summary>Decides how much of an assessment each caller is allowed to see.</summary>
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
