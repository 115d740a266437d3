using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>What the sums of costs must know of a plan in force. A row is derived again every day, so it holds on the day of the row.</summary>
/// <param name="Band">Code of its band; null where none was recorded.</param>
/// <param name="Place">Value of the place, pounds a year.</param>
/// <param name="TopUp">Top-up, pounds a year.</param>
/// <param name="Lines">Its lines of provision together, pounds a year; null where none was recorded.</param>
public sealed record CaseCost(string? Band, decimal Place, decimal TopUp, decimal? Lines)
{
    private static readonly CaseCost None = new(null, 0, 0, null);

    /// <summary>Derives it; null where no plan is maintained.</summary>
    internal static CaseCost? Of(AssessmentState state, DateOnly today, SharedWords words) =>
        !MaintainedPlan.IsHere(state) ? null
        : PlanCosts.On(state.Costs, today) is not { } costs ? None
        : new CaseCost(
            costs.Band is { } band ? words.Of(band.Code) : null, costs.Band?.PlaceYearlyPounds ?? 0, costs.Band?.TopUpYearlyPounds ?? 0, costs.Lines.Count == 0 ? null : costs.OfLines());
}
