using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace IntegrationHub.Functions.AccessLog;

/// <summary>Writes access log entries as CSV, with one entry on each row. A cell that a spreadsheet would treat as a formula is written as
/// text.</summary>
public sealed class AccessLogCsv : IDisposable
{
    private static readonly string[] Columns = ["at", "case", "by", "roles", "what"];
    private readonly CsvWriter csv;

    /// <param name="to">Receives the rows; it is closed when the writer is disposed of.</param>
    public AccessLogCsv(TextWriter to)
    {
        csv = new CsvWriter(to, new CsvConfiguration(CultureInfo.InvariantCulture) { InjectionOptions = InjectionOptions.Escape, NewLine = "\n" });
        Row(Columns);
    }

    /// <summary>Adds an entry about access to a case.</summary>
    public void Write(CaseReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        Write(reading.At, reading.Case.Value, reading.By, reading.Roles, reading.What);
    }

    /// <summary>Adds an entry about access to something other than a case.</summary>
    /// <param name="at">The time of access, in UTC.</param>
    /// <param name="of">Name of what was opened; it contains no personal data.</param>
    /// <param name="by">The person whose access is recorded.</param>
    /// <param name="roles">The roles of that person.</param>
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
