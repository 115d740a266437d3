namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>One band of a council's own tariff. The text and amounts of a band are the council's own. The hub only adds up recorded
/// amounts.</summary>
public sealed record FundingBand
{
    /// <summary>The code of the band within the council, for instance B3.</summary>
    public required string Code { get; init; }

    /// <summary>The name of the band.</summary>
    public required string Title { get; init; }

    /// <summary>The types of need that the band is for; empty if it is for all.</summary>
    public IReadOnlyList<SenNeed> Needs { get; init => field = value ?? []; } = [];

    /// <summary>The kind of setting that the band is for, in the council's words; null if it is for all.</summary>
    public string? Setting { get; init; }

    /// <summary>The value of the place in pounds a year, or null if the band has none.</summary>
    public decimal? PlaceYearlyPounds { get; init; }

    /// <summary>The top-up, which is paid in addition to the value of the place, in pounds a year, or null if the band has none.</summary>
    public decimal? TopUpYearlyPounds { get; init; }

    /// <summary>The first day on which the band is in force.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day on which the band is in force, or null if that is not known.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Whether the band is in force on a day.</summary>
    public bool IsInForce(DateOnly day) => From <= day && !(To < day);

    /// <summary>What is wrong with a council's bands, or null if nothing is.</summary>
    internal static string? FaultOf(IReadOnlyList<FundingBand> bands)
    {
        foreach (var (band, n) in bands.Select((band, n) => (band, n)))
        {
            if (string.IsNullOrWhiteSpace(band.Code) || string.IsNullOrWhiteSpace(band.Title))
            {
                return $"bands[{n}] must have a code and a title.";
            }

            if (band.PlaceYearlyPounds is null && band.TopUpYearlyPounds is null)
            {
                return $"band {band.Code} must have placeYearlyPounds, topUpYearlyPounds or both.";
            }

            if (!Pounds.IsSum(band.PlaceYearlyPounds ?? 0) || !Pounds.IsSum(band.TopUpYearlyPounds ?? 0))
            {
                return $"band {band.Code}: {Pounds.Expected}";
            }

            if (band.To < band.From)
            {
                return $"band {band.Code}: the last day must not be before the first day.";
            }

            if (bands.Take(n).FirstOrDefault(other => other.Code == band.Code && !(other.To < band.From) && !(band.To < other.From)) is { } both)
            {
                return $"band {band.Code} must not have two entries for the same days, from {both.From:yyyy-MM-dd} and from {band.From:yyyy-MM-dd}.";
            }
        }

        return null;
    }
}

/// <summary>Checks an amount of money.</summary>
internal static class Pounds
{
    private const decimal Largest = 10_000_000;

    internal const string Expected = "an amount must be in pounds a year, from 0 to 10000000, with at most two decimal places.";

    internal static bool IsSum(decimal pounds) => pounds is >= 0 and <= Largest && decimal.Round(pounds, 2) == pounds;
}
