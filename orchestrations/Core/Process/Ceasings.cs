using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// A plan that will cease: what was decided and notified, and whether an appeal is pending. The decision to cease does not end the plan, which
/// is maintained until the time to appeal has ended or an appeal is decided (CFA 2014 s45(4)).
/// </summary>
internal static class Ceasings
{
    // No plan has this many reviews: a plan is reviewed once a year, until the young person is 25.
    private const int AboveReviews = 1000;

    /// <summary>
    /// The number given to the notices of a decision to cease the plan outside a review. Notices of a decision after a
    /// review are sent without the plan. So if a version of the plan is sent with these notices, it shows that there was no review, and the
    /// number is that of the occasion on which ceasing was considered. If the hub does not have the plan's text and so sends no version, a
    /// number above the number of any review shows this instead.
    /// </summary>
    internal static int OccasionOf(AssessmentState state) => state.NewestPlan is null ? AboveReviews + state.Ceasing!.Number : state.Ceasing!.Number;

    /// <summary>Whether a notice that the plan ceases is about a decision outside a review.</summary>
    internal static bool IsOutsideReview(Notice notice) => notice.PlanVersion is not null || notice.Occasion > AboveReviews;

    /// <summary>The day of the last decision to cease the plan that no order, concession or agreement has overturned, or null if there is
    /// none.</summary>
    internal static DateOnly? DecidedOn(AssessmentState state)
    {
        var decided = state.Ceasing?.DecidedOn;
        for (var n = 0; n < state.Reviews.Count; n++)
        {
            decided = state.Reviews[n] is { Decided: ReviewChoice.Cease, DecidedOn: { } on } && !(decided >= on) ? on : decided;
        }

        return decided is null || state.Appeal.Any(a => a.On >= decided && Continues(a.Remedy)) || state.Mediation.Any(m => m.On >= decided && Continues(m.Remedy)) ? null : decided;
    }

    /// <summary>Whether the family has appealed against the decision to cease and the appeal is neither decided nor withdrawn.</summary>
    internal static bool AppealIsPending(AssessmentState state) =>
        DecidedOn(state) is { } decided && Appeals.Open(state, decided).Any(registered => registered >= decided);

    private static bool Continues(Remedy? remedy) => remedy is Remedy.ContinuePlan or Remedy.ContinueAndAmend;
}
