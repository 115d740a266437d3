namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What one line of provision costs, as the council records it.</summary>
/// <param name="LineId">The line of the plan.</param>
/// <param name="AnnualPounds">Pounds a year.</param>
public sealed record LineCost(string LineId, decimal AnnualPounds);

/// <summary>A band as it stood when it was recorded for a plan: a later tariff does not change what was paid.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Title">Its name.</param>
/// <param name="PlaceYearlyPounds">Value of the place, pounds a year.</param>
/// <param name="TopUpYearlyPounds">Top-up, pounds a year.</param>
public sealed record RecordedBand(string Code, string Title, decimal? PlaceYearlyPounds, decimal? TopUpYearlyPounds);

/// <summary>What a plan costs from a day on.</summary>
/// <param name="From">First day.</param>
/// <param name="Band">The band; null where none was recorded.</param>
/// <param name="Lines">Lines of provision; empty where none was recorded.</param>
/// <param name="By">Who recorded it.</param>
public sealed record PlanCosts(DateOnly From, RecordedBand? Band, IReadOnlyList<LineCost> Lines, string? By = null)
{
    /// <summary>The lines together, pounds a year.</summary>
    public decimal OfLines() => Lines.Sum(one => one.AnnualPounds);

    /// <summary>What holds on a day; null where nothing does yet.</summary>
    /// <param name="recorded">Everything that is recorded.</param>
    /// <param name="day">The day.</param>
    public static PlanCosts? On(IReadOnlyList<PlanCosts> recorded, DateOnly day) => recorded.Where(one => one.From <= day).MaxBy(one => one.From);
}
