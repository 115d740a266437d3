using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace IntegrationHub.Functions.AccessLog;

/// <summary>Writes readings as CSV, one a row. A cell that a spreadsheet would take for a formula is made a text.</summary>
public sealed class AccessLogCsv : IDisposable
{
    private static readonly string[] Columns = ["at", "case", "by", "roles", "what"];
    private readonly CsvWriter csv;

    /// <param name="to">Takes the rows; it is closed at the end.</param>
    public AccessLogCsv(TextWriter to)
    {
        csv = new CsvWriter(to, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\n" });
        Row(Columns);
    }

    /// <summary>Adds a reading.</summary>
    public void Write(CaseReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        Write(reading.At, reading.Case.Value, reading.By, reading.Roles, reading.What);
    }

    /// <summary>Adds a reading of something that is not a case.</summary>
    /// <param name="at">When, UTC.</param>
    /// <param name="of">Its name, which says nothing about anybody.</param>
    /// <param name="by">The reader.</param>
    /// <param name="roles">In which roles.</param>
    /// <param name="what">What was shown.</param>
    public void Write(DateTimeOffset at, string of, string by, string roles, string what) =>
        Row([at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), of, by, roles, what]);

    /// <inheritdoc/>
    public void Dispose() => csv.Dispose();

    private void Row(string[] cells)
    {
        Array.ForEach(cells, csv.WriteField);
        csv.NextRecord();
    }
}
