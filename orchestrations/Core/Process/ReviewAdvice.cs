using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The rules for the advice that is given for a review. The people invited to the meeting are asked for advice, give it in the ways that
/// are used in an assessment, and all receive it before the meeting.
/// </summary>
public static class ReviewAdvice
{
    /// <summary>The name of the time limit for sending the advice to everybody who is invited.</summary>
    internal const string PapersLimit = "reviewPapers";

    /// <summary>The current advice for a review, in the order of receipt.</summary>
    public static IEnumerable<ReceivedAdvice> Of(AssessmentState state, int review)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.Advice.Where(a => a.Review == review && a.Counts);
    }

    /// <summary>Whether reminders are still sent for a request for advice for a review, because the meeting has not been held.</summary>
    internal static bool IsChased(AssessmentState state, AdviceRequest request) =>
        request.Status != RequestStatus.Declined && Reviews.Current(state) is { HeldOn: null } && Detentions.Current(state) is null && AdviceRounds.MayBeAnswered(state, request);

    /// <summary>
    /// The last day for the answer: the day by which everybody who is invited must have the advice. If that day had already passed when the
    /// advice was asked for, the last day is the day before the meeting, so that the advice can still be read at the meeting.
    /// </summary>
    internal static DateOnly DueDay(AssessmentState state, AdviceRequest request, RuleSet law)
    {
        var meeting = state.Reviews.First(r => r.Number == request.Review).MeetingOn;
        var lawful = Clock.Due(law.Rule(PapersLimit), meeting)!.Value;
        return lawful >= request.RequestedOn ? lawful : meeting > request.RequestedOn ? meeting.AddDays(-1) : request.RequestedOn;
    }
}
