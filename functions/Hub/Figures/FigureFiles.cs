using System.Globalization;
using System.IO.Compression;
using CsvHelper;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Figures;

/// <summary>The open data set: one CSV file for each table of the published statistics, with the same columns as published.</summary>
public static class FigureFiles
{
    /// <summary>Writes the files of the data set.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="council">The council.</param>
    /// <param name="options">Whether small counts are suppressed.</param>
    /// <param name="open">Opens the file with the given name; the writer closes the file at the end.</param>
    public static void Write(FigureSet figures, CouncilProfile council, FiguresOptions options, Func<string, Stream> open)
    {
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(open);
        var layout = FigureLayout.Newest;
        var cells = new FigureCells(figures, layout, options.SuppressSmallCounts ? options : null);
        foreach (var table in layout.Tables)
        {
            using var csv = new CsvWriter(new StreamWriter(open($"{table.Name}.csv")), Sen2Csv.Form);
            Line(csv, [.. layout.Location, .. table.Columns.Select(column => NameOf(column, figures.Year))]);
            Row(csv, table, table.All, table.All, null);
            foreach (var topic in table.Topics)
            {
                foreach (var value in layout.ValuesOf(topic.By))
                {
                    Row(csv, table, topic.Name, layout.Label(topic, value), (topic.By, value));
                }
            }
        }

        void Row(CsvWriter csv, FigureTable table, string topic, string breakdown, (string By, string Value)? row) => Line(csv,
        [
            Period(table, figures.Year), table.TimeIdentifier, "Local authority", "E92000001", "England", "", "", "", council.Code.Value, council.Name, topic, breakdown,
            .. table.Columns.Select(column => cells.Cell(table, column, row)),
        ]);
    }

    /// <summary>The files of the data set in one ZIP file.</summary>
    public static byte[] Zip(FigureSet figures, CouncilProfile council, FiguresOptions options)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(figures, council, options, name => zip.CreateEntry(name).Open());
        }

        return bytes.ToArray();
    }

    /// <summary>
    /// The period of a count, as written in the file: a calendar year in the form 2026 or, for a count on census day, the school year of
    /// that day in the form 202627.
    /// </summary>
    private static string Period(FigureTable table, int year) => (table.TimeIdentifier == "Calendar year", year) switch
    {
        (true, _) => year.ToString(CultureInfo.InvariantCulture),
        _ => FormattableString.Invariant($"{year}{(year + 1) % 100:00}"),
    };

    private static string NameOf(FigureColumn column, int year) => column.Name
        .Replace("{this}", (year % 100).ToString("00", CultureInfo.InvariantCulture), StringComparison.Ordinal)
        .Replace("{next}", ((year + 1) % 100).ToString("00", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    private static void Line(CsvWriter csv, IReadOnlyList<string> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.NextRecord();
    }
}
