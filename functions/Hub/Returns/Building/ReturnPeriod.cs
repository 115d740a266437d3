using System.Globalization;

namespace IntegrationHub.Functions.Returns.Building;

/// <summary>The days that a return covers: the calendar year before the census, and census day.</summary>
/// <param name="Year">Year of the census.</param>
/// <param name="Census">Day on which plans are counted.</param>
public sealed record ReturnPeriod(int Year, DateOnly Census)
{
    /// <summary>First day of the calendar year that the return covers.</summary>
    public DateOnly First => new(Year - 1, 1, 1);

    /// <summary>Last day of the calendar year that the return covers.</summary>
    public DateOnly Last => new(Year - 1, 12, 31);

    /// <summary>The period for one year, with the census day given in the layout's rules.</summary>
    /// <exception cref="InvalidDataException">The layout's rules do not give the census day of that year.</exception>
    public static ReturnPeriod Of(int year, Sen2Layout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        return DateOnly.TryParseExact(layout.Rule(FormattableString.Invariant($"census{year}")), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var census)
            ? new(year, census)
            : throw new InvalidDataException($"The rule census{year} of the layout must give the census day.");
    }

    internal bool Holds(DateOnly? day) => day >= First && day <= Last;
}
