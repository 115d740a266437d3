namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The cost of one line of provision, as recorded by the council.</summary>
/// <param name="LineId">The id of the line in the plan.</param>
/// <param name="AnnualPounds">The cost in pounds a year.</param>
public sealed record LineCost(string LineId, decimal AnnualPounds);

/// <summary>
/// A band with its values on the day when it was recorded for a plan, because a later tariff does not change what was paid.
/// </summary>
/// <param name="Code">The code of the band.</param>
/// <param name="Title">The name of the band.</param>
/// <param name="PlaceYearlyPounds">The value of the place in pounds a year.</param>
/// <param name="TopUpYearlyPounds">The top-up in pounds a year.</param>
public sealed record RecordedBand(string Code, string Title, decimal? PlaceYearlyPounds, decimal? TopUpYearlyPounds);

/// <summary>The costs of a plan from a given day.</summary>
/// <param name="From">The first day to which these costs apply.</param>
/// <param name="Band">The band, or null if none was recorded.</param>
/// <param name="Lines">The costs of lines of provision; empty if none was recorded.</param>
/// <param name="By">The officer who recorded the costs.</param>
public sealed record PlanCosts(DateOnly From, RecordedBand? Band, IReadOnlyList<LineCost> Lines, string? By = null)
{
    /// <summary>The total cost of the lines in pounds a year.</summary>
    public decimal TotalOfLines() => Lines.Sum(one => one.AnnualPounds);

    /// <summary>The costs in force on a day, or null if no costs are recorded for that day.</summary>
    /// <param name="recorded">All recorded costs.</param>
    /// <param name="day">The day for which the costs are wanted.</param>
    public static PlanCosts? On(IReadOnlyList<PlanCosts> recorded, DateOnly day) => recorded.Where(one => one.From <= day).MaxBy(one => one.From);
}
