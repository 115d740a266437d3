using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>Describes a re-assessment as text for officers.</summary>
internal static class ReassessmentWords
{
    /// <summary>The record of the last re-assessment as text, or null if no re-assessment was requested or decided on.</summary>
    internal static string? Of(AssessmentState state) => state.Reassessment switch
    {
        null => null,
        { DecidedOn: null } => $"{Asked(state)}; not decided yet",
        { Agreed: false, DecidedOn: { } on } => $"{Asked(state)}; refused on {Words.Day(on, true)}",
        { DecidedOn: { } on } => $"{Asked(state)}; agreed on {Words.Day(on, true)}"
            + (Reassessments.IsUnderWay(state) ? DecideOnPlan.IsAwaited(state) ? $"; {Advice(state)}the decision on the plan is open" : "; the amended plan is to be sent"
                : Reassessments.FinishedOn(state) is { } sent ? $"; the amended plan was sent to everybody by {Words.Day(sent, true)}" : "; the plan stays as it is"),
    };

    private static string Advice(AssessmentState state) => ReassessmentRound.Open(state) is not { } round
        ? ReassessmentAdvice.NeedsRequests(state) ? "nobody has been asked for advice; " : ""
        : FormattableString.Invariant($"{state.Requests.Count(r => r.Reassessment == round && r.Status == RequestStatus.Received)} of {state.Requests.Count(r => r.Reassessment == round && r.Status != RequestStatus.Withdrawn)} answers have been received; ");

    private static string Asked(AssessmentState state) => state.Reassessment is { AskedOn: { } on } asked
        ? $"Asked for{(asked.AskedBy is { } by ? $" by {Words.Of(by)}" : "")} on {Words.Day(on, true)}"
        : "Not asked for";
}
