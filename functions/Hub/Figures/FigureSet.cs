namespace IntegrationHub.Functions.Figures;

/// <summary>
/// The figures of one year, counted from one stored return. The figures name no child, but a small count can identify one, so they are
/// stored with the council's documents.
/// </summary>
/// <param name="Year">The calendar year that the figures cover.</param>
/// <param name="Number">1 for the first set of the year, then 2, 3 and so on.</param>
/// <param name="MadeAt">When the figures were made, in UTC.</param>
/// <param name="By">Sign-in id of the person who had the figures made.</param>
/// <param name="Return">Number of the stored return from which the figures were counted.</param>
/// <param name="Sha256">SHA-256 hash of the return's XML.</param>
/// <param name="Register">Whether a register of schools was used to find out what kind of school each school is.</param>
/// <param name="Counts">Each count that is not 0, by its key.</param>
public sealed record FigureSet(int Year, int Number, DateTimeOffset MadeAt, string By, int Return, string Sha256, bool Register, IReadOnlyDictionary<string, long> Counts)
{
    /// <summary>The count of a measure, or 0 if nothing was counted.</summary>
    internal int Of(string measure, params ReadOnlySpan<(string By, string Value)> filters) => (int)Counts.GetValueOrDefault(Key(measure, filters));

    /// <summary>The total number of days from request to plan, over all the plans that a measure counts.</summary>
    internal long DaysOf(string measure, params ReadOnlySpan<(string By, string Value)> filters) => Counts.GetValueOrDefault(Key($"{measure}.days", filters));

    /// <summary>Counts the units (requests, assessments or plans) for every cell of the tables in a layout.</summary>
    internal static Dictionary<string, long> Count(IEnumerable<FigureUnit> units, FigureLayout layout)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var dimensions = layout.Tables.Select(table => table.Population).Distinct().ToDictionary(one => one, one => (Rows: layout.RowsOf(one).ToList(), Columns: layout.ColumnsOf(one).ToList()));
        foreach (var unit in units)
        {
            var (rows, columns) = dimensions[unit.Population];
            foreach (var measure in unit.Counts.Prepend(unit.Population))
            {
                Add(unit, measure);
                rows.Union(columns).ToList().ForEach(by => Add(unit, measure, (by, unit.Values[by])));
            }

            foreach (var (column, row) in columns.SelectMany(column => rows.Where(row => row != column).Select(row => (column, row))))
            {
                Add(unit, unit.Population, (column, unit.Values[column]), (row, unit.Values[row]));
            }
        }

        return counts;

        void Add(FigureUnit unit, string measure, params ReadOnlySpan<(string By, string Value)> filters)
        {
            Put(Key(measure, filters), 1);
            if (unit.Days > 0 && measure is Measures.NewPlans or Measures.NoException)
            {
                Put(Key($"{measure}.days", filters), unit.Days);
            }
        }

        void Put(string key, long more) => counts[key] = counts.GetValueOrDefault(key) + more;
    }

    private static string Key(string measure, ReadOnlySpan<(string By, string Value)> filters)
    {
        var key = measure;
        foreach (var (by, value) in filters)
        {
            key += $"|{by}={value}";
        }

        return key;
    }
}
