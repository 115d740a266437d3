namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The last round in which advice was asked for in a re-assessment, which is an assessment like the first (SEND Regs 2014 reg 26). A re-assessment that an
/// earlier version of the hub began has none until an officer asks.
/// </summary>
/// <param name="Number">1 for the first re-assessment whose advice was asked for, then 2, 3 and so on.</param>
/// <param name="BegunOn">Day on which everybody was asked.</param>
/// <param name="EndedOn">Day from which no answer is taken any more; null while it is open.</param>
public sealed record ReassessmentRound(int Number, DateOnly BegunOn, DateOnly? EndedOn = null)
{
    /// <summary>The number of the round that is open; null where none is.</summary>
    public static int? Open(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.ReassessmentRound is { EndedOn: null } open ? open.Number : null;
    }
}
