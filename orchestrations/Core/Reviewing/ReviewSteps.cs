using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The checks that the steps of a review have in common: that a review is under way, and that its parts are done in
/// order.</summary>
internal static class ReviewSteps
{
    /// <summary>The review that is under way. If no review is under way, the input is refused and the result is null.</summary>
    internal static PlanReview? UnderWay(Deciding d, string whatFor)
    {
        if (!MaintainedPlan.Require(d, whatFor))
        {
            return null;
        }

        var current = Reviews.Current(d.State);
        return d.Require(current is { DecidedOn: null }, "no-review", $"{whatFor} is not possible, because no review is under way. Arrange a review first.") ? current : null;
    }

    /// <summary>
    /// The review that is under way, once its meeting has been held. If the meeting was not held, the input is refused and the result is
    /// null.
    /// </summary>
    internal static PlanReview? Held(Deciding d, string whatFor) =>
        UnderWay(d, whatFor) is { } review && d.Require(review.HeldOn is not null, "meeting-not-held", "The review meeting is not on record as held. Record the meeting first.") ? review : null;

    /// <summary>The last review, decided or not, because invitations, papers and the report can also be recorded after the
    /// decision.</summary>
    internal static PlanReview? Last(Deciding d, string whatFor) => InputChecks.At(d, whatFor, Stage.PlanIssued)
        && d.Require(Reviews.Current(d.State) is not null, "no-review", $"{whatFor} is not possible, because no review is on record. Arrange a review first.") ? Reviews.Current(d.State) : null;

    /// <summary>
    /// The last review, once its meeting has been held. If the meeting was not held, the input is refused and the result is null.
    /// </summary>
    internal static PlanReview? LastHeld(Deciding d, string whatFor) =>
        Last(d, whatFor) is { } review && d.Require(review.HeldOn is not null, "meeting-not-held", "The review meeting is not on record as held. Record the meeting first.") ? review : null;

    /// <summary>A copy of the state with the current review changed.</summary>
    internal static AssessmentState With(AssessmentState state, int number, Func<PlanReview, PlanReview> change) =>
        state with { Reviews = Change(state.Reviews, r => r.Number == number, change) };

    /// <summary>Withdraws all open requests for advice for a review.</summary>
    internal static void WithdrawRequests(Deciding d, string reason)
    {
        foreach (var request in d.State.Requests.Where(r => r is { Review: not null, IsOpen: true }).ToList())
        {
            Asking.Settle(d, request, RequestStatus.Withdrawn, reason);
        }
    }

    internal static string Of(ReviewChoice choice) => choice switch
    {
        ReviewChoice.Keep => "keep the plan as it is",
        ReviewChoice.Amend => "amend the plan",
        _ => "cease to maintain the plan",
    };

    internal static string Of(ReviewArranger by) => by == ReviewArranger.School ? "the school or setting" : "the council";
}
