using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// What an agency and a family may say, beyond which steps they may send at all: an agency speaks about what it was asked, a family
/// for itself. Each step says so of itself.
/// </summary>
internal static class SenderRules
{
    /// <summary>Null when the sender may say this; otherwise the answer.</summary>
    internal static ProblemResult? Check(Caller caller, AssessmentInput input, AssessmentState state) => caller.Role switch
    {
        CallerRole.Agency => Answer(StepCatalogue.Of(input).FaultOfAgency(input, AgencyStanding.Of(state, caller.Agency!.Value))),
        CallerRole.Family => Answer(StepCatalogue.Of(input).FaultOfFamily(input, state)),
        _ => null,
    };

    private static ProblemResult? Answer(SenderFault? fault) => fault switch
    {
        null => null,
        { Unknown: { } what } => Problem.NotFound(what),
        _ => Problem.Of(StatusCodes.Status403Forbidden, "not-yours-to-say", fault.Reason!),
    };
}
