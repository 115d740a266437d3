using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Describes a step of the chase ladder in plain English: who was notified about what, and how late it was.</summary>
internal static class ChaseWords
{
    private const string Contributor = "contributor";

    /// <summary>
    /// For example: "The commissioner was told that medical advice from St Mary's was due on 5 March 2026 and is 13 days late."
    /// </summary>
    internal static string Of(ChaseStepTaken taken, TimelineContext context)
    {
        var request = context.Request(taken.RequestId);
        var what = context.OfRequest(taken.RequestId);
        if (!taken.Told)
        {
            return $"A reminder about {what} was skipped because a later reminder on the same day went to the {taken.ToRole}.";
        }

        var heard = taken.ToRole == Contributor
            ? $"{(request is { Agency: null } ? "The family" : "The contributor")} was reminded"
            : $"The {taken.ToRole} was told";
        return $"{heard} that {what} {Condition(request, taken.Due, context.On)}.";
    }

    private static string Condition(AdviceRequest? request, DateOnly due, DateOnly on)
    {
        var (was, has, @is) = request?.Kind == AdviceKind.FamilyViews ? ("were", "have", "are") : ("was", "has", "is");
        var late = on.DayNumber - due.DayNumber;
        return request?.Status switch
        {
            RequestStatus.Declined => $"{was} declined, and nobody has been asked instead",
            RequestStatus.ReturnedInsufficient => $"{was} returned as insufficient and {has} not been sent again",
            _ when late > 0 => $"{was} due on {Day(due)} and {@is} {Days(late)} late",
            _ when late == 0 => $"{@is} due on this day, {Day(due)}",
            _ => $"{@is} due on {Day(due)}, in {Days(-late)}",
        };
    }

    private static string Days(int days) => FormattableString.Invariant($"{days} day{(days == 1 ? "" : "s")}");
}
