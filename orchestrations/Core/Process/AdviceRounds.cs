using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// What advice is asked for: an assessment, a review of the plan, or a re-assessment. It is asked for, answered, corrected and returned by the same steps
/// through the same channels. How long an answer is taken differs, and is said here.
/// </summary>
public static class AdviceRounds
{
    /// <summary>
    /// Whether the case can still take an answer: advice for an assessment until that has ended, advice for a review or a re-assessment until it is
    /// decided, while the plan is maintained here. A report that comes after the meeting of a review is still read before the decision.
    /// </summary>
    public static bool MayBeAnswered(AssessmentState state, AdviceRequest request)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        return request switch
        {
            { Review: { } review } => Reviews.Current(state) is { DecidedOn: null } current && current.Number == review && MaintainedPlan.IsHere(state),
            { Reassessment: { } round } => ReassessmentRound.Open(state) == round && MaintainedPlan.IsHere(state),
            _ => !state.Stage.HasEnded(),
        };
    }

    /// <summary>Whether advice that came may still be changed on a page: nothing was written from it yet.</summary>
    public static bool MayBeChanged(AssessmentState state, AdviceRequest request)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(request);
        return request.Status == RequestStatus.Received
            && (IsOfAssessment(request) ? state.Stage is Stage.Assessing or Stage.Drafting : MayBeAnswered(state, request));
    }

    /// <summary>Whether it was asked for in the first assessment.</summary>
    internal static bool IsOfAssessment(AdviceRequest request) => request is { Review: null, Reassessment: null };

    /// <summary>Refuses unless the assessment, or the round of a re-assessment, is open.</summary>
    internal static bool RequireOpen(Deciding d) => ReassessmentRound.Open(d.State) is not null || Form.Open(d);

    /// <summary>Refuses where no answer to the request is taken any more; a request that is not known counts as one of the assessment.</summary>
    internal static bool Require(Deciding d, AdviceRequest? request) =>
        request is null || IsOfAssessment(request) ? Form.Open(d) : d.Require(MayBeAnswered(d.State, request), "ended", WhyNot(d.State, request));

    /// <summary>Why no answer to the request is taken any more.</summary>
    internal static string WhyNot(AssessmentState state, AdviceRequest request) => request switch
    {
        { Review: not null } => "The review was decided, or the plan is no longer maintained here.",
        { Reassessment: not null } => "The re-assessment for which it was asked has ended.",
        _ => $"The assessment has ended: {Words.Of(state.Stage)}.",
    };
}
