using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// What an agency and a family may say, beyond which inputs they may send at all: an agency speaks about what it was asked, a family
/// for itself. A request that was made to somebody else does not exist for them.
/// </summary>
internal static class SenderRules
{
    /// <summary>Null when the sender may say this; otherwise the answer.</summary>
    internal static ProblemResult? Check(Caller caller, AssessmentInput input, AssessmentState state) => caller.Role switch
    {
        CallerRole.Agency => Agency(caller, input, AgencyStanding.Of(state, caller.Agency!.Value)),
        CallerRole.Family => Family(input, state),
        _ => null,
    };

    private static ProblemResult? Agency(Caller caller, AssessmentInput input, AgencyStanding standing)
    {
        ProblemResult? OwnRequest(string id) => standing.Requests.Any(r => r.Id == id) ? null : Problem.NotFound("request");

        return input switch
        {
            AcknowledgeAdviceRequest i => OwnRequest(i.RequestId),
            AcceptAdviceRequest i => OwnRequest(i.RequestId),
            DeclineAdviceRequest i => OwnRequest(i.RequestId),
            SubmitAdvice i => OwnRequest(i.RequestId),
            RecordMissedAppointment i => OwnRequest(i.RequestId),
            ProposeExistingAdvice i => i.Agency.Id == caller.Agency ? null : NotYours("An agency puts forward only advice that it gave itself."),
            AgreeExistingAdvice i when standing.Existing.All(e => e.Id != i.ExistingId) => Problem.NotFound("existing advice"),
            AgreeExistingAdvice i => i.Party == AgreeingParty.Author ? null : NotYours("An agency speaks only as the author of its own advice."),
            RecordInstitutionAnswer i => i.Institution == caller.Agency && standing.Consulted is not null
                ? null
                : NotYours("An institution answers only for itself, and only when it was consulted."),
            RecordIcbAgreement => standing.AgreesSectionG ? null : NotYours("Only the responsible commissioning body agrees section G."),
            _ => NotYours("An agency may not send this."),
        };
    }

    private static ProblemResult? Family(AssessmentInput input, AssessmentState state) => input switch
    {
        SubmitAdvice i => state.Requests.Any(r => r.Id == i.RequestId && r.Agency is null) ? null : Problem.NotFound("request"),
        AgreeExistingAdvice i => i.Party == AgreeingParty.Family ? null : NotYours("A family speaks only for itself."),
        _ => null,
    };

    private static ProblemResult NotYours(string detail) => Problem.Of(StatusCodes.Status403Forbidden, "not-yours-to-say", detail);
}
