using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Http;

namespace IntegrationHub.Functions.Council;

/// <summary>
/// Further rules for steps that agencies and families submit: an agency can submit only steps about the advice it was asked for, and a
/// family can submit steps only on its own behalf. Each step states its own rules about its senders.
/// </summary>
internal static class SenderRules
{
    /// <summary>The response if the sender is not allowed to send this input, or null if the sender is allowed.</summary>
    internal static ProblemResult? Check(Caller caller, AssessmentInput input, AssessmentState state, DateOnly today) => caller.Role switch
    {
        CallerRole.Agency => Answer(StepCatalogue.Of(input).AgencyRefusal(input, AgencyInvolvement.Of(state, caller.Agency!.Value))),
        CallerRole.Family when PersonOf(input) is not null => Answer(SenderFault.NotAllowed("The token of a family belongs to the first contact, who can speak only for themselves. Leave out the member person.")),
        CallerRole.Family when state.Facts is not null && !FamilyPeople.HoldsRights(state, null, today) =>
            Answer(SenderFault.NotAllowed("Only the young person, who now holds the rights in the case, can do this (CFA 2014 s83(2)). The token of a family belongs to the first contact, who can still read the case.")),
        CallerRole.Family => Answer(StepCatalogue.Of(input).FamilyRefusal(input, state)),
        _ => null,
    };

    /// <summary>The member of the family in whose name an input is given; null means the first contact.</summary>
    private static string? PersonOf(AssessmentInput input) => input switch
    {
        SubmitAdvice i => i.Person,
        RecordFamilyEvidence i => i.Person,
        RecordRepresentations i => i.Person,
        AnswerTransferPreference i => i.Person,
        AskForBudgetLine i => i.Person,
        AskForBudgetReview i => i.Person,
        NameSupporter i => i.Person,
        EndSupporter i => i.Person,
        _ => null,
    };

    private static ProblemResult? Answer(SenderFault? fault) => fault switch
    {
        null => null,
        { Unknown: { } what } => Problem.NotFound(what),
        _ => Problem.Of(StatusCodes.Status403Forbidden, "not-yours-to-say", fault.Reason!),
    };
}
