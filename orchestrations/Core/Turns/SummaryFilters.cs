using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Orchestrations.Turns;

/// <summary>
/// Defines, in a single place, the meaning of each filter of a list. Tests check that stores with their own search (SQL, tables) agree with
/// this definition.
/// </summary>
public static class SummaryFilters
{
    /// <summary>Whether the result of this query includes the assessment. A filter that is null is not applied.</summary>
    public static bool Includes(this SummaryQuery query, AssessmentSummary summary)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(summary);
        return (query.Council is not { } council || summary.Id.Council == council)
            && (query.After is not { } after || string.CompareOrdinal(summary.Id.Value, after.Value) > 0)
            && (query.Agency is not { } agency || summary.Agencies.Contains(agency))
            && (query.Stage is not { } stage || summary.Stage == stage)
            && (query.Open is not { } open || summary.Stage.HasEnded() != open)
            && (query.CaseOfficer is not { } officer || summary.CaseOfficer == officer)
            && (query.VisibleTo is not { } reader || summary.IsOpenTo(reader))
            && (query.WaitingDueBefore is not { } waiting || summary.DueOn(query.OnDay) < waiting)
            && (query.FinalPlanDueBefore is not { } final || summary.FinalPlanDue < final)
            && (query.AnswerableSince is not { } since || summary.AnswersAwaited != 0 || summary.LastAskedOn >= since)
            && (query.NeedsAttention is not { } attention || summary.Attention > 0 == attention);
    }
}
