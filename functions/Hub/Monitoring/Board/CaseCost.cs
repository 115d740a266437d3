using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>
/// The costs of a plan in force, as needed for the totals over many cases. The board's row of a case is derived again every day, so its
/// costs are valid for that day.
/// </summary>
/// <param name="Band">Code of the plan's band, or null if none was recorded.</param>
/// <param name="Place">Value of the place, in pounds a year.</param>
/// <param name="TopUp">Top-up funding, in pounds a year.</param>
/// <param name="Lines">Total of the plan's lines of provision, in pounds a year, or null if none was recorded.</param>
public sealed record CaseCost(string? Band, decimal Place, decimal TopUp, decimal? Lines)
{
    private static readonly CaseCost None = new(null, 0, 0, null);

    /// <summary>Derives the costs, or returns null if no plan is maintained.</summary>
    internal static CaseCost? Of(AssessmentState state, DateOnly today, SharedStrings words) =>
        !MaintainedPlan.IsMaintainedHere(state) ? null
        : PlanCosts.On(state.Costs, today) is not { } costs ? None
        : new CaseCost(
            costs.Band is { } band ? words.Of(band.Code) : null, costs.Band?.PlaceYearlyPounds ?? 0, costs.Band?.TopUpYearlyPounds ?? 0, costs.Lines.Count == 0 ? null : costs.TotalOfLines());
}
