using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The purposes for which advice is requested: an assessment, a review of the plan, or a re-assessment. Advice for each purpose is
/// requested, given, corrected and returned by the same steps and channels. This class decides how long an answer is accepted, which
/// depends on the purpose.
/// </summary>
public static class AdviceRounds
{
    /// <summary>
    /// Whether the case still accepts an answer to a request for advice. Advice for an assessment is accepted until the assessment has
    /// ended. Advice for a review or a re-assessment is accepted until the decision, while the plan is maintained here. A report that
    /// arrives after a review meeting is still read before the decision.
    /// </summary>
    public static bool MayBeAnswered(AssessmentState state, AdviceRequest request)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        return request switch
        {
            { Review: { } review } => Reviews.Current(state) is { DecidedOn: null } current && current.Number == review && MaintainedPlan.IsMaintainedHere(state),
            { Reassessment: { } round } => ReassessmentRound.Open(state) == round && MaintainedPlan.IsMaintainedHere(state),
            _ => !state.Stage.HasEnded(),
        };
    }

    /// <summary>Whether advice that was received can still be changed on a page, because no text has been based on the advice
    /// yet.</summary>
    public static bool MayBeChanged(AssessmentState state, AdviceRequest request)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        return request.Status == RequestStatus.Received
            && (IsOfAssessment(request) ? state.Stage is Stage.Assessing or Stage.Drafting : MayBeAnswered(state, request));
    }

    /// <summary>Whether the advice was requested in the first assessment.</summary>
    internal static bool IsOfAssessment(AdviceRequest request) => request is { Review: null, Reassessment: null };

    /// <summary>Refuses the step unless the assessment, or a re-assessment's round of requests, is open.</summary>
    internal static bool RequireOpen(Deciding d) => ReassessmentRound.Open(d.State) is not null || InputChecks.Open(d);

    /// <summary>Refuses the step if answers to the request are no longer accepted. A request that is not on record is treated as a request
    /// for advice for an assessment.</summary>
    internal static bool Require(Deciding d, AdviceRequest? request) =>
        request is null || IsOfAssessment(request) ? InputChecks.Open(d) : d.Require(MayBeAnswered(d.State, request), "ended", WhyNot(d.State, request));

    /// <summary>The reason why answers to the request are no longer accepted.</summary>
    internal static string WhyNot(AssessmentState state, AdviceRequest request) => request switch
    {
        { Review: not null } => "The review has been decided, or this council no longer maintains the plan.",
        { Reassessment: not null } => "The re-assessment for which the advice was requested has ended.",
        _ => $"The assessment has ended: {Words.Of(state.Stage)}.",
    };
}
