using System.Collections.Frozen;
using System.Text.Json;

namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>
/// Working days: days other than a Saturday, a Sunday or a bank holiday. The regulations do not define working days. The usual definition
/// is used here, and another calendar can be used instead.
/// </summary>
public sealed class WorkingCalendar
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    private static readonly Lazy<WorkingCalendar> EnglandData = new(() => Embedded.Read("england-bank-holidays.json", Parse));

    private readonly FrozenDictionary<int, FrozenSet<DateOnly>> years;

    private WorkingCalendar(FrozenDictionary<int, FrozenSet<DateOnly>> years) => this.years = years;

    /// <summary>The calendar of England: published bank holidays for the years in the data, and the standing rule for all other
    /// years.</summary>
    /// <exception cref="InvalidDataException">The data in this assembly is invalid.</exception>
    public static WorkingCalendar England => EnglandData.Value;

    /// <summary>The years for which bank holidays come from the data and not from the standing rule.</summary>
    public IEnumerable<int> YearsInData => years.Keys.Order();

    /// <summary>Reads bank holidays. Years that are not in the data follow <see cref="BankHolidayRule"/>.</summary>
    /// <param name="stream">JSON in the form of <c>england-bank-holidays.json</c>.</param>
    /// <exception cref="InvalidDataException">The data is not readable, or contains a year twice or a day in the wrong year.</exception>
    public static WorkingCalendar Parse(Stream stream)
    {
        Document document;
        try
        {
            document = JsonSerializer.Deserialize<Document>(stream, Json) ?? throw new InvalidDataException("The bank holiday file contains only null.");
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The bank holidays cannot be read at {exception.Path}: {exception.Message}", exception);
        }

        if (document.Years.Select(year => year.Year).Distinct().Count() != document.Years.Count
            || document.Years.Any(year => year.Days.Count == 0 || year.Days.Any(day => day.Date.Year != year.Year)))
        {
            throw new InvalidDataException("The bank holiday data has a year twice, a year without days or a day outside its year.");
        }

        return new WorkingCalendar(document.Years.ToFrozenDictionary(year => year.Year, year => year.Days.Select(day => day.Date).ToFrozenSet()));
    }

    /// <summary>The bank holidays of a year, in order.</summary>
    public IReadOnlyList<DateOnly> BankHolidays(int year) =>
        years.TryGetValue(year, out var days) ? [.. days.Order()] : BankHolidayRule.For(year);

    /// <summary>Whether a day is a working day.</summary>
    public bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
        && !(years.TryGetValue(day.Year, out var days) ? days.Contains(day) : BankHolidayRule.For(day.Year).Contains(day));

    /// <summary>The given day if it is a working day, or else the next working day.</summary>
    public DateOnly FirstWorkingDay(DateOnly onOrAfter)
    {
        while (!IsWorkingDay(onOrAfter))
        {
            onOrAfter = onOrAfter.AddDays(1);
        }

        return onOrAfter;
    }

    /// <summary>The working day that is <paramref name="count"/> working days after <paramref name="day"/>, which is itself not
    /// counted.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public DateOnly Add(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        while (count > 0)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day))
            {
                count--;
            }
        }

        return day;
    }

    private sealed record Document(string Division, string Source, string Note, IReadOnlyList<YearOfDays> Years);

    private sealed record YearOfDays(int Year, bool Projected, IReadOnlyList<Holiday> Days);

    private sealed record Holiday(DateOnly Date, string Title);
}
