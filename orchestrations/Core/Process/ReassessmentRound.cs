namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The last round of requests for advice in a re-assessment, which is carried out like a first assessment (SEND Regs 2014 reg 26). A
/// re-assessment begun by an earlier version of the hub has no round until an officer asks for advice.
/// </summary>
/// <param name="Number">The number of the round: 1 for the first re-assessment in which advice was asked for, then 2, 3 and so on.</param>
/// <param name="BegunOn">The day on which advice was asked for.</param>
/// <param name="EndedOn">The day from which answers are no longer accepted; null while the round is open.</param>
public sealed record ReassessmentRound(int Number, DateOnly BegunOn, DateOnly? EndedOn = null)
{
    /// <summary>The number of the open round, or null if none is open.</summary>
    public static int? Open(AssessmentState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.ReassessmentRound is { EndedOn: null } open ? open.Number : null;
    }
}
