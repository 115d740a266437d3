using System.Text.Json.Serialization;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Monitoring.Board;

/// <summary>
/// The costs of a plan in force, as needed for the totals over many cases. The board rebuilds the row of such a case when the case changes,
/// and on the first day of costs that were recorded in advance.
/// </summary>
/// <param name="Band">Code of the plan's band, or null if none was recorded.</param>
/// <param name="Place">Value of the place, in pounds a year.</param>
/// <param name="TopUp">Top-up funding, in pounds a year.</param>
/// <param name="Lines">Total of the plan's lines of provision, in pounds a year, or null if none was recorded.</param>
public sealed record CaseCost(string? Band, decimal Place, decimal TopUp, decimal? Lines)
{
    private static readonly CaseCost None = new(null, 0, 0, null);

    /// <summary>The next day from which other costs apply, or null if none is recorded. The day is not stored with the row, because stored
    /// rows are derived again after a start.</summary>
    [JsonIgnore]
    public DateOnly? ChangesOn { get; init; }

    /// <summary>Derives the costs, or returns null if no plan is maintained.</summary>
    internal static CaseCost? Of(AssessmentState state, DateOnly today, SharedStrings words)
    {
        if (!MaintainedPlan.IsMaintainedHere(state))
        {
            return null;
        }

        var cost = PlanCosts.On(state.Costs, today) is not { } costs ? None : new CaseCost(
            costs.Band is { } band ? words.Of(band.Code) : null, costs.Band?.PlaceYearlyPounds ?? 0, costs.Band?.TopUpYearlyPounds ?? 0, costs.Lines.Count == 0 ? null : costs.TotalOfLines());
        return state.Costs.Where(one => one.From > today).Min(one => (DateOnly?)one.From) is { } next ? cost with { ChangesOn = next } : cost;
    }
}
