namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>One band of a council's own tariff. Its words and sums are the council's; the hub computes nothing from them but sums of what is recorded.</summary>
public sealed record FundingBand
{
    /// <summary>Its code within the council: B3.</summary>
    public required string Code { get; init; }

    /// <summary>Its name.</summary>
    public required string Title { get; init; }

    /// <summary>Types of need that it is for; empty where it is for all.</summary>
    public IReadOnlyList<SenNeed> Needs { get; init => field = value ?? []; } = [];

    /// <summary>The kind of setting that it is for, in the council's words; null where it is for all.</summary>
    public string? Setting { get; init; }

    /// <summary>Value of the place, pounds a year; null where the band has none.</summary>
    public decimal? PlaceYearlyPounds { get; init; }

    /// <summary>Top-up in addition to the place, pounds a year; null where the band has none.</summary>
    public decimal? TopUpYearlyPounds { get; init; }

    /// <summary>First day on which it is in force.</summary>
    public required DateOnly From { get; init; }

    /// <summary>Last day on which it is in force; null while that is not known.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Whether it is in force on a day.</summary>
    public bool IsInForce(DateOnly day) => From <= day && !(To < day);

    /// <summary>What is wrong with a council's bands; null where nothing is.</summary>
    internal static string? FaultOf(IReadOnlyList<FundingBand> bands)
    {
        foreach (var (band, n) in bands.Select((band, n) => (band, n)))
        {
            if (string.IsNullOrWhiteSpace(band.Code) || string.IsNullOrWhiteSpace(band.Title))
            {
                return $"bands[{n}] needs a code and a title.";
            }

            if (band.PlaceYearlyPounds is null && band.TopUpYearlyPounds is null)
            {
                return $"band {band.Code} has neither placeYearlyPounds nor topUpYearlyPounds.";
            }

            if (!Pounds.IsSum(band.PlaceYearlyPounds ?? 0) || !Pounds.IsSum(band.TopUpYearlyPounds ?? 0))
            {
                return $"band {band.Code}: {Pounds.Expected}";
            }

            if (band.To < band.From)
            {
                return $"band {band.Code}: its last day is before its first.";
            }

            if (bands.Take(n).FirstOrDefault(other => other.Code == band.Code && !(other.To < band.From) && !(band.To < other.From)) is { } both)
            {
                return $"band {band.Code} is given twice for the same days, from {both.From:yyyy-MM-dd} and from {band.From:yyyy-MM-dd}.";
            }
        }

        return null;
    }
}

/// <summary>What a sum of money may be.</summary>
internal static class Pounds
{
    private const decimal Largest = 10_000_000;

    internal const string Expected = "a sum is pounds a year, from 0 to 10000000, with at most two decimals.";

    internal static bool IsSum(decimal pounds) => pounds is >= 0 and <= Largest && decimal.Round(pounds, 2) == pounds;
}
