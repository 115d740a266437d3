using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>
/// What each filter of a list means, said once. Stores that can search by themselves (SQL, tables) are held to it by their contract's tests.
/// </summary>
public static class SummaryFilters
{
    /// <summary>Whether a list that is asked for like this holds the assessment. A filter that is null is not applied.</summary>
    public static bool Admits(this SummaryQuery query, AssessmentSummary summary)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(summary);
        return (query.Council is not { } council || summary.Id.Council == council)
            && (query.After is not { } after || string.CompareOrdinal(summary.Id.Value, after.Value) > 0)
            && (query.Agency is not { } agency || summary.Agencies.Contains(agency))
            && (query.Stage is not { } stage || summary.Stage == stage)
            && (query.Open is not { } open || summary.Stage.HasEnded() != open)
            && (query.CaseOfficer is not { } officer || summary.CaseOfficer == officer)
            && (query.Reader is not { } reader || summary.IsOpenTo(reader))
            && (query.WaitingDueBefore is not { } waiting || summary.DueOn(query.OnDay) < waiting)
            && (query.FinalPlanDueBefore is not { } final || summary.FinalPlanDue < final)
            && (query.NeedsAttention is not { } attention || summary.Attention > 0 == attention);
    }
}
