using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Which appeals of a case are still to be decided. A step does not record the appeal to which it belongs, so this is decided from the
/// step's content. A remedy about ceasing belongs to an appeal against ceasing, and every other remedy to another appeal. A dismissal or a
/// withdrawal ends the appeal that was registered first. If two appeals are running, a plan that is to cease is maintained until both have
/// ended (CFA 2014 s45(4)).
/// </summary>
internal static class Appeals
{
    /// <summary>The days on which the appeals that have not ended were registered, oldest first.</summary>
    /// <param name="state">The case.</param>
    /// <param name="ceasing">The day of the decision to cease the plan, or null if there is none.</param>
    internal static IReadOnlyList<DateOnly> Open(AssessmentState state, DateOnly? ceasing) => Walk(state, ceasing).Open;

    /// <summary>The step by which the Tribunal upheld a decision to cease the plan, or null if it has not done so.</summary>
    /// <param name="state">The case.</param>
    /// <param name="ceasing">The day of the decision to cease the plan.</param>
    internal static RecordedAppealStep? LetStand(AssessmentState state, DateOnly ceasing) => Walk(state, ceasing).LetStand;

    private static (List<DateOnly> Open, RecordedAppealStep? LetStand) Walk(AssessmentState state, DateOnly? ceasing)
    {
        var open = new List<DateOnly>();
        RecordedAppealStep? letStand = null;
        foreach (var step in state.Appeal)
        {
            if (step.Step == AppealStep.Registered)
            {
                open.Add(step.On);
                continue;
            }

            var isOfCeasing = step.Remedy == Remedy.CeasePlan && step.On >= ceasing;
            if (open.Count > 0)
            {
                var ended = Ended(step.Remedy, open, ceasing);
                isOfCeasing |= step.Step == AppealStep.Dismissed && open[ended] >= ceasing;
                open.RemoveAt(ended);
            }

            letStand = isOfCeasing ? step : letStand;
        }

        return (open, letStand);
    }

    private static int Ended(Remedy? remedy, List<DateOnly> open, DateOnly? ceasing) => Math.Max(0, remedy switch
    {
        null or Remedy.Reconsider => 0,
        Remedy.CeasePlan or Remedy.ContinuePlan or Remedy.ContinueAndAmend => open.FindIndex(on => on >= ceasing),
        _ => open.FindIndex(on => !(on >= ceasing)),
    });
}
