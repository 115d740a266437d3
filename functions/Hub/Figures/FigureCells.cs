using System.Globalization;

namespace IntegrationHub.Functions.Figures;

/// <summary>The cells of a table as they are published.</summary>
/// <param name="figures">The figures.</param>
/// <param name="layout">The layout of the tables.</param>
/// <param name="options">The settings that say how small a published count can be; null to suppress nothing.</param>
internal sealed class FigureCells(FigureSet figures, FigureLayout layout, FiguresOptions? options)
{
    /// <summary>The symbol for a count that is suppressed.</summary>
    internal const string Suppressed = "c";

    /// <summary>The symbol used if there is no total from which to calculate a percentage.</summary>
    internal const string NotApplicable = "z";

    private const int DaysInAWeek = 7;

    private readonly Suppression? suppression = options is null ? null : Suppression.Of(figures, layout, options.SmallestCount);

    /// <summary>The value of a column in a row.</summary>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    /// <param name="row">The breakdown's dimension and value; null in the row for all children.</param>
    internal string Cell(FigureTable table, FigureColumn column, (string By, string Value)? row)
    {
        var whole = column.Share is null ? null : Sum(table.Population, [column.Of!], row is { } only ? [only] : []);
        var measure = column.Count ?? column.Share ?? column.Average!;
        var part = column.By is null
            ? Sum(table.Population, [measure], row is { } one ? [one] : [])
            : column.Values!.Select(value => Sum(table.Population, [measure], row is { } at ? [(column.By, value), at] : [(column.By, value)])).Aggregate((long?)0, (sum, more) => sum + more);
        return column switch
        {
            { Count: not null } => part?.ToString(CultureInfo.InvariantCulture) ?? Suppressed,
            { Average: not null } => Average(part, column.Average, row),
            _ when part is null || whole is null => Suppressed,
            _ => Share(part.Value, whole.Value),
        };
    }

    /// <summary>A count, or null if it is suppressed.</summary>
    internal int? Count(string population, string measure, params ReadOnlySpan<(string By, string Value)> filters) =>
        suppression?.Shows(population, measure, filters) == false ? null : figures.Of(measure, filters);

    /// <summary>A share as a percentage with one decimal place; suppressed if the total is too small for a percentage.</summary>
    internal string Share(long part, long whole) => whole == 0 ? NotApplicable
        : options is not null && whole < options.SmallestDenominator ? Suppressed
        : (100m * part / whole).ToString("0.0", CultureInfo.InvariantCulture);

    // If counts are suppressed, a breakdown shows no averages in its rows, because adding them up would reveal the suppressed rows.
    private string Average(long? count, string of, (string By, string Value)? row) => count switch
    {
        null => Suppressed,
        0 => NotApplicable,
        _ when options is not null && (row is not null || count < options.SmallestDenominator) => Suppressed,
        _ => ((decimal)(row is { } one ? figures.DaysOf(of, one) : figures.DaysOf(of)) / DaysInAWeek / count.Value).ToString("0.0", CultureInfo.InvariantCulture),
    };

    /// <summary>The sum of several counts, or null if one of them is suppressed. The names of the counts can be joined by plus
    /// signs.</summary>
    private long? Sum(string population, string[] measures, ReadOnlySpan<(string By, string Value)> filters)
    {
        long? sum = 0;
        foreach (var measure in measures.SelectMany(one => one.Split('+')))
        {
            sum += Count(population, measure, filters);
        }

        return sum;
    }
}
