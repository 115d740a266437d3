using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Returns.Building;

/// <summary>Decides which people are in a return, by the rules of the year of that return.</summary>
internal static class ReturnPopulation
{
    /// <summary>Whether a plan is in force on census day. A plan that was issued after the end of the year is not reported yet.</summary>
    internal static bool IsActive(CaseHistory history) => history is { IssuedOn: not null, Ceased: null };

    internal static bool Holds(AssessmentState state, CaseHistory history, ReturnPeriod period, Sen2Layout layout)
    {
        if (state.Facts is null || state.Facts.ReceivedOn > period.Last)
        {
            return false;
        }

        // If a plan was transferred after census day, the other council reports it. The same is true if the plan was issued after the year.
        if (state.TakenOver?.Plan.TransferredOn is { } transferred && (transferred > period.Census || history.IssuedOn is null))
        {
            return false;
        }

        return (Counts("Active") && IsActive(history))
            || (Counts("Ceased") && history.IssuedOn is not null && period.Holds(history.Ceased?.On))
            || (Counts("Refused") && Falls(history.Request))
            || (Counts("NoPlan") && Falls(history.Assessment))
            || (Counts("UnderWay") && history.Standing == EndOfYear.UnderWay)
            || (Counts("Withdrawn") && history.Standing == EndOfYear.Withdrawn && period.Holds(history.Since));

        bool Counts(string what) => layout.Rule($"population{what}") == "1";

        // A decision of which the family has not been notified is also in the return, with an error that an officer can correct.
        bool Falls(Decided decided) => decided.Outcome == FirstOutcome.No && (period.Holds(decided.On) || (decided.On is null && period.Holds(history.Since)));
    }
}
