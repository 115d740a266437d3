using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.Lists;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What the steps of a review have in common: a review is under way, and its parts come in order.</summary>
internal static class ReviewSteps
{
    /// <summary>The review under way; null, and refused, where none is.</summary>
    internal static PlanReview? UnderWay(Deciding d, string whatFor)
    {
        if (!MaintainedPlan.Require(d, whatFor))
        {
            return null;
        }

        var current = Reviews.Current(d.State);
        return d.Require(current is { DecidedOn: null }, "no-review", $"{whatFor} is not possible: no review is under way. Arrange it first.") ? current : null;
    }

    /// <summary>The review under way once its meeting was held; null, and refused, where it was not.</summary>
    internal static PlanReview? Held(Deciding d, string whatFor) =>
        UnderWay(d, whatFor) is { } review && d.Require(review.HeldOn is not null, "meeting-not-held", "The review meeting is not on record as held.") ? review : null;

    /// <summary>The last review, decided or not: invitations, papers and the report can also be recorded after the decision.</summary>
    internal static PlanReview? Last(Deciding d, string whatFor) => Form.At(d, whatFor, Stage.PlanIssued)
        && d.Require(Reviews.Current(d.State) is not null, "no-review", $"{whatFor} is not possible: no review is on record. Arrange it first.") ? Reviews.Current(d.State) : null;

    /// <summary>The last review once its meeting was held; null, and refused, where it was not.</summary>
    internal static PlanReview? LastHeld(Deciding d, string whatFor) =>
        Last(d, whatFor) is { } review && d.Require(review.HeldOn is not null, "meeting-not-held", "The review meeting is not on record as held.") ? review : null;

    /// <summary>The state with its current review changed.</summary>
    internal static AssessmentState With(AssessmentState state, int number, Func<PlanReview, PlanReview> change) =>
        state with { Reviews = Change(state.Reviews, r => r.Number == number, change) };

    /// <summary>Nobody is asked any more for advice for a review.</summary>
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
