using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace IntegrationHub.Functions.Institutions;

/// <summary>
/// Reads one of the register's files line by line. The encoding is Windows-1252, unless the file was saved again as UTF-8 and begins with a byte
/// order mark. A misplaced quotation mark is reported, because the value might differ from the register.
/// </summary>
internal sealed class GiasCsv : IDisposable
{
    private readonly CsvReader csv;
    private bool isStray;

    /// <exception cref="InvalidDataException">A required column is missing.</exception>
    internal GiasCsv(Stream file, string[] required, string what)
    {
        var form = new CsvConfiguration(CultureInfo.InvariantCulture) { TrimOptions = TrimOptions.Trim, MissingFieldFound = null, BadDataFound = _ => isStray = true };
        csv = new CsvReader(new StreamReader(file, CodePagesEncodingProvider.Instance.GetEncoding(1252)!, detectEncodingFromByteOrderMarks: true), form);
        Header = csv.Read() && csv.ReadHeader() ? csv.HeaderRecord ?? [] : [];
        if (required.Except(Header).ToList() is { Count: > 0 } missing)
        {
            throw new InvalidDataException($"The {what} has no column {string.Join(", ", missing)}. Check that it is the right file.");
        }
    }

    /// <summary>Names of the columns in the file.</summary>
    internal IReadOnlyList<string> Header { get; }

    /// <summary>Number of the current line in the file.</summary>
    internal int Number => csv.Parser.RawRow;

    /// <summary>Whether a field of the current line contains a line break, as happens if a closing quotation mark is missing.</summary>
    internal bool RunsOn => csv.Parser.RawRecord.AsSpan().Trim("\r\n").ContainsAny('\r', '\n');

    /// <summary>Whether the current line has as many fields as the header.</summary>
    internal bool IsWhole => csv.Parser.Count == Header.Count;

    /// <summary>Goes to the next line of the file.</summary>
    internal bool Read() => csv.Read();

    /// <summary>What the current line has in a column, or null if it has nothing there.</summary>
    /// <param name="column">Name of the column.</param>
    /// <param name="doubt">Called with a description of what is wrong with the value.</param>
    internal string? Text(string column, Action<string> doubt)
    {
        isStray = false;
        var text = csv.TryGetField<string>(column, out var read) && !string.IsNullOrWhiteSpace(read) ? read : null;
        if (isStray)
        {
            doubt($"{column}: the value has a misplaced quotation mark. It is used as it was read.");
        }

        return text;
    }

    /// <inheritdoc/>
    public void Dispose() => csv.Dispose();
}
