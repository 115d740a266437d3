using IntegrationHub.Functions.Figures;

namespace IntegrationHub.Hub.Tests.Figures;

/// <summary>One count of the data set: in which row, of what.</summary>
/// <param name="Population">Its population.</param>
/// <param name="Measure">What is counted.</param>
/// <param name="Filters">Of which values.</param>
internal sealed record CountAt(string Population, string Measure, IReadOnlyList<(string By, string Value)> Filters)
{
    internal bool Holds(FigureUnit unit) => unit.Population == Population && (Measure == Population || unit.Counts.Contains(Measure)) && Filters.All(filter => unit.Values[filter.By] == filter.Value);

    public override string ToString() => $"{Measure} {string.Join(' ', Filters)}";
}

/// <summary>Every count that a layout has, read from the layout itself.</summary>
internal static class PublishedCounts
{
    private static readonly FigureLayout Layout = FigureLayout.Newest;

    internal static IReadOnlyList<CountAt> All { get; } =
    [
        .. (from table in Layout.Tables
            from row in table.Topics.SelectMany(topic => Layout.ValuesOf(topic.By).Select(value => ((string By, string Value)?)(topic.By, value))).Prepend(null)
            from column in table.Columns.Where(column => column.Count is not null)
            from value in column.Values ?? [""]
            select new CountAt(table.Population, column.Count!, [.. column.By is null ? Array.Empty<(string, string)>() : [(column.By, value)], .. row is { } only ? new[] { only } : []]))
            .DistinctBy(count => count.ToString()),
    ];

    internal static FigureSet Set(IEnumerable<FigureUnit> units) => new(2026, 1, DateTimeOffset.UnixEpoch, "manager-1", 1, "", true, FigureSet.Count(units, Layout));

    internal static int In(FigureSet figures, CountAt at) => figures.Of(at.Measure, [.. at.Filters]);

    internal static bool Shows(Suppression suppression, CountAt at) => suppression.Shows(at.Population, at.Measure, [.. at.Filters]);
}
